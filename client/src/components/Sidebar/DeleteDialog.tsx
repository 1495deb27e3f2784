import { Dialog, DialogDescription, DialogDismiss, DialogHeading } from '@ariakit/react';
import type { Conversation, ErrorBody } from '@openrouter-native/protocol';
import { toApiError } from '@openrouter-native/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClass } from '../ui/Button.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';

/** Asks before a conversation is gone for good. Open while there is one to ask about. */
export function DeleteDialog({
  conversation,
  onClose,
  onDelete,
}: {
  conversation: Conversation | null;
  onClose: () => void;
  onDelete: (conversation: Conversation) => Promise<void>;
}) {
  const { t } = useTranslation();
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorBody['error'] | null>(null);

  async function confirm() {
    if (!conversation || isBusy) return;
    setIsBusy(true);
    setFailure(null);
    try {
      await onDelete(conversation);
      onClose();
    } catch (cause) {
      setFailure(toApiError(cause).details);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <Dialog
      open={conversation !== null}
      onClose={onClose}
      unmountOnHide
      role="alertdialog"
      backdrop={<div className="bg-backdrop" />}
      className="fixed inset-4 z-50 m-auto h-fit max-w-104 animate-enter space-y-3 rounded-xl bg-surface p-6 shadow-float outline-none"
    >
      <DialogHeading className="text-title font-semibold">{t('sidebar.deleteTitle')}</DialogHeading>
      <DialogDescription className="wrap-anywhere text-ink-soft">
        {t('sidebar.deleteText', {
          title: conversation?.title.trim() || t('sidebar.untitled'),
        })}
      </DialogDescription>
      {failure && <ErrorCard error={failure} announce />}
      <div className="flex flex-wrap justify-end gap-2 pt-2">
        <DialogDismiss className={buttonClass('quiet')}>{t('common.cancel')}</DialogDismiss>
        <Button look="primary" onClick={() => void confirm()} aria-busy={isBusy}>
          {t('common.delete')}
        </Button>
      </div>
    </Dialog>
  );
}

import { Dialog, DialogDescription, DialogDismiss, DialogHeading } from '@ariakit/react';
import type { ErrorBody } from '@openrouter-native/protocol';
import { toApiError } from '@openrouter-native/react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClass } from './Button.tsx';
import { ErrorCard } from './ErrorCard.tsx';

/** A question before something that cannot be taken back. */
export interface ConfirmDialogProps {
  isOpen: boolean;
  title: string;
  text: string;
  /** What the button does, as a verb. */
  confirmLabel: string;
  /** @defaultValue "Cancel" */
  cancelLabel?: string;
  onClose: () => void;
  /** May take its time; a failure is shown, and the question stays. */
  onConfirm: () => void | Promise<void>;
  /** Other ways out, beside the buttons. */
  children?: ReactNode;
}

/** Asks, and closes once it is done. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, title, text, confirmLabel, cancelLabel, onClose, onConfirm, children } = props;
  const { t } = useTranslation();
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorBody['error'] | null>(null);

  async function confirm() {
    if (isBusy) return;
    setIsBusy(true);
    setFailure(null);
    try {
      await onConfirm();
      onClose();
    } catch (cause) {
      setFailure(toApiError(cause).details);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <Dialog
      open={isOpen}
      onClose={() => {
        setFailure(null);
        onClose();
      }}
      unmountOnHide
      role="alertdialog"
      backdrop={<div className="bg-backdrop" />}
      className="fixed inset-4 z-50 m-auto h-fit max-w-104 animate-enter space-y-3 rounded-xl bg-surface p-6 shadow-float outline-none"
    >
      <DialogHeading className="text-title font-semibold">{title}</DialogHeading>
      <DialogDescription className="wrap-anywhere text-ink-soft">{text}</DialogDescription>
      {failure && <ErrorCard error={failure} announce />}
      <div className="flex flex-wrap justify-end gap-2 pt-2">
        <DialogDismiss className={buttonClass('quiet')}>
          {cancelLabel ?? t('common.cancel')}
        </DialogDismiss>
        {children}
        <Button look="primary" onClick={() => void confirm()} aria-busy={isBusy}>
          {confirmLabel}
        </Button>
      </div>
    </Dialog>
  );
}

import { DialogDismiss } from '@ariakit/react';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** The X in the corner. @param onClose - For what is no dialog everywhere. */
export function DialogClose({ onClose }: { onClose?: () => void }) {
  const { t } = useTranslation();
  return (
    <DialogDismiss
      aria-label={t('common.close')}
      title={t('common.close')}
      onClick={onClose}
      className="inline-flex size-9 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink touch:size-11"
    >
      <X size={18} aria-hidden="true" />
    </DialogDismiss>
  );
}

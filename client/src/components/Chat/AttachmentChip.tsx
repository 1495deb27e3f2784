import type { Attachment } from '@openrouter-native/react';
import { RotateCcw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../i18n/error-text.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { FileIcon } from './FileIcon.tsx';
import { useObjectUrl } from './useObjectUrl.ts';

/** A file of the message that is being written: its name and size, how far it is, and why it failed. */
export function AttachmentChip({
  attachment,
  onRetry,
  onRemove,
}: {
  attachment: Attachment;
  onRetry: (id: string) => void;
  onRemove: (id: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { id, name, type, bytes, progress, file, failure, blob } = attachment;
  const thumbnail = useObjectUrl(blob && type.startsWith('image/') ? blob : null);
  const isSending = !file && !failure;
  return (
    <li
      className={`relative flex max-w-full items-center gap-2.5 overflow-hidden rounded-lg border py-1 pr-1 pl-2 text-small ${failure ? 'border-bad bg-bad-soft' : 'border-line bg-sunken'}`}
    >
      {thumbnail ? (
        <img src={thumbnail} alt="" className="size-9 shrink-0 rounded-sm object-cover" />
      ) : (
        <FileIcon type={type} />
      )}
      <span className="min-w-0 max-w-52">
        <span className="block truncate font-medium">{name}</span>
        <span className={`block text-tiny ${failure ? 'text-ink' : 'text-ink-faint'}`}>
          {failure
            ? errorText(failure, t, i18n.language).message
            : isSending
              ? t('composer.sending', { share: format.percent(progress) })
              : format.bytes(bytes)}
        </span>
      </span>
      {failure && (
        <IconButton
          label={t('composer.retryFile', { name })}
          icon={<RotateCcw size={15} />}
          onClick={() => onRetry(id)}
        />
      )}
      <IconButton
        label={t('composer.removeFile', { name })}
        icon={<X size={15} />}
        onClick={() => onRemove(id)}
      />
      {isSending && (
        <span
          role="progressbar"
          aria-label={t('composer.progressOf', { name })}
          aria-valuenow={Math.round(progress * 100)}
          className="absolute bottom-0 left-0 h-0.5 bg-accent transition-[width]"
          style={{ width: `${progress * 100}%` }}
        />
      )}
    </li>
  );
}

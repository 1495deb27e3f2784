import { Dialog, DialogHeading } from '@ariakit/react';
import type { FileReference } from '@openrouter-native/protocol';
import { useFileContent } from '@openrouter-native/react';
import { Download, ImageOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { DialogClose } from '../ui/DialogClose.tsx';
import { saveFile } from './save-file.ts';
import { useObjectUrl } from './useObjectUrl.ts';

/**
 * A picture that the server keeps: small in the conversation, large in a dialog, and to be saved.
 *
 * @param size - `thumbnail` for what was attached, `full` for what a model made.
 */
export function StoredPicture({ file, size }: { file: FileReference; size: 'thumbnail' | 'full' }) {
  const { t } = useTranslation();
  const { blob, error, reload } = useFileContent(file.file_id);
  const url = useObjectUrl(blob);
  const [isLarge, setIsLarge] = useState(false);
  const { filename, width, height } = file;
  const shape = { aspectRatio: width && height ? `${width} / ${height}` : '1' };
  const frame = size === 'thumbnail' ? 'h-32 max-w-60 min-w-16' : 'w-full max-w-120 max-h-[32rem]';

  if (error) {
    return (
      <div className="flex flex-wrap items-center gap-3 rounded-lg border border-line px-4 py-3 text-small text-ink-soft">
        <ImageOff size={16} aria-hidden="true" />
        {t('chat.pictureGone', { name: filename })}
        {error.details.retryable && <Button onClick={reload}>{t('common.tryAgain')}</Button>}
      </div>
    );
  }
  return (
    <>
      <button
        type="button"
        aria-label={t('chat.openPicture', { name: filename })}
        aria-haspopup="dialog"
        aria-disabled={!url}
        onClick={() => setIsLarge(url !== null)}
        className={`block overflow-hidden rounded-lg border border-line bg-sunken ${frame} ${url ? '' : 'animate-pulse-soft'}`}
        style={shape}
      >
        {url && (
          <img
            src={url}
            alt=""
            width={width}
            height={height}
            className="size-full object-contain"
          />
        )}
      </button>
      <Dialog
        open={isLarge}
        onClose={() => setIsLarge(false)}
        unmountOnHide
        backdrop={<div className="bg-backdrop" />}
        className="fixed inset-3 z-40 m-auto flex h-fit max-h-[calc(100dvh-1.5rem)] w-fit max-w-[calc(100vw-1.5rem)] flex-col overflow-hidden rounded-xl bg-surface shadow-float outline-none"
      >
        <div className="flex items-center gap-3 px-4 py-2">
          <DialogHeading className="min-w-0 flex-1 truncate text-body font-medium">
            {filename}
          </DialogHeading>
          <Button look="quiet" onClick={() => blob && saveFile(blob, filename)}>
            <Download size={15} aria-hidden="true" />
            {t('chat.download')}
          </Button>
          <DialogClose />
        </div>
        {url && (
          <img
            src={url}
            alt={filename}
            width={width}
            height={height}
            className="h-auto min-h-0 max-w-full flex-1 bg-sunken object-contain"
          />
        )}
      </Dialog>
    </>
  );
}

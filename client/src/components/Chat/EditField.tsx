import type { FileReference } from '@openrouter-native/protocol';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { FileIcon } from './FileIcon.tsx';

/** A question being changed. Sending it begins another branch; the old one stays. */
export function EditField({
  text,
  files,
  onSend,
  onCancel,
}: {
  text: string;
  /** Stay with the question. */
  files: readonly FileReference[];
  onSend: (text: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(text);
  const ref = useRef<HTMLTextAreaElement>(null);
  const isBlank = draft.trim() === '' && files.length === 0;

  useEffect(() => {
    const field = ref.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);

  function send() {
    if (!isBlank) onSend(draft);
  }

  return (
    <form
      aria-label={t('chat.editMessage')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="space-y-2 rounded-xl border border-line-strong bg-surface p-3 -outline-offset-1 outline-accent has-[textarea:focus]:outline-2"
    >
      <textarea
        ref={ref}
        aria-label={t('composer.message')}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault();
            onCancel();
          }
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            send();
          }
        }}
        className="field-sizing-content max-h-80 min-h-11 w-full resize-none bg-transparent px-1 text-prose outline-none"
      />
      {files.length > 0 && (
        <ul aria-label={t('chat.files')} className="flex flex-wrap gap-2 px-1 text-small">
          {files.map(({ file_id: id, filename, type }) => (
            <li
              key={id}
              className="flex max-w-full items-center gap-2 rounded-md bg-sunken px-2.5 py-1.5"
            >
              <FileIcon type={type} />
              <span className="truncate">{filename}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="flex justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" aria-disabled={isBlank}>
          {t('composer.send')}
        </Button>
      </p>
    </form>
  );
}

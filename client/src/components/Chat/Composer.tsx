import { ArrowUp, Paperclip, Square } from 'lucide-react';
import {
  memo,
  useRef,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.tsx';

/** Controlled: the text lives above, so that a starter can be put into it. */
export interface ComposerProps {
  text: string;
  onChange: (text: string) => void;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  isAnswering: boolean;
  /** Files alone are a message as well. */
  hasFiles: boolean;
  /** Why nothing can be sent; `null` when it can. */
  blockedBecause: string | null;
  onFiles: (files: readonly File[]) => void;
  onSend: () => void;
  onStop: () => void;
  /** What is attached. */
  children?: ReactNode;
}

/** Where a message is written. Enter sends, Shift+Enter starts a line, Escape stops the answer. */
export const Composer = memo(function Composer(props: ComposerProps) {
  const { text, onChange, inputRef, isAnswering, hasFiles, blockedBecause } = props;
  const { onFiles, onSend, onStop, children } = props;
  const { t } = useTranslation();
  const pickRef = useRef<HTMLInputElement>(null);
  const isEmpty = text.trim() === '' && !hasFiles;
  const reason = blockedBecause ?? (isEmpty ? t('composer.empty') : null);

  function send() {
    if (!isAnswering && reason === null) onSend();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  function onPaste(event: ClipboardEvent) {
    const { files, types } = event.clipboardData;
    // Word processors and spreadsheets give a picture of the text beside the text.
    if (files.length === 0 || types.includes('text/html') || types.includes('text/rtf')) return;
    event.preventDefault();
    onFiles([...files]);
  }

  return (
    <form
      aria-label={t('composer.label')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="rounded-xl border border-line bg-surface -outline-offset-1 outline-accent shadow-card has-[textarea:focus]:outline-2"
    >
      {children}
      <div className="flex items-end gap-1 p-2">
        <input
          ref={pickRef}
          type="file"
          multiple
          tabIndex={-1}
          aria-hidden="true"
          className="hidden"
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])]);
            target.value = ''; // The same file can be picked again.
          }}
        />
        <IconButton
          label={t('composer.attach')}
          icon={<Paperclip size={18} />}
          onClick={() => pickRef.current?.click()}
          className="size-10 rounded-full"
        />
        {/* The copy behind the field takes as much room as the text, and the field takes the same. */}
        <div
          data-text={text}
          className="grid max-h-60 flex-1 self-center overflow-y-auto text-prose leading-6 wrap-anywhere whitespace-pre-wrap after:invisible after:[grid-area:1/1] after:py-2 touch:after:py-2.5 after:content-[attr(data-text)_'_']"
        >
          <textarea
            ref={inputRef}
            rows={1}
            aria-label={t('composer.message')}
            aria-describedby="composer-hint"
            placeholder={t('composer.placeholder')}
            enterKeyHint="send"
            value={text}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            className="min-h-10 resize-none overflow-hidden bg-transparent py-2 outline-none touch:min-h-11 touch:py-2.5 [grid-area:1/1] placeholder:text-ink-faint"
          />
        </div>
        {isAnswering ? (
          <button
            type="button"
            aria-label={t('composer.stop')}
            onClick={onStop}
            className="grid size-10 shrink-0 place-items-center rounded-full bg-ink text-canvas transition-opacity hover:opacity-85 touch:size-11"
          >
            <Square size={14} fill="currentColor" aria-hidden="true" />
          </button>
        ) : (
          <button
            type="submit"
            aria-label={t('composer.send')}
            aria-disabled={reason !== null}
            aria-describedby={reason === null ? undefined : 'composer-reason'}
            title={reason ?? undefined}
            className="grid size-10 shrink-0 place-items-center rounded-full bg-accent text-on-accent transition-colors hover:bg-accent-hover aria-disabled:bg-sunken aria-disabled:text-ink-faint touch:size-11"
          >
            <ArrowUp size={19} aria-hidden="true" />
          </button>
        )}
      </div>
      <p id="composer-reason" className="sr-only">
        {reason}
      </p>
    </form>
  );
});

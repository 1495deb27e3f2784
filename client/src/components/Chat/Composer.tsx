import { ArrowUp, Square } from 'lucide-react';
import type { KeyboardEvent, RefObject } from 'react';
import { useTranslation } from 'react-i18next';

/** Controlled: the text lives above, so that a starter can be put into it. */
export interface ComposerProps {
  text: string;
  onChange: (text: string) => void;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  isAnswering: boolean;
  /** Why nothing can be sent; `null` when it can. */
  blockedBecause: string | null;
  onSend: () => void;
  onStop: () => void;
}

/** Where a message is written. Enter sends, Shift+Enter starts a line, Escape stops the answer. */
export function Composer(props: ComposerProps) {
  const { text, onChange, inputRef, isAnswering, blockedBecause, onSend, onStop } = props;
  const { t } = useTranslation();
  const isEmpty = text.trim() === '';
  const reason = blockedBecause ?? (isEmpty ? t('composer.empty') : null);

  function send() {
    if (!isAnswering && reason === null) onSend();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      aria-label={t('composer.label')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="rounded-xl border border-line bg-surface shadow-card transition-colors focus-within:border-line-strong"
    >
      <div className="flex items-end gap-2 p-2 pl-4">
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
}

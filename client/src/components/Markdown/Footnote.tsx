import { CornerLeftUp } from 'lucide-react';
import { createContext, useContext, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Tells the notes of one answer from those of another. */
export const AnswerIdContext = createContext('');

/** Where a text has a footnote; leads to its words. */
export function FootnoteMark({ label }: { label: string }) {
  const { t } = useTranslation();
  const key = useKey(label);
  return (
    <sup>
      <a
        href={`#note-${key}`}
        data-note-mark={key}
        aria-label={t('chat.footnote', { label })}
        onClick={(event) => follow(event, 'noteText', key)}
      >
        {label}
      </a>
    </sup>
  );
}

/** The words of a footnote; leads back to the first place that has it. */
export function FootnoteText({ label, children }: { label: string; children: ReactNode }) {
  const { t } = useTranslation();
  const key = useKey(label);
  return (
    <div
      role="note"
      aria-label={t('chat.footnote', { label })}
      data-note-text={key}
      tabIndex={-1}
      className="flex gap-3 text-small text-ink-soft"
    >
      <span aria-hidden="true" className="shrink-0 tabular-nums">
        {label}
      </span>
      <div className="min-w-0">{children}</div>
      <a
        href={`#mark-${key}`}
        aria-label={t('chat.footnoteBack', { label })}
        onClick={(event) => follow(event, 'noteMark', key)}
        className="grid size-6 shrink-0 place-items-center touch:size-11"
      >
        <CornerLeftUp size={14} aria-hidden="true" />
      </a>
    </div>
  );
}

function useKey(label: string): string {
  return `${useContext(AnswerIdContext)}-${label.toLowerCase()}`;
}

/** Moves the view and the focus, and leaves the address alone: it names the conversation. */
function follow(event: MouseEvent, kind: 'noteMark' | 'noteText', key: string): void {
  const candidates = document.querySelectorAll<HTMLElement>('[data-note-mark], [data-note-text]');
  const target = [...candidates].find(({ dataset }) => dataset[kind] === key);
  if (!target) return;
  event.preventDefault();
  target.scrollIntoView({ block: 'center' });
  target.focus({ preventScroll: true });
}

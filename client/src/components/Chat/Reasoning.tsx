import { Brain, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { MarkdownText } from '../Markdown/MarkdownText.tsx';

/** Less is no time that a person would speak of. */
const BRIEF_MS = 100;

/**
 * What the model thought aloud, folded away; it costs nothing to draw until it is opened.
 *
 * @param durationMs - How long it thought; `null` when unknown.
 */
export function Reasoning({
  text,
  durationMs,
  isUnderWay,
}: {
  text: string;
  durationMs: number | null;
  isUnderWay: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpen, setIsOpen] = useState(false);
  const textId = useId();
  const title =
    durationMs === null || durationMs < BRIEF_MS
      ? t(isUnderWay ? 'chat.reasoningNow' : 'chat.reasoning')
      : t('chat.reasonedFor', { duration: format.duration(durationMs) });
  return (
    <div className="text-body">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={textId}
        onClick={() => setIsOpen(!isOpen)}
        className="inline-flex min-h-9 items-center gap-2 rounded-md text-small text-ink-soft hover:text-ink touch:min-h-11"
      >
        <Brain size={15} aria-hidden="true" className={isUnderWay ? 'animate-pulse-soft' : ''} />
        {title}
        <ChevronRight
          size={15}
          aria-hidden="true"
          className={`transition-transform ${isOpen ? 'rotate-90' : ''}`}
        />
      </button>
      <div id={textId} hidden={!isOpen}>
        {isOpen && (
          <div className="markdown-quiet mt-1 border-l-2 border-line pl-4 text-ink-soft">
            <MarkdownText text={text} isStreaming={isUnderWay} />
          </div>
        )}
      </div>
    </div>
  );
}

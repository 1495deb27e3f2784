import { Brain, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';

/**
 * What the model thought aloud, folded away.
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
  const title =
    durationMs === null
      ? t(isUnderWay ? 'chat.reasoningNow' : 'chat.reasoning')
      : t('chat.reasonedFor', { duration: format.duration(durationMs) });
  return (
    <details className="group text-body">
      <summary className="inline-flex min-h-9 list-none items-center gap-2 rounded-md text-small text-ink-soft hover:text-ink touch:min-h-11 [&::-webkit-details-marker]:hidden">
        <Brain size={15} aria-hidden="true" className={isUnderWay ? 'animate-pulse-soft' : ''} />
        {title}
        <ChevronRight
          size={15}
          aria-hidden="true"
          className="transition-transform group-open:rotate-90"
        />
      </summary>
      <p className="mt-1 border-l-2 border-line pl-4 whitespace-pre-wrap text-ink-soft">{text}</p>
    </details>
  );
}

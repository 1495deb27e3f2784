import { Brain, ChevronRight } from 'lucide-react';

/** What the model thought aloud, folded away. */
export function Reasoning({ text, isUnderWay }: { text: string; isUnderWay: boolean }) {
  return (
    <details className="group text-body">
      <summary className="inline-flex min-h-9 list-none items-center gap-2 rounded-md text-small text-ink-soft hover:text-ink touch:min-h-11 [&::-webkit-details-marker]:hidden">
        <Brain size={15} aria-hidden="true" className={isUnderWay ? 'animate-pulse-soft' : ''} />
        {isUnderWay ? 'Reasoning …' : 'Reasoning'}
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

import type { AssistantMessage } from '@openrouter-native/react';
import { CircleSlash2, RotateCcw, StepForward } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { endingNotes } from './ending-notes.ts';

/** An answer, and what may be done about it now. */
export interface EndingNoticeProps {
  message: AssistantMessage;
  /** Present on the last answer only: an older one cannot be asked for again. */
  onRetry: (() => void) | undefined;
  onContinue: (() => void) | undefined;
}

/** How an answer ended when it did not end well, and what helps. */
export function EndingNotice({ message, onRetry, onContinue }: EndingNoticeProps) {
  const { ending, error, text } = message;
  if (error) {
    return (
      <>
        <ErrorCard
          error={error}
          onRetry={onRetry}
          onContinue={error.retryable && text !== '' ? onContinue : undefined}
        />
        {onRetry && !error.retryable && (
          <Button look="quiet" onClick={onRetry}>
            <RotateCcw size={15} aria-hidden="true" />
            Ask again once that is done
          </Button>
        )}
      </>
    );
  }
  const note = ending && endingNotes[ending];
  if (!note) return null;

  const mayContinue = note.canContinue && text !== '' && onContinue;
  const mayRetry = note.canRetry && onRetry;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-small text-ink-soft">
      <p className="flex items-center gap-2">
        <CircleSlash2 size={15} aria-hidden="true" className="shrink-0 text-warn" />
        {note.text}
      </p>
      {(mayContinue || mayRetry) && (
        <p className="flex gap-2">
          {mayContinue && (
            <Button onClick={onContinue}>
              <StepForward size={15} aria-hidden="true" />
              Continue
            </Button>
          )}
          {mayRetry && (
            <Button onClick={onRetry}>
              <RotateCcw size={15} aria-hidden="true" />
              Try again
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

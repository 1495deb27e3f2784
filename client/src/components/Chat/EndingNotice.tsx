import type { Message } from '@openrouter-native/protocol';
import { CircleSlash2, RotateCcw, StepForward } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { endingNotes } from './ending-notes.ts';

/** An answer, and what may be done about it now. */
export interface EndingNoticeProps {
  message: Message;
  /** Absent while something else is under way. */
  onRetry: (() => void) | undefined;
  onContinue: (() => void) | undefined;
}

/** How an answer ended when it did not end well, and what helps. */
export function EndingNotice({ message, onRetry, onContinue }: EndingNoticeProps) {
  const { t } = useTranslation();
  const { ending, error_details: error, limit, content } = message;
  const hasContent = content.some(({ type }) => type !== 'error');
  if (error) {
    return (
      <>
        <ErrorCard
          error={error}
          onRetry={onRetry}
          onContinue={error.retryable && hasContent ? onContinue : undefined}
        />
        {onRetry && !error.retryable && (
          <Button look="quiet" onClick={onRetry}>
            <RotateCcw size={15} aria-hidden="true" />
            {t('chat.askAgainLater')}
          </Button>
        )}
      </>
    );
  }
  const note = ending && endingNotes[ending];
  if (!note) return null;

  const mayContinue = note.canContinue && hasContent && onContinue;
  const mayRetry = note.canRetry && onRetry;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-small text-ink-soft">
      <p className="flex items-center gap-2">
        <CircleSlash2 size={15} aria-hidden="true" className="shrink-0 text-warn" />
        {limit ? limit.message : t(note.text)}
      </p>
      {(mayContinue || mayRetry) && (
        <p className="flex gap-2">
          {mayContinue && (
            <Button onClick={onContinue}>
              <StepForward size={15} aria-hidden="true" />
              {t('chat.continue')}
            </Button>
          )}
          {mayRetry && (
            <Button onClick={onRetry}>
              <RotateCcw size={15} aria-hidden="true" />
              {t('common.tryAgain')}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

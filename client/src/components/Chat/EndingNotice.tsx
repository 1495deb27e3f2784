import { reasonFacts, type Message } from '@openrouter-native/protocol';
import { Blocks, CircleSlash2, RotateCcw, StepForward } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import type { AnswerActions } from './answer-actions.ts';
import { endingNotes } from './ending-notes.ts';
import { failureOf } from './failure-of.ts';
import { LimitNotice } from './LimitNotice.tsx';

/** How an answer ended when it did not end well, and what helps. */
export function EndingNotice({ message, actions }: { message: Message; actions: AnswerActions }) {
  const { t } = useTranslation();
  const { ending, limit, content } = message;
  const { onRetry, onContinue, onChooseModel } = actions;
  const error = failureOf(message);
  const hasContent = content.some(({ type }) => type !== 'error');
  const note = ending && endingNotes[ending];
  const goOn = note?.canContinue && hasContent && onContinue ? () => onContinue() : undefined;
  if (error) {
    const { anotherModelMayWork } = reasonFacts[error.reason];
    return (
      <ErrorCard
        error={error}
        onRetry={onRetry}
        onContinue={error.retryable ? goOn : undefined}
        actions={
          <>
            {anotherModelMayWork && onChooseModel && <ChooseModel onClick={onChooseModel} />}
            {onRetry && !error.retryable && (
              <Button onClick={onRetry}>
                <RotateCcw size={15} aria-hidden="true" />
                {t('chat.askAgainLater')}
              </Button>
            )}
          </>
        }
      />
    );
  }
  if (!note) return null;
  if (limit && onContinue) return <LimitNotice limit={limit} onContinue={onContinue} />;

  const mayRetry = note.canRetry && onRetry;
  const mayChoose = note.isModelsDoing && onChooseModel;
  return (
    <div
      role="group"
      aria-label={t('chat.unfinished')}
      className="flex flex-wrap items-center gap-x-3 gap-y-2 text-small text-ink-soft"
    >
      <p className="flex items-center gap-2">
        <CircleSlash2 size={15} aria-hidden="true" className="shrink-0 text-warn" />
        {t(note.text)}
      </p>
      {(goOn || mayRetry || mayChoose) && (
        <p className="flex flex-wrap gap-2">
          {goOn && (
            <Button onClick={goOn}>
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
          {mayChoose && <ChooseModel onClick={onChooseModel} />}
        </p>
      )}
    </div>
  );
}

function ChooseModel({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Button onClick={onClick}>
      <Blocks size={15} aria-hidden="true" />
      {t('chat.chooseModel')}
    </Button>
  );
}

import type { RunLimit } from '@openrouter-native/protocol';
import type { AnswerSettings } from '@openrouter-native/react';
import { CircleSlash2, StepForward } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../ui/Button.tsx';
import { higherLimit, isEnough } from './higher-limit.ts';

/** A limit that ended an answer: what it was, what was used, and a field for a higher one to go on with. */
export function LimitNotice({
  limit,
  onContinue,
}: {
  limit: RunLimit;
  onContinue: (change?: Partial<AnswerSettings>) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const fieldId = useId();
  const [text, setText] = useState(() => String(higherLimit(limit)));
  const value = Number(text);
  const canGoOn = isEnough(limit, value);
  const { kind } = limit;
  const isMoney = kind === 'spending_limit';
  const amount = (number: number) => (isMoney ? format.charge(number) : format.count(number));
  return (
    <form
      aria-label={t('chat.unfinished')}
      onSubmit={(event) => {
        event.preventDefault();
        if (kind === 'repeated_call') onContinue();
        else if (canGoOn) {
          onContinue(isMoney ? { spending_limit: value } : { recursion_limit: value });
        }
      }}
      className="space-y-3 rounded-lg bg-warn-soft p-4 text-small"
    >
      <p className="flex items-start gap-2">
        <CircleSlash2 size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
        <span>
          <span className="block font-medium text-ink">
            {t(limit.needed == null ? `chat.limit_${kind}` : 'chat.limitTooSmall')}
          </span>
          <span className="block text-ink-soft tabular-nums">
            {t('chat.limitUsed', { used: amount(limit.used), limit: amount(limit.limit) })}
            {limit.needed != null && ` ${t('chat.limitNeeded', { needed: amount(limit.needed) })}`}
          </span>
        </span>
      </p>
      <div className="flex flex-wrap items-end gap-2">
        {kind !== 'repeated_call' && (
          <div className="grid gap-1">
            <label htmlFor={fieldId} className="text-tiny text-ink-soft">
              {t(isMoney ? 'chat.newSpendingLimit' : 'chat.newStepLimit')}
            </label>
            <input
              id={fieldId}
              type="number"
              inputMode="decimal"
              min={isMoney ? 0 : 1}
              step={isMoney ? 'any' : 1}
              value={text}
              aria-invalid={!canGoOn}
              aria-describedby={`${fieldId}-hint`}
              onChange={(event) => setText(event.target.value)}
              className="min-h-9 w-36 rounded-md border border-line-strong bg-surface px-2.5 text-body tabular-nums touch:min-h-11"
            />
          </div>
        )}
        <Button type="submit" aria-disabled={kind !== 'repeated_call' && !canGoOn}>
          <StepForward size={15} aria-hidden="true" />
          {t(kind === 'repeated_call' ? 'chat.continue' : 'chat.raiseAndContinue')}
        </Button>
      </div>
      {kind !== 'repeated_call' && (
        <p id={`${fieldId}-hint`} className={canGoOn ? 'sr-only' : 'text-bad'}>
          {t(isMoney ? 'chat.limitTooLow' : 'chat.stepsTooFew', { used: amount(limit.used) })}
        </p>
      )}
    </form>
  );
}

import type { Message, Trace } from '@openrouter-native/protocol';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { ModelIndex } from '../../models/useModelIndex.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import {
  attemptReason,
  failedAttempts,
  priceDifference,
  receiptFacts,
  stepText,
} from './receipt-facts.ts';
import { servedNames } from './served-names.ts';

/** All that is known of how an answer came about. */
export function ReceiptDetails({ message, index }: { message: Message; index: ModelIndex }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { steps = [] } = message;
  const { served, requested } = servedNames(message, index);
  const attempts = failedAttempts(steps);
  const difference = priceDifference(steps, t, format);
  const traces = steps.flatMap(({ trace }) => trace ?? []);
  return (
    <dl className="mt-1 mb-2 ml-2 grid max-w-140 grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 rounded-lg bg-sunken px-4 py-3 tabular-nums">
      <Row name={t('chat.factRequested')}>{message.model ?? t('common.unknown')}</Row>
      <Row name={t('chat.factServed')}>
        {message.served_model ?? t('common.unknown')}
        {requested !== null && served !== null && (
          <span className="block text-warn">
            {t('chat.anotherModel')}
            {difference !== null && ` ${difference}`}
          </span>
        )}
      </Row>
      {receiptFacts(message, t, format).map(({ name, value, isCode }) => (
        <Row key={`${name} ${value}`} name={name}>
          {isCode ? <Code text={value} /> : value}
        </Row>
      ))}
      {steps.length > 1 &&
        steps.map((step) => (
          <Row key={step.step} name={t('chat.factStep', { number: step.step + 1 })}>
            {stepText(step, t, format)}
          </Row>
        ))}
      {attempts.length > 0 && (
        <Row name={t('chat.factAttempts')}>
          <ul className="space-y-1">
            {attempts.map((attempt, at) => (
              // Two attempts may be the same, and their order never changes.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={at}>
                {attempt.model ?? t('common.unknown')} · {attempt.provider ?? attempt.route}:{' '}
                {attemptReason(attempt, t)} ({format.duration(attempt.ms)})
                {attempt.may_be_charged && ` ${t('chat.mayBeCharged')}`}
              </li>
            ))}
          </ul>
        </Row>
      )}
      {traces.map((trace, at) => (
        <Changes key={steps[at]?.step ?? at} trace={trace} />
      ))}
    </dl>
  );
}

/** What of the request was changed before it was sent. */
function Changes({ trace: { adjusted = [], refit } }: { trace: Trace }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {refit && (
        <Row name={t('chat.factRefit')}>
          {t('chat.refit', {
            from: refit.from === null ? t('chat.modelMaximum') : format.count(refit.from),
            tokens: format.count(refit.max_tokens),
          })}
        </Row>
      )}
      {adjusted.map(({ field, change }) => (
        <Row key={`${field} ${change}`} name={t('chat.factAdjusted')}>
          <code className="font-mono text-tiny">{field}</code> <span lang="en">{change}</span>
        </Row>
      ))}
    </>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="min-w-0 wrap-anywhere text-ink">{children}</dd>
    </>
  );
}

function Code({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <span className="flex items-start gap-1">
      <code className="min-w-0 font-mono text-tiny leading-5">{text}</code>
      <CopyButton label={t('common.copy')} getText={() => text} className="-my-2 size-9" />
    </span>
  );
}

import type { ErrorBody } from '@openrouter-native/protocol';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './CopyButton.tsx';
import { attemptsOf, describeAttempt, errorReport, generationOf } from './error-report.ts';

/**
 * What helps somebody who is asked for help; folded, and to be copied.
 *
 * @param serverWords - What the server said, where the card says something more general.
 */
export function ErrorDetails({
  error,
  serverWords,
}: {
  error: ErrorBody['error'];
  serverWords: string | null;
}) {
  const { t } = useTranslation();
  const attempts = attemptsOf(error);
  const generation = generationOf(error);
  return (
    <details
      className="group text-small text-ink-soft"
      open={serverWords !== null && isTelling(error)}
    >
      <summary className="flex w-fit list-none items-center gap-1 rounded-sm py-1 hover:text-ink touch:min-h-11 touch:min-w-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={14}
          aria-hidden="true"
          className="transition-transform group-open:rotate-90"
        />
        {t('common.detailsTitle')}
      </summary>
      <div className="flex items-start gap-2 pl-4.5">
        <dl className="min-w-0 flex-1 space-y-1 py-1 wrap-anywhere">
          {serverWords !== null && (
            <Detail name={t('common.serverSays')}>
              <span lang="en">{serverWords}</span>
            </Detail>
          )}
          <Detail name={t('common.reason')}>
            <code className="font-mono">{error.reason}</code>
          </Detail>
          <Detail name={t('common.code')}>{error.code}</Detail>
          {error.request_id !== null && (
            <Detail name={t('common.request')}>
              <code className="font-mono">{error.request_id}</code>
            </Detail>
          )}
          {generation !== null && (
            <Detail name={t('chat.factGeneration')}>
              <code className="font-mono">{generation}</code>
            </Detail>
          )}
          {attempts.length > 0 && (
            <div>
              <dt>{t('common.attempts')}</dt>
              {attempts.map((attempt, at) => (
                // Two attempts may be the same, and their order never changes.
                // oxlint-disable-next-line react/no-array-index-key
                <dd key={at} className="font-mono text-tiny" lang="en">
                  {describeAttempt(attempt)}
                </dd>
              ))}
            </div>
          )}
        </dl>
        <CopyButton label={t('common.copyDetails')} getText={() => errorReport(error)} />
      </div>
    </details>
  );
}

function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-1.5">
      <dt>{name}</dt> <dd className="min-w-0 text-ink">{children}</dd>
    </div>
  );
}

/** Only the server's own words tell which part of what was sent is meant. */
function isTelling({ reason }: ErrorBody['error']): boolean {
  return reason === 'invalid_request' || reason === 'conflict';
}

import type { ErrorBody } from '@openrouter-native/protocol';
import { CircleAlert, RotateCcw, StepForward, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import { LinkedText } from './LinkedText.tsx';

/**
 * What went wrong and what can be done. A button to try again appears when another attempt can succeed.
 *
 * @param onContinue - Asks the model to go on; given when a part of the answer has come.
 * @param onDismiss - Puts it away.
 * @param announce - Read it out at once; leave it off where something else announces the failure.
 */
export function ErrorCard({
  error,
  onRetry,
  onContinue,
  onDismiss,
  announce = false,
}: {
  error: ErrorBody['error'];
  onRetry?: (() => void) | undefined;
  onContinue?: (() => void) | undefined;
  onDismiss?: (() => void) | undefined;
  announce?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <div
      role={announce ? 'alert' : 'group'}
      aria-label={announce ? undefined : t('common.error')}
      className="flex gap-3 rounded-lg bg-bad-soft p-4 text-body"
    >
      <CircleAlert size={20} className="mt-px shrink-0 text-bad" aria-hidden="true" />
      <div className="min-w-0 flex-1 space-y-1 wrap-break-word">
        <p className="font-medium">{error.message}</p>
        <p className="text-ink-soft">
          <LinkedText>{error.action}</LinkedText>
          {error.retry_after !== null &&
            ` ${t('common.possibleAgainIn', { seconds: error.retry_after })}`}
        </p>
        {error.request_id && (
          <p className="text-small text-ink-soft">
            {t('common.request')} <code className="font-mono">{error.request_id}</code>
          </p>
        )}
        {((onRetry && error.retryable) || onContinue) && (
          <p className="flex flex-wrap gap-2 pt-2">
            {onContinue && (
              <Button onClick={onContinue}>
                <StepForward size={15} aria-hidden="true" />
                {t('common.continue')}
              </Button>
            )}
            {onRetry && error.retryable && (
              <Button onClick={onRetry}>
                <RotateCcw size={15} aria-hidden="true" />
                {t('common.tryAgain')}
              </Button>
            )}
          </p>
        )}
      </div>
      {onDismiss && (
        <IconButton
          label={t('common.dismiss')}
          icon={<X size={16} />}
          onClick={onDismiss}
          className="-mt-2 -mr-2"
        />
      )}
    </div>
  );
}

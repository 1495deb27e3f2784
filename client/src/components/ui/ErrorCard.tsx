import type { ErrorBody } from '@openrouter-native/protocol';
import { CircleAlert, ExternalLink, RotateCcw, StepForward, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { errorText } from '../../i18n/error-text.ts';
import { Button, buttonClass } from './Button.tsx';
import { ErrorDetails } from './ErrorDetails.tsx';
import { IconButton } from './IconButton.tsx';
import { LinkedText } from './LinkedText.tsx';
import { linkFor, type ReasonLink } from './reason-link.ts';

/**
 * What went wrong and what can be done, as buttons where it can be done with one. The button to try
 * again appears when another attempt can succeed.
 *
 * @param text - Better words than those of the reason, from somebody who knows what was tried.
 * @param onContinue - Asks the model to go on; given when a part of the answer has come.
 * @param onDismiss - Puts it away.
 * @param actions - More buttons, such as the one for another model.
 * @param announce - Read it out at once; leave it off where something else announces the failure.
 */
export function ErrorCard({
  error,
  text,
  onRetry,
  onContinue,
  onDismiss,
  actions,
  announce = false,
}: {
  error: ErrorBody['error'];
  text?: { message: string; action: string } | undefined;
  onRetry?: (() => void) | undefined;
  onContinue?: (() => void) | undefined;
  onDismiss?: (() => void) | undefined;
  actions?: ReactNode;
  announce?: boolean;
}) {
  const { t, i18n } = useTranslation();
  const { message, action, serverWords } = errorText(error, t, i18n.language);
  const link = linkFor(error);
  const canRetry = onRetry && error.retryable;
  return (
    <div
      role={announce ? 'alert' : 'group'}
      aria-label={announce ? undefined : t('common.error')}
      className="flex gap-3 rounded-lg bg-bad-soft p-4 text-body"
    >
      <CircleAlert size={20} className="mt-px shrink-0 text-bad" aria-hidden="true" />
      <div className="min-w-0 flex-1 space-y-1 wrap-break-word">
        <p className="font-medium">{text?.message ?? message}</p>
        <p className="text-ink-soft">
          <LinkedText>{text?.action ?? action}</LinkedText>
          {error.retry_after !== null &&
            ` ${t('common.possibleAgainIn', { seconds: error.retry_after })}`}
        </p>
        {(canRetry || onContinue || link || actions) && (
          <div className="flex flex-wrap gap-2 py-1.5">
            {onContinue && (
              <Button onClick={onContinue}>
                <StepForward size={15} aria-hidden="true" />
                {t('common.continue')}
              </Button>
            )}
            {canRetry && (
              <Button onClick={onRetry}>
                <RotateCcw size={15} aria-hidden="true" />
                {t('common.tryAgain')}
              </Button>
            )}
            {actions}
            {link && <ReasonButton link={link} />}
          </div>
        )}
        <ErrorDetails error={error} serverWords={text ? null : serverWords} />
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

function ReasonButton({ link: { to, label } }: { link: ReasonLink }) {
  const { t } = useTranslation();
  const words = t(`common.${label}`);
  if (to.startsWith('/')) {
    return (
      <Link to={to} className={buttonClass('outline')}>
        {words}
      </Link>
    );
  }
  return (
    <a href={to} target="_blank" rel="noopener noreferrer" className={buttonClass('outline')}>
      {words}
      <ExternalLink size={14} aria-hidden="true" />
    </a>
  );
}

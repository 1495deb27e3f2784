import { CircleCheck, KeyRound, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { buttonClass } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { connectOutcomeOf, withoutOutcome, type ConnectOutcome } from './connect-outcome.ts';
import { useKeyGap } from './useKeyGap.ts';

const outcomeTexts = {
  connected: 'account.connected',
  denied: 'account.connectDenied',
  expired: 'account.connectExpired',
  other_browser: 'account.connectOtherBrowser',
  refused: 'account.connectRefused',
  unavailable: 'account.connectUnavailable',
  internal: 'account.connectInternal',
} as const satisfies Record<ConnectOutcome, string>;

/**
 * Above a chat, where people bring their keys: how connecting with OpenRouter ended, or that a key is
 * missing, and the way to store one.
 */
export function KeyNotice() {
  const { t } = useTranslation();
  const gap = useKeyGap();
  const [outcome, dismiss] = useConnectOutcome();

  if (outcome) {
    const hasWorked = outcome === 'connected';
    const Icon = hasWorked ? CircleCheck : TriangleAlert;
    return (
      <div
        role={hasWorked ? 'status' : 'alert'}
        className={`flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 py-1 pr-2 pl-4 text-small ${hasWorked ? 'bg-good-soft' : 'bg-bad-soft'}`}
      >
        <Icon
          size={16}
          aria-hidden="true"
          className={`shrink-0 ${hasWorked ? 'text-good' : 'text-bad'}`}
        />
        <p className="min-w-48 flex-1 py-1">{t(outcomeTexts[outcome])}</p>
        {!hasWorked && (
          <Link to="/account" className={buttonClass('outline')}>
            {t('account.toKey')}
          </Link>
        )}
        <IconButton label={t('common.dismiss')} icon={<X size={16} />} onClick={dismiss} />
      </div>
    );
  }
  if (gap !== 'missing' && gap !== 'expired') return null;
  return (
    <aside
      aria-label={t('account.key')}
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 bg-warn-soft py-2 pr-3 pl-4 text-small"
    >
      <KeyRound size={16} aria-hidden="true" className="shrink-0 text-warn" />
      <p className="min-w-48 flex-1">
        {t(gap === 'missing' ? 'account.needKey' : 'account.needKeyExpired')}
      </p>
      <Link to="/account" className={buttonClass('outline')}>
        {t('account.toKey')}
      </Link>
    </aside>
  );
}

/** Reads the outcome off the address once, and cleans the address. */
function useConnectOutcome(): [ConnectOutcome | null, () => void] {
  const [query, setQuery] = useSearchParams();
  const [outcome, setOutcome] = useState(() => connectOutcomeOf(query));
  const isInAddress = connectOutcomeOf(query) !== null;

  useEffect(() => {
    if (isInAddress) setQuery(withoutOutcome, { replace: true });
  }, [isInAddress, setQuery]);

  return [outcome, () => setOutcome(null)];
}

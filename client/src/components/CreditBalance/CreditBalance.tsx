import { useCredits } from '@openrouter-native/react';
import {
  CircleHelp,
  Clock,
  KeyRound,
  RefreshCw,
  TriangleAlert,
  Wallet,
  type LucideIcon,
} from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { errorText } from '../../i18n/error-text.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useKeyGap } from '../Account/useKeyGap.ts';
import { useTooltip } from '../ui/useTooltip.tsx';
import { creditFace, type CreditFace, type CreditLevel } from './credit-face.ts';

const looks: Record<CreditLevel, string> = {
  good: 'bg-good-soft text-good',
  low: 'bg-warn-soft text-warn',
  'very-low': 'bg-bad-soft text-bad',
  unknown: 'bg-sunken text-ink-soft',
};

const pill =
  'inline-flex h-8.5 items-center gap-1.5 rounded-full px-3 text-small font-medium whitespace-nowrap tabular-nums';

const icons: Record<CreditLevel, LucideIcon> = {
  good: Wallet,
  low: TriangleAlert,
  'very-low': TriangleAlert,
  unknown: CircleHelp,
};

/** What is left on the OpenRouter account or key; the way to store a key where one is missing. */
export function CreditBalance() {
  const { t } = useTranslation();
  const gap = useKeyGap();
  if (gap === 'unknown') return null;
  if (gap === 'none') return <KnownBalance />;
  return (
    <Link to="/account" className="inline-flex items-center touch:min-h-11">
      <span className={`${pill} ${looks.low}`}>
        <KeyRound size={15} aria-hidden="true" />
        {t('credits.addKey')}
      </span>
    </Link>
  );
}

/** A click asks OpenRouter anew. */
function KnownBalance() {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { data: credits, error, isFetching, refresh } = useCredits();
  const failed = error && errorText(error.details, t, i18n.language);
  const explanationId = useId();
  const face: CreditFace = credits
    ? creditFace(credits, t, format)
    : {
        level: 'unknown',
        text: t(error ? 'credits.unavailable' : 'credits.loading'),
        notes: [],
        explanation: failed ? `${failed.message} ${failed.action}` : '',
      };
  const failure =
    credits && failed ? t('credits.refreshFailed', { message: failed.message }) : undefined;
  const explanation = [face.explanation, failure].filter(Boolean).join(' ');
  const Icon = isFetching ? RefreshCw : credits?.stale || failure ? Clock : icons[face.level];

  const { anchorProps, tooltip } = useTooltip<HTMLButtonElement>(
    <>
      {explanation} {t('credits.clickToRefresh')}
    </>,
    { delayMs: 300, className: 'rounded-md px-3 py-2 text-small shadow-float' },
  );

  return (
    <>
      <button
        {...anchorProps}
        type="button"
        aria-label={t('credits.label', { text: [face.text, ...face.notes].join(', ') })}
        aria-describedby={explanationId}
        aria-busy={isFetching}
        onClick={() => void refresh()}
        className="inline-flex items-center rounded-full whitespace-nowrap touch:min-h-11"
      >
        <span className={`${pill} ${looks[face.level]}`}>
          <Icon size={15} aria-hidden="true" className={isFetching ? 'animate-spin' : ''} />
          {face.text}
          {face.notes.map((note) => (
            <span key={note} className="font-normal">
              · {note}
            </span>
          ))}
        </span>
      </button>
      {tooltip}
      <span id={explanationId} className="sr-only">
        {explanation}
      </span>
    </>
  );
}

import { Tooltip, TooltipAnchor, TooltipProvider } from '@ariakit/react';
import { useCredits } from '@openrouter-native/react';
import { CircleHelp, Clock, RefreshCw, TriangleAlert, Wallet, type LucideIcon } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { creditFace, type CreditFace, type CreditLevel } from './credit-face.ts';

const looks: Record<CreditLevel, string> = {
  good: 'bg-good-soft text-good',
  low: 'bg-warn-soft text-warn',
  'very-low': 'bg-bad-soft text-bad',
  unknown: 'bg-sunken text-ink-soft',
};

const icons: Record<CreditLevel, LucideIcon> = {
  good: Wallet,
  low: TriangleAlert,
  'very-low': TriangleAlert,
  unknown: CircleHelp,
};

/** What is left on the OpenRouter account or key. A click asks OpenRouter anew. */
export function CreditBalance() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: credits, error, isFetching, refresh } = useCredits();
  const explanationId = useId();
  const face: CreditFace = credits
    ? creditFace(credits, t, format)
    : {
        level: 'unknown',
        text: t(error ? 'credits.unavailable' : 'credits.loading'),
        notes: [],
        explanation: error ? `${error.details.message} ${error.details.action}` : '',
      };
  const failure =
    credits && error ? t('credits.refreshFailed', { message: error.details.message }) : undefined;
  const explanation = [face.explanation, failure].filter(Boolean).join(' ');
  const Icon = isFetching ? RefreshCw : credits?.stale || failure ? Clock : icons[face.level];

  return (
    <TooltipProvider timeout={300}>
      <TooltipAnchor
        render={<button type="button" />}
        aria-label={t('credits.label', { text: [face.text, ...face.notes].join(', ') })}
        aria-describedby={explanationId}
        aria-busy={isFetching}
        onClick={() => void refresh()}
        className="inline-flex items-center rounded-full whitespace-nowrap touch:min-h-11"
      >
        <span
          className={`inline-flex h-8.5 items-center gap-1.5 rounded-full px-3 text-small font-medium tabular-nums ${looks[face.level]}`}
        >
          <Icon size={15} aria-hidden="true" className={isFetching ? 'animate-spin' : ''} />
          {face.text}
          {face.notes.map((note) => (
            <span key={note} className="font-normal">
              · {note}
            </span>
          ))}
        </span>
      </TooltipAnchor>
      <Tooltip
        gutter={6}
        className="z-50 max-w-72 rounded-md bg-ink px-3 py-2 text-small text-canvas shadow-float"
      >
        {explanation} {t('credits.clickToRefresh')}
      </Tooltip>
      <span id={explanationId} className="sr-only">
        {explanation}
      </span>
    </TooltipProvider>
  );
}

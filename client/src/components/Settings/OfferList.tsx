import type { Endpoint } from '@openrouter-native/protocol';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { ModelParameters } from '../../settings/parameters.ts';
import {
  noPreferences,
  readPreferences,
  type ProviderPreferences,
} from '../../settings/provider-preferences.ts';
import { strangers, withRole } from '../../settings/provider-roles.ts';
import {
  endpointRequest,
  matchesSlug,
  remainingEndpoints,
  type Exclusion,
} from '../../settings/remaining-endpoints.ts';
import { Button } from '../ui/Button.tsx';
import { Note } from './Note.tsx';
import { OfferRow } from './OfferRow.tsx';
import { OrderedList } from './OrderedList.tsx';

export interface OfferListProps {
  endpoints: readonly Endpoint[];
  modelId: string;
  parameters: ModelParameters;
  usesTools: boolean;
  /** It is known that every provider of the model keeps data, though one that keeps none is wanted. */
  isKeptByAll: boolean;
  onChange: (change: Partial<ProviderPreferences>) => void;
}

/** Who serves the model: first those that remain, then the others with the reason. */
export function OfferList(props: OfferListProps) {
  const { endpoints, modelId, parameters, usesTools, isKeptByAll, onChange } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const preferences = readPreferences(parameters);
  const request = endpointRequest(modelId, parameters, usesTools);
  const { remaining, excluded } = remainingEndpoints(endpoints, preferences, request);
  // A tier that nobody asked for is offered, but was never among those that could serve the request.
  const left = excluded.filter(({ exclusion }) => exclusion.why !== 'tier').length;
  const gone = strangers(preferences, endpoints);
  const { order } = preferences;
  const isSorted = preferences.sort !== null || order.length > 0;
  const isUndecided = preferences.deniesCollection || preferences.isZeroRetention;
  const nameOf = (slug: string) =>
    endpoints.find((endpoint) => matchesSlug(endpoint, slug))?.provider_name ?? slug;

  if (endpoints.length === 0) {
    return <p className="text-small text-ink-soft">{t('settings.providersNobody')}</p>;
  }
  return (
    <div className="space-y-2">
      {remaining.length === 0 && <Note>{t('settings.remainNone')}</Note>}
      {isKeptByAll && <Note>{t('settings.remainZeroNone')}</Note>}
      <p role="status" className="text-small">
        {left === 0
          ? t('settings.remainAll', { count: remaining.length })
          : t('settings.remain', {
              count: remaining.length,
              total: format.count(remaining.length + left),
            })}
        {remaining.length > 1 && (
          <span className="text-ink-faint">
            {' '}
            {t(isSorted ? 'settings.remainOrder' : 'settings.remainBalanced')}
          </span>
        )}
      </p>
      <ul className="divide-y divide-line rounded-md border border-line">
        {[...remaining.map((endpoint) => ({ endpoint, exclusion: null })), ...excluded].map(
          ({ endpoint, exclusion }) => (
            <OfferRow
              key={endpoint.tag ?? endpoint.name}
              endpoint={endpoint}
              preferences={preferences}
              reason={exclusion && reasonOf(exclusion, t, (items) => format.list(items))}
              onRole={(role) => onChange(withRole(preferences, endpoint, endpoints, role))}
            />
          ),
        )}
      </ul>
      {isUndecided && !isKeptByAll && (
        <p className="text-tiny text-ink-faint">{t('settings.remainUndecided')}</p>
      )}
      {gone.map(({ list, slug }) => (
        <p key={`${list} ${slug}`} className="flex items-center gap-2 text-small">
          <span className="min-w-0 flex-1">
            <span className="font-mono text-tiny">{slug}</span>{' '}
            <span className="text-warn">
              {t(`settings.role_${list}`)} · {t('settings.gone')}
            </span>
          </span>
          <Button
            look="quiet"
            aria-label={t('settings.remove', { name: slug })}
            onClick={() => onChange({ [list]: preferences[list].filter((each) => each !== slug) })}
          >
            {t('settings.removeShort')}
          </Button>
        </p>
      ))}
      {order.length > 1 && (
        <div className="space-y-1.5 pt-1">
          <p className="text-small font-medium">{t('settings.orderList')}</p>
          <OrderedList
            label={t('settings.orderList')}
            items={order}
            nameOf={nameOf}
            onChange={(next) => onChange({ order: next })}
            onEmptied={() => onChange({ order: noPreferences.order })}
          />
        </div>
      )}
    </div>
  );
}

function reasonOf(
  exclusion: Exclusion,
  t: TFunction,
  list: (items: readonly string[]) => string,
): string {
  return exclusion.why === 'parameters'
    ? t('settings.exclusion_parameters', { list: list(exclusion.missing) })
    : t(`settings.exclusion_${exclusion.why}`);
}

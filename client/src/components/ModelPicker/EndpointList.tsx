import { useModelEndpoints } from '@openrouter-native/react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { usePriceText } from './usePriceText.ts';

/** Who serves a model, at what price, how reliably and how precisely. */
export function EndpointList({ modelId }: { modelId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const priceText = usePriceText();
  const { endpoints, error } = useModelEndpoints(modelId);
  if (error) return <ErrorCard error={error.details} />;
  if (!endpoints) {
    return (
      <p role="status" className="text-small text-ink-faint">
        {t('picker.providersLoading')}
      </p>
    );
  }
  if (endpoints.length === 0) {
    return <p className="text-small text-ink-soft">{t('picker.providersNone')}</p>;
  }
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t('picker.providers')}>
      <table className="w-full text-small tabular-nums [&_td]:py-1.5 [&_td]:pr-4 [&_th]:py-1 [&_th]:pr-4 [&_th]:text-left [&_th]:text-tiny [&_th]:font-medium [&_th]:text-ink-faint">
        <thead>
          <tr>
            <th scope="col">{t('picker.provider')}</th>
            <th scope="col">{t('picker.columnIn')}</th>
            <th scope="col">{t('picker.columnOut')}</th>
            <th scope="col">{t('picker.uptime')}</th>
            <th scope="col">{t('picker.quantization')}</th>
          </tr>
        </thead>
        <tbody>
          {endpoints.map((endpoint) => (
            <tr key={endpoint.tag ?? endpoint.name} className="border-t border-line">
              <td className="whitespace-nowrap">{endpoint.provider_name}</td>
              <td>{priceText(endpoint.pricing.prompt)}</td>
              <td>{priceText(endpoint.pricing.completion)}</td>
              <td>
                {endpoint.uptime_last_30m == null
                  ? t('common.unknown')
                  : format.percent(endpoint.uptime_last_30m / 100)}
              </td>
              <td>{endpoint.quantization ?? t('common.unknown')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

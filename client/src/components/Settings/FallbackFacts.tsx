import type { Model } from '@openrouter-native/protocol';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import {
  compareModels,
  isCheaper,
  isDearer,
  type PriceComparison,
} from '../../settings/compare-models.ts';
import type { ModelParameters } from '../../settings/parameters.ts';
import { usePriceText } from '../ModelPicker/usePriceText.ts';

/** What a fallback costs, beside the chosen model, and what it cannot do of what that one can. */
export function FallbackFacts({
  chosen,
  other,
  parameters,
}: {
  /** `undefined` = not in the catalogue, like `other`. */
  chosen: Model | undefined;
  other: Model | undefined;
  parameters: ModelParameters;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const priceText = usePriceText();
  if (!other) return <p className="text-tiny text-warn">{t('settings.notListed')}</p>;
  const comparison = chosen && compareModels(chosen, other, parameters);
  const times = (price: PriceComparison | undefined) =>
    price?.type === 'times'
      ? ` (${t('settings.times', { factor: format.factor(price.factor) })})`
      : '';
  const { prompt, completion } = other.pricing;
  return (
    <div className="text-tiny text-ink-faint">
      <p className="tabular-nums">
        {t('settings.priceIn', { price: priceText(prompt) })}
        {times(comparison?.prompt)}
        {' · '}
        {t('settings.priceOut', { price: priceText(completion) })}
        {times(comparison?.completion)}
        {comparison && isDearer(comparison) && (
          <span className="font-medium text-warn"> · {t('settings.dearer')}</span>
        )}
        {comparison && isCheaper(comparison) && (
          <span className="text-good"> · {t('settings.cheaper')}</span>
        )}
      </p>
      {comparison && comparison.missing.length > 0 && (
        <p className="text-warn">
          {t('settings.lacks', {
            list: format.list(comparison.missing.map((each) => t(`settings.lack_${each}`))),
          })}
        </p>
      )}
      {comparison && comparison.smallerContext !== null && (
        <p className="text-warn">
          {t('settings.smallerContext', { tokens: format.tokens(comparison.smallerContext) })}
        </p>
      )}
      {comparison && comparison.ignored.length > 0 && (
        <p className="text-warn">
          {t('settings.ignores', {
            list: format.list(comparison.ignored.map((name) => t(`settings.name_${name}`))),
          })}
        </p>
      )}
    </div>
  );
}

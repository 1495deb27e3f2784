import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { priceOf } from '../../models/facts.ts';

/** A price per token in words for a person, per million tokens: `$1.50`, `free`, `varies`, `unknown`. */
export function usePriceText(): (pricePerToken: string | null | undefined) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (pricePerToken) => {
    const price = priceOf(pricePerToken);
    if (price === 'varies') return t('picker.varies');
    if (price === 'unknown') return t('common.unknown');
    return price === 0 ? t('picker.free') : format.price(price);
  };
}

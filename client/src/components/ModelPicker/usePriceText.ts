import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { priceText } from './price-text.ts';

/** {@link priceText} in the reader's language. */
export function usePriceText(): (pricePerToken: string | null | undefined) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (pricePerToken) => priceText(pricePerToken, t, format);
}

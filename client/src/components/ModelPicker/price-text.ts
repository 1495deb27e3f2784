import type { TFunction } from 'i18next';
import type { Format } from '../../format/format.ts';
import { priceOf } from '../../models/facts.ts';

/** A price per token in words for a person, per million tokens: `$1.50`, `free`, `varies`, `unknown`. */
export function priceText(
  pricePerToken: string | null | undefined,
  t: TFunction,
  format: Format,
): string {
  const price = priceOf(pricePerToken);
  if (price === 'varies') return t('picker.varies');
  if (price === 'unknown') return t('common.unknown');
  return price === 0 ? t('picker.free') : format.price(price);
}

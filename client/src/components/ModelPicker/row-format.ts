import type { Model } from '@openrouter-native/protocol';
import type { TFunction } from 'i18next';
import type { Format } from '../../format/format.ts';
import { capabilities, type Capability } from '../../models/facts.ts';
import { priceText } from './price-text.ts';

/** How rows are written in one language. What all of them repeat is looked up once. */
export interface RowFormat {
  texts: {
    capability: Readonly<Record<Capability, string>>;
    chosen: string;
    context: string;
    inPerMillion: string;
    outPerMillion: string;
    inShort: string;
    outShort: string;
  };
  /** `128K`. */
  context: (model: Model) => string;
  /** @param perToken - As the catalogue has it. */
  price: (perToken: string | null | undefined) => string;
}

export function createRowFormat(t: TFunction, format: Format): RowFormat {
  const unknown = t('common.unknown');
  const capability = capabilities.map((each) => [each, t(`picker.${each}`)] as const);
  return {
    texts: {
      capability: Object.fromEntries(capability) as Record<Capability, string>,
      chosen: t('picker.chosen'),
      context: t('picker.context'),
      inPerMillion: t('picker.inPerMillion'),
      outPerMillion: t('picker.outPerMillion'),
      inShort: t('picker.inShort'),
      outShort: t('picker.outShort'),
    },
    context: ({ context_length: tokens }) => (tokens == null ? unknown : format.tokens(tokens)),
    price: (perToken) => priceText(perToken, t, format),
  };
}

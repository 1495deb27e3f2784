import type { Model } from '@openrouter-native/protocol';
import type { TFunction } from 'i18next';
import type { Format } from '../../format/format.ts';

/** One fact of a model in words. */
export interface ModelFact {
  label: string;
  value: string;
}

const MODALITIES = {
  text: 'picker.text',
  image: 'picker.image',
  file: 'picker.file',
  audio: 'picker.audioModality',
  video: 'picker.video',
} as const;

/** What the catalogue says of a model, beside its prices; what it does not say is left out. */
export function factsOf(model: Model, t: TFunction, format: Format): ModelFact[] {
  const { architecture, context_length: context, top_provider: top } = model;
  const facts: [string, string | null][] = [
    [t('picker.columnContext'), tokens(context)],
    [t('picker.maxOutput'), tokens(number(top, 'max_completion_tokens'))],
    [t('picker.inputs'), modalities(architecture?.input_modalities)],
    [t('picker.outputs'), modalities(architecture?.output_modalities)],
    [t('picker.knowledge'), date(field(model, 'knowledge_cutoff'))],
    [t('picker.added'), day(number(model, 'created'))],
    [t('picker.expires'), date(field(model, 'expiration_date'))],
  ];
  return facts.flatMap(([label, value]) => (value === null ? [] : { label, value }));

  function tokens(count: number | null | undefined): string | null {
    return count == null ? null : t('picker.tokensUnit', { tokens: format.tokens(count) });
  }
  function modalities(names: readonly string[] | null | undefined): string | null {
    if (!names || names.length === 0) return null;
    return format.list(
      names.map((name) => {
        const key = MODALITIES[name as keyof typeof MODALITIES];
        return key ? t(key) : name;
      }),
    );
  }
  function date(text: unknown): string | null {
    return typeof text === 'string' && !Number.isNaN(Date.parse(text)) ? format.day(text) : null;
  }
  function day(seconds: number | null): string | null {
    return seconds === null ? null : format.day(seconds * 1000);
  }
}

function field(object: object | null | undefined, name: string): unknown {
  return (object as Record<string, unknown> | null | undefined)?.[name];
}

function number(object: object | null | undefined, name: string): number | null {
  const value = field(object, name);
  return typeof value === 'number' ? value : null;
}

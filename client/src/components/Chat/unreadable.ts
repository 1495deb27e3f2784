import type { Model } from '@openrouter-native/protocol';

/** What a model may be unable to take in. Text and PDF can be given to every model. */
export type Unreadable = 'pictures' | 'recordings';

/**
 * What of these files a model cannot read, as far as the catalogue tells.
 *
 * @param types - Media types.
 */
export function unreadableOf(types: readonly string[], model: Model | undefined): Unreadable[] {
  const modalities = model?.architecture?.input_modalities;
  if (!modalities) return [];
  return [
    ...(types.some((type) => type.startsWith('image/')) && !modalities.includes('image')
      ? (['pictures'] as const)
      : []),
    ...(types.some((type) => type.startsWith('audio/')) && !modalities.includes('audio')
      ? (['recordings'] as const)
      : []),
  ];
}

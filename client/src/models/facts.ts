import { perMillion, type Model } from '@openrouter-native/protocol';

/** `Anthropic: Claude Haiku 4.5` without its author; the id names the author anyway. */
export function shortName({ name }: Model): string {
  const colon = name.indexOf(': ');
  return colon === -1 ? name : name.slice(colon + 2);
}

/** Whose model it is: `anthropic` of `anthropic/claude-haiku-4.5`. An alias starts with `~`. */
export function authorOf({ id }: Pick<Model, 'id'>): string {
  return id.replace(/^~/, '').split('/', 1)[0] ?? id;
}

/** US dollars per million tokens, or why there is no such figure. */
export type ModelPrice = number | 'varies' | 'unknown';

/** @param pricePerToken - As the catalogue has it; a negative one belongs to a router, which picks. */
export function priceOf(pricePerToken: string | null | undefined): ModelPrice {
  if (pricePerToken?.startsWith('-')) return 'varies';
  const usd = perMillion(pricePerToken);
  return usd === null ? 'unknown' : Number(usd);
}

/** Something a model can do beyond text, for a badge and its label. */
export type Capability = (typeof capabilities)[number];
export const capabilities = ['vision', 'files', 'audio', 'tools', 'reasoning', 'images'] as const;

/** Only what the catalogue says; a missing list claims nothing. */
export function capabilitiesOf(model: Model): Capability[] {
  const inputs = model.architecture?.input_modalities ?? [];
  const outputs = model.architecture?.output_modalities ?? [];
  const parameters = model.supported_parameters ?? [];
  const has: Record<Capability, boolean> = {
    vision: inputs.includes('image'),
    files: inputs.includes('file'),
    audio: inputs.includes('audio'),
    tools: parameters.includes('tools'),
    reasoning: model.reasoning != null || parameters.includes('reasoning'),
    images: outputs.includes('image'),
  };
  return capabilities.filter((capability) => has[capability]);
}

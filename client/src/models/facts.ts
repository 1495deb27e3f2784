import { perMillion, type Model } from '@openrouter-native/protocol';
import { formatPrice } from '../format/money.ts';

/** `Anthropic: Claude Haiku 4.5` without its author; the id names the author anyway. */
export function shortName({ name }: Model): string {
  const colon = name.indexOf(': ');
  return colon === -1 ? name : name.slice(colon + 2);
}

/** Whose model it is: `anthropic` of `anthropic/claude-haiku-4.5`. An alias starts with `~`. */
export function authorOf({ id }: Pick<Model, 'id'>): string {
  return id.replace(/^~/, '').split('/', 1)[0] ?? id;
}

/** A price per token in words for a person, per million tokens: `$1.50`, `free`, `varies`, `unknown`. */
export function priceText(pricePerToken: string | null | undefined): string {
  if (pricePerToken?.startsWith('-')) return 'varies'; // A router: it depends on what gets picked.
  const usd = perMillion(pricePerToken);
  if (usd === null) return 'unknown';
  return Number(usd) === 0 ? 'free' : formatPrice(Number(usd));
}

/** Something a model can do beyond text, for a badge and its label. */
export type Capability = 'vision' | 'files' | 'audio' | 'tools' | 'reasoning' | 'images';

/** Read after the model’s name: “Claude Haiku 4.5, reads images, uses tools”. */
export const capabilityLabels: Record<Capability, string> = {
  vision: 'reads images',
  files: 'reads files',
  audio: 'hears audio',
  tools: 'uses tools',
  reasoning: 'reasons',
  images: 'makes images',
};

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
  return (Object.keys(has) as Capability[]).filter((capability) => has[capability]);
}

import type { ChatRequest, Model } from '@openrouter-native/protocol';
import { OpenRouterError } from '../errors.ts';
import { MAX_MODELS, modelChain } from './attempts.ts';

/** Chains of models to fall back to, by name. `default` serves requests that name none. */
export type FallbackPresets = Readonly<Record<string, readonly string[]>>;

export interface ChainOptions {
  presets: FallbackPresets;
  /** Prices and more of a model; `undefined` when it is unknown. */
  facts: (model: string) => Model | undefined;
  /** Which models of a preset this request may come to. @defaultValue all */
  mayFallBackTo?: ((model: string) => boolean) | undefined;
}

/** Chooses a model by itself; a chain would contradict it. */
const ROUTER = /^openrouter\//;

/**
 * The models to try for a request, best first: those it names, then those of the preset that its
 * `fallbacks` names. What comes from a preset is never dearer than what was asked for: not than
 * `provider.max_price`, or else than the first model, and not paid after a free one, unless the
 * request says `allow_dearer_fallbacks`. A router, such as `openrouter/auto`, is asked alone.
 *
 * @returns The chain, and the request without the fields that are ours.
 * @throws OpenRouterError `invalid_request` for a preset that is not configured.
 */
export function chooseChain(
  original: ChatRequest,
  { presets, facts, mayFallBackTo = () => true }: ChainOptions,
): { chain: string[]; request: ChatRequest } {
  const { fallbacks, allow_dearer_fallbacks: allowDearer, ...request } = original;
  const named = modelChain(request);
  const [first] = named;
  if (first === undefined) return { chain: [], request };
  if (ROUTER.test(first)) return { chain: [first], request };

  const ceiling = ceilingOf(request, first, facts);
  const affordable = presetOf(fallbacks, presets).filter(
    (model) =>
      mayFallBackTo(model) && (allowDearer === true || !isDearer(model, facts(model), ceiling)),
  );
  const chain = [...new Set([...named, ...affordable])].filter(
    (model, index) => index === 0 || !ROUTER.test(model),
  );
  return { chain: chain.slice(0, MAX_MODELS), request };
}

function presetOf(name: unknown, presets: FallbackPresets): readonly string[] {
  if (name === undefined || name === null) return presets['default'] ?? [];
  if (name === false || name === 'none') return [];
  if (typeof name === 'string' && Object.hasOwn(presets, name)) return presets[name] ?? [];
  const known = Object.keys(presets).join(', ') || 'none is configured';
  throw new OpenRouterError('invalid_request', `fallbacks: there is no such preset (${known}).`);
}

/** US dollars per token; `null` is no limit. */
interface Ceiling {
  prompt: number | null;
  completion: number | null;
}

function ceilingOf(
  { provider }: ChatRequest,
  first: string,
  facts: ChainOptions['facts'],
): Ceiling {
  if (isFree(first)) return { prompt: 0, completion: 0 };
  const given = provider?.['max_price'] as { prompt?: unknown; completion?: unknown } | undefined;
  const pricing = facts(first)?.pricing;
  return {
    prompt: perToken(given?.prompt) ?? price(pricing?.prompt),
    completion: perToken(given?.completion) ?? price(pricing?.completion),
  };
}

/** A model of unknown price counts as dearer, whenever there is anything to compare it with. */
function isDearer(id: string, model: Model | undefined, ceiling: Ceiling): boolean {
  if (isFree(id)) return false;
  return (
    exceeds(price(model?.pricing.prompt), ceiling.prompt) ||
    exceeds(price(model?.pricing.completion), ceiling.completion)
  );
}

function isFree(id: string): boolean {
  return id.endsWith(':free');
}

function exceeds(value: number | null, limit: number | null): boolean {
  return limit !== null && (value === null || value > limit);
}

/** `"-1"` depends on what gets picked: unknown. */
function price(text: string | undefined): number | null {
  const value = Number(text);
  return value >= 0 ? value : null;
}

/** `max_price` is per million tokens, as a number or a decimal string. */
function perToken(perMillion: unknown): number | null {
  const value = Number(perMillion);
  return perMillion == null || Number.isNaN(value) ? null : value / 1_000_000;
}

import type { Model } from '@openrouter-native/protocol';
import { capabilitiesOf, priceOf, type Capability } from '../models/facts.ts';
import { takes, type ModelParameters } from './parameters.ts';
import { readFormat } from './response-format.ts';

/** How one price compares with another. */
export type PriceComparison =
  | { type: 'same' }
  /** Greater than 1 is dearer. */
  | { type: 'times'; factor: number }
  /** It costs something, where the other is free. */
  | { type: 'notFree' }
  /** One of the two is not known, or depends on what gets picked. */
  | { type: 'unknown' };

/** What somebody should know of a model before it stands in for the chosen one. */
export interface ModelComparison {
  prompt: PriceComparison;
  completion: PriceComparison;
  /** What the chosen model can do and this one cannot. */
  missing: readonly Capability[];
  /** Tokens of its context, when that is smaller; otherwise `null`. */
  smallerContext: number | null;
  /** Parameters that are set and that it does not take. */
  ignored: readonly IgnoredName[];
}

/** Left out by upstream without a word, though it is part of what was asked for. */
const WORTH_A_WORD = ['response_format', 'tools', 'verbosity', 'seed', 'stop'] as const;
export type IgnoredName = (typeof WORTH_A_WORD)[number];

/**
 * Compares a stand-in with the chosen model.
 *
 * @param parameters - As they are set now.
 */
export function compareModels(
  chosen: Model,
  other: Model,
  parameters: ModelParameters,
): ModelComparison {
  const able = capabilitiesOf(other);
  const context = other.context_length ?? null;
  const isSmaller = context !== null && context < (chosen.context_length ?? 0);
  const missing = capabilitiesOf(chosen).filter((capability) => !able.includes(capability));
  return {
    prompt: comparePrices(chosen.pricing.prompt, other.pricing.prompt),
    completion: comparePrices(chosen.pricing.completion, other.pricing.completion),
    missing,
    smallerContext: isSmaller ? context : null,
    ignored: WORTH_A_WORD.filter(
      (name) =>
        name in parameters &&
        !(name === 'tools' && missing.includes('tools')) &&
        needsOf(name, parameters).some((need) => takes(other, need) === false),
    ),
  };
}

/** What a model has to know for a parameter to have its effect. */
function needsOf(name: IgnoredName, parameters: ModelParameters): readonly string[] {
  const isSchema = name === 'response_format' && readFormat(parameters)?.type === 'json_schema';
  return isSchema ? [name, 'structured_outputs'] : [name];
}

/** Whether it may cost more than the chosen model. */
export function isDearer({ prompt, completion }: ModelComparison): boolean {
  return [prompt, completion].some(
    (price) => price.type === 'notFree' || (price.type === 'times' && price.factor > 1),
  );
}

/** Whether it costs less in one way, and more in none. */
export function isCheaper({ prompt, completion }: ModelComparison): boolean {
  const prices = [prompt, completion];
  return prices.some(isLess) && prices.every((price) => price.type === 'same' || isLess(price));
}

function isLess(price: PriceComparison): boolean {
  return price.type === 'times' && price.factor < 1;
}

/** @param before - Decimal string per token, as `after`. */
export function comparePrices(before: string, after: string): PriceComparison {
  const [from, to] = [priceOf(before), priceOf(after)];
  if (typeof from !== 'number' || typeof to !== 'number') return { type: 'unknown' };
  if (from === to) return { type: 'same' };
  return from === 0 ? { type: 'notFree' } : { type: 'times', factor: to / from };
}

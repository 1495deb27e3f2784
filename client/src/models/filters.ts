import { perMillion, type Model } from '@openrouter-native/protocol';
import { authorOf, capabilitiesOf, type Capability } from './facts.ts';
import type { ModelFamily } from './families.ts';

/** What a list is narrowed to. */
export interface ModelFilters {
  /** Costs nothing. */
  isFree: boolean;
  /** `null` = of anybody. */
  author: string | null;
  /** All of these. */
  capabilities: readonly Capability[];
  /** Tokens, at least. */
  minContext: number | null;
  /** US dollars per million prompt tokens, at most. */
  maxPromptPrice: number | null;
  /** Some provider keeps nothing. */
  isZeroRetention: boolean;
}

export const noFilters: ModelFilters = {
  isFree: false,
  author: null,
  capabilities: [],
  minContext: null,
  maxPromptPrice: null,
  isZeroRetention: false,
};

/** In which order a list is shown; `best` is that of the search, and without one that of the catalogue. */
export const modelOrders = ['best', 'newest', 'name', 'price', 'context'] as const;
export type ModelOrder = (typeof modelOrders)[number];

/** How many filters narrow the list. */
export function countFilters(filters: ModelFilters): number {
  const { isFree, author, capabilities, minContext, maxPromptPrice, isZeroRetention } = filters;
  const others = [isFree, author !== null, minContext !== null, maxPromptPrice !== null, isZeroRetention]; // prettier-ignore
  return capabilities.length + others.filter(Boolean).length;
}

/**
 * The rows that fit. What is unknown does not fit: a model without a known price is not cheap. Where
 * only what is free is wanted, a model's free sibling stands in its place.
 *
 * @param zeroRetentionIds - `undefined` while unknown: then nobody fits that filter.
 */
export function applyFilters(
  families: readonly ModelFamily[],
  filters: ModelFilters,
  zeroRetentionIds: ReadonlySet<string> | undefined,
): readonly ModelFamily[] {
  const { isFree, author, capabilities, minContext, maxPromptPrice, isZeroRetention } = filters;
  if (countFilters(filters) === 0) return families;
  return families
    .flatMap((family) => (isFree ? (freeOf(family) ?? []) : family))
    .filter(({ model }) => {
      if (author !== null && authorOf(model) !== author) return false;
      if (minContext !== null && !((model.context_length ?? 0) >= minContext)) return false;
      if (maxPromptPrice !== null && !(promptPrice(model) <= maxPromptPrice)) return false;
      if (isZeroRetention && !zeroRetentionIds?.has(model.id)) return false;
      const able = capabilitiesOf(model);
      return capabilities.every((capability) => able.includes(capability));
    });
}

/** Sorts rows; equal ones, and those of which the figure is unknown, keep their order, the latter last. */
export function sortFamilies(families: readonly ModelFamily[], order: ModelOrder): ModelFamily[] {
  switch (order) {
    case 'best':
      return [...families];
    case 'newest':
      return by(families, ({ model }) => -(created(model) ?? -Infinity));
    case 'name':
      return families.toSorted((a, b) => a.model.name.localeCompare(b.model.name));
    case 'price':
      return by(families, ({ model }) => promptPrice(model));
    case 'context':
      return by(families, ({ model }) => -(model.context_length ?? -Infinity));
    default:
      return order satisfies never;
  }
}

/** Whose models there are, by the number of their models. */
export function authorsOf(families: readonly ModelFamily[]): { author: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { model } of families) {
    const author = authorOf(model);
    counts.set(author, (counts.get(author) ?? 0) + 1);
  }
  return [...counts]
    .map(([author, count]) => ({ author, count }))
    .toSorted((a, b) => b.count - a.count || a.author.localeCompare(b.author));
}

function freeOf({ model, free }: ModelFamily): ModelFamily | null {
  if (free) return { model: free, free: null };
  const { prompt, completion } = model.pricing;
  return Number(prompt) === 0 && Number(completion) === 0 ? { model, free: null } : null;
}

/** US dollars per million tokens; endless when unknown, as with routers. */
function promptPrice({ pricing }: Model): number {
  const usd = perMillion(pricing.prompt);
  return usd === null ? Infinity : Number(usd);
}

function created(model: Model): number | null {
  const { created: at } = model as { created?: unknown };
  return typeof at === 'number' ? at : null;
}

function by(families: readonly ModelFamily[], key: (family: ModelFamily) => number): ModelFamily[] {
  return families
    .map((family) => ({ family, value: key(family) }))
    .toSorted((a, b) => (a.value === b.value ? 0 : a.value - b.value))
    .map(({ family }) => family);
}

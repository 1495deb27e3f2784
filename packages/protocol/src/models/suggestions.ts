import type { Model } from '../upstream/model.ts';
import { z } from 'zod';
import { hasPrice, lacksOf, type ModelNeeds } from './needs.ts';
import { isLeaving } from './retirement.ts';

/** More would be a list to study instead of an answer. */
const MAX_SUGGESTIONS = 3;

/**
 * Up to three models that would do in place of another, best first: of the same author and family
 * first, then of a similar price, then the cleverest; each of another family as long as there are any.
 * Routers, aliases, batch-only rows and models that leave within a month are never among them; a free
 * model takes the place of a free one only.
 *
 * @param models - Those that may be used here.
 * @param wanted - The id that was asked for; need not be listed any more.
 */
export function suggestModels(
  models: readonly Model[],
  needs: ModelNeeds,
  wanted: string,
  at: Date,
): Model[] {
  const asked = models.find(({ id }) => id === wanted);
  const wantsFree = asked ? isFree(asked) : wanted.endsWith(':free');
  const ranked = models
    .filter((model) => model.id !== wanted && isChoice(model) && !isLeaving(model, at))
    .filter((model) => wantsFree || !isFree(model))
    .filter((model) => lacksOf(model, needs).length === 0)
    .map((model) => ({
      model,
      rank: [
        Number(isFree(model) !== wantsFree),
        Number(authorOf(model.id) !== authorOf(wanted)),
        1 - kinship(model.id, wanted),
        asked ? priceDistance(model, asked) : 0,
        -intelligenceOf(model),
        -(model.created ?? 0),
      ],
    }))
    .toSorted((one, other) => compare(one.rank, other.rank))
    .map(({ model }) => model);
  return varied(ranked).slice(0, MAX_SUGGESTIONS);
}

/** A model that answers in words, itself, at once. */
function isChoice({ id, architecture }: Model): boolean {
  const outputs = architecture?.output_modalities ?? ['text'];
  return !/^(openrouter\/|~)|:batch$/.test(id) && outputs.includes('text');
}

function isFree(model: Model): boolean {
  return Number(model.pricing.prompt) === 0 && Number(model.pricing.completion) === 0;
}

function authorOf(id: string): string {
  return id.replace(/^~/, '').split('/', 1)[0] ?? '';
}

/** The words of a name without author, variant, numbers and dates: `claude haiku`, `gpt mini`. */
function familyOf(id: string): string[] {
  const name = id.slice(id.indexOf('/') + 1).replace(/:.*$/, '');
  return (name.toLowerCase().match(/[a-z]{2,}/g) ?? []).toSorted();
}

/** Share of words that two names have in common, 0–1. */
function kinship(one: string, other: string): number {
  const words = new Set(familyOf(one));
  const others = new Set(familyOf(other));
  const common = [...words].filter((word) => others.has(word)).length;
  return common / Math.max(1, words.size + others.size - common);
}

/** How many times dearer or cheaper, as a logarithm; a price that cannot be compared comes last. */
function priceDistance(model: Model, asked: Model): number {
  if (!hasPrice(asked)) return 0;
  const [price, wanted] = [model, asked].map(usdOfAnswer) as [number, number];
  if (price === wanted) return 0;
  return price > 0 && wanted > 0 ? Math.abs(Math.log(price / wanted)) : Infinity;
}

/** Prompts are longer than answers, some three to one. */
function usdOfAnswer({ pricing }: Model): number {
  return 3 * Number(pricing.prompt) + Number(pricing.completion);
}

/** A third-party score; 0 when there is none. */
function intelligenceOf(model: Model): number {
  const { benchmarks } = benchmarksSchema.safeParse(model).data ?? {};
  return benchmarks?.artificial_analysis?.intelligence_index ?? 0;
}

const benchmarksSchema = z.object({
  benchmarks: z
    .object({
      artificial_analysis: z.object({ intelligence_index: z.number().nullish() }).nullish(),
    })
    .nullish(),
});

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? 0 : (one[at] as number) - (other[at] as number);
}

/** The best of each family first, in their order, then the rest. */
function varied(models: readonly Model[]): Model[] {
  const families = new Map<string, Model>();
  for (const model of models) {
    const family = `${authorOf(model.id)} ${familyOf(model.id).join(' ')}`;
    if (!families.has(family)) families.set(family, model);
  }
  const best = new Set(families.values());
  return [...best, ...models.filter((model) => !best.has(model))];
}

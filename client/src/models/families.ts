import type { Model } from '@openrouter-native/protocol';

/** What a model is asked as: a row of the catalogue of its own, or a way of choosing its provider. */
export type Variant = 'standard' | 'free' | 'nitro' | 'floor' | 'exacto';

/** A model that can be chatted with, and its free sibling, which is a choice and no second row. */
export interface ModelFamily {
  model: Model;
  /** `null` when there is none, or when `model` is itself the free one. */
  free: Model | null;
}

/** Only OpenRouter's batch API takes them, or they are a retired way of asking for reasoning. */
const NOT_FOR_CHAT = /:(batch|thinking)$/;
const FREE = ':free';
/** Suffixes that only say how the provider is chosen. */
const ROUTING = /:(nitro|floor|exacto)$/;

/** The catalogue as rows to choose from, in its order. */
export function toFamilies(models: readonly Model[]): ModelFamily[] {
  const byId = new Map(models.map((model) => [model.id, model]));
  return models
    .filter(({ id }) => !NOT_FOR_CHAT.test(id))
    .filter(({ id }) => !(id.endsWith(FREE) && byId.has(id.slice(0, -FREE.length))))
    .map((model) => ({ model, free: byId.get(`${model.id}${FREE}`) ?? null }));
}

/** Which variant an id asks for. */
export function variantOf(id: string): Variant {
  const [, routing] = ROUTING.exec(id) ?? [];
  if (routing !== undefined) return routing as Variant;
  return id.endsWith(FREE) ? 'free' : 'standard';
}

/** The id without a variant: `openai/gpt-5` of `openai/gpt-5:nitro`. */
export function baseIdOf(id: string): string {
  return id.replace(ROUTING, '').replace(/:free$/, '');
}

/** How a variant of a model is asked for. */
export function idOf({ model }: ModelFamily, variant: Variant): string {
  return variant === 'standard' ? model.id : `${model.id}:${variant}`;
}

/** The variants there are; a router or an alias has no providers to choose among. */
export function variantsOf({ model, free }: ModelFamily): Variant[] {
  const isRouted = model.id.startsWith('openrouter/') || model.id.startsWith('~');
  const routing: Variant[] =
    isRouted || model.id.endsWith(FREE) ? [] : ['nitro', 'floor', 'exacto'];
  return ['standard', ...(free ? (['free'] as const) : []), ...routing];
}

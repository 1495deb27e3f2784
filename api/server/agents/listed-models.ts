import type { Model } from '@openrouter-native/protocol';

/** Suffixes that only change the routing of a model, and one that is sent as a parameter by now. */
const SUFFIXES = /(:(nitro|floor|exacto|online|thinking))+$/;

/** The models of a catalogue under all names that a request may use. */
export interface ListedModels {
  models: readonly Model[];
  /** @param name - An id, with or without suffixes, or a dated slug. */
  find(name: string): Model | undefined;
}

export function createListedModels(models: readonly Model[]): ListedModels {
  const byName = new Map<string, Model>();
  for (const model of models) {
    const { id, canonical_slug: slug } = model;
    // Variants such as `:free` share the slug of the model itself.
    if (slug && (!id.includes(':') || !byName.has(slug))) byName.set(slug, model);
  }
  for (const model of models) byName.set(model.id, model); // An id outranks a slug.
  return { models, find: (name) => byName.get(name) ?? byName.get(name.replace(SUFFIXES, '')) };
}

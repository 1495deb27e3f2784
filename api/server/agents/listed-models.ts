import type { Model } from '@openrouter-native/protocol';

/** Suffixes that only change the routing of a model, and one that is sent as a parameter by now. */
const SUFFIXES = /(:(nitro|floor|exacto|online|thinking))+$/;

/** Finds a model under what an agent calls it: its id with or without suffixes, or its dated slug. */
export function createListedModels(models: readonly Model[]): {
  find(name: string): Model | undefined;
} {
  const byName = new Map<string, Model>();
  for (const model of models) {
    if (model.canonical_slug) byName.set(model.canonical_slug, model);
  }
  for (const model of models) byName.set(model.id, model); // An id outranks a slug.
  return { find: (name) => byName.get(name) ?? byName.get(name.replace(SUFFIXES, '')) };
}

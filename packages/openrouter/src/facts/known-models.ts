import type { Model } from '@openrouter-native/protocol';

const ROUTING_SUFFIXES = /(:(nitro|floor|exacto|online))+$/;

/** The latest catalogue that was fetched. The same for every key, so that clients may share it. */
export class KnownModels {
  readonly #models = new Map<string, Model>();

  /** Replaces the catalogue. */
  learn(models: readonly Model[]): void {
    this.#models.clear();
    for (const model of models) {
      const { id, canonical_slug: slug } = model;
      // Variants such as `:free` and `:batch` share the slug of the model itself.
      if (slug && (!id.includes(':') || !this.#models.has(slug))) this.#models.set(slug, model);
    }
    for (const model of models) this.#models.set(model.id, model); // An id outranks a slug.
  }

  /** By id or by dated slug; routing suffixes are ignored. */
  find(id: string): Model | undefined {
    return this.#models.get(id) ?? this.#models.get(id.replace(ROUTING_SUFFIXES, ''));
  }
}

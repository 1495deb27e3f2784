import type { Model } from '@openrouter-native/protocol';
import type { CreditsReading } from '../account/credits.ts';

/**
 * What the client has learned from answers it fetched for others: prices and abilities of models, and
 * the money that is left. Used to fit requests; never fetched for that purpose.
 */
export class KnownFacts {
  readonly #models = new Map<string, Model>();
  #balanceUsd: number | null = null;

  /** Replaces the catalogue. */
  learnModels(models: readonly Model[]): void {
    this.#models.clear();
    for (const model of models) {
      if (model.canonical_slug) this.#models.set(model.canonical_slug, model);
    }
    for (const model of models) this.#models.set(model.id, model); // An id outranks a slug.
  }

  learnCredits({ balance, limit_remaining: left }: CreditsReading): void {
    const known = [balance, left].filter((usd) => usd !== null);
    this.#balanceUsd = known.length > 0 ? Math.min(...known) : null;
  }

  /** By id or by dated slug; routing suffixes are ignored. */
  model(id: string): Model | undefined {
    return this.#models.get(id) ?? this.#models.get(id.replace(ROUTING_SUFFIXES, ''));
  }

  /** US dollars that can be spent, as last told; `null` when unknown. */
  get balanceUsd(): number | null {
    return this.#balanceUsd;
  }
}

const ROUTING_SUFFIXES = /(:(nitro|floor|exacto|online))+$/;

import type { Model } from '@openrouter-native/protocol';
import type { CreditsReading } from '../account/credits.ts';

/**
 * What the client has learned from answers it fetched for others: prices and abilities of models, and
 * the money that is left. Used to fit requests; never fetched for that purpose.
 */
export class KnownFacts {
  readonly #now: () => number;
  readonly #models = new Map<string, Model>();
  #balance: { usd: number | null; at: number } = { usd: null, at: 0 };

  /** @param now - Epoch milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Replaces the catalogue. */
  learnModels(models: readonly Model[]): void {
    this.#models.clear();
    for (const model of models) {
      const { id, canonical_slug: slug } = model;
      // Variants such as `:free` and `:batch` share the slug of the model itself.
      if (slug && (!id.includes(':') || !this.#models.has(slug))) this.#models.set(slug, model);
    }
    for (const model of models) this.#models.set(model.id, model); // An id outranks a slug.
  }

  learnCredits({ balance, limit_remaining: left }: CreditsReading): void {
    const known = [balance, left].filter((usd) => usd !== null);
    this.#balance = { usd: known.length > 0 ? Math.min(...known) : null, at: this.#now() };
  }

  /** By id or by dated slug; routing suffixes are ignored. */
  model(id: string): Model | undefined {
    return this.#models.get(id) ?? this.#models.get(id.replace(ROUTING_SUFFIXES, ''));
  }

  /** US dollars that can be spent; `null` when unknown, or told too long ago to be believed. */
  get balanceUsd(): number | null {
    return this.#now() - this.#balance.at <= BALANCE_VALID_MS ? this.#balance.usd : null;
  }
}

const BALANCE_VALID_MS = 10 * 60_000; // Who adds credits should not get short answers for long.

const ROUTING_SUFFIXES = /(:(nitro|floor|exacto|online))+$/;

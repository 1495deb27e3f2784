import type { Model } from '@openrouter-native/protocol';
import type { CreditsReading } from '../account/credits.ts';
import { KnownModels } from './known-models.ts';

/**
 * What the client has learned from answers it fetched for others: prices and abilities of models, and
 * the money that is left. Used to fit requests; never fetched for that purpose.
 */
export class KnownFacts {
  /** May be shared with clients of other keys; the money never is. */
  readonly models: KnownModels;
  readonly #now: () => number;
  #balance: { usd: number | null; at: number } = { usd: null, at: 0 };

  /** @param now - Epoch milliseconds. */
  constructor(now: () => number, models: KnownModels = new KnownModels()) {
    this.#now = now;
    this.models = models;
  }

  /** Replaces the catalogue. */
  learnModels(models: readonly Model[]): void {
    this.models.learn(models);
  }

  learnCredits({ balance, limit_remaining: left }: CreditsReading): void {
    const known = [balance, left].filter((usd) => usd !== null);
    this.#balance = { usd: known.length > 0 ? Math.min(...known) : null, at: this.#now() };
  }

  /** By id or by dated slug; routing suffixes are ignored. */
  model(id: string): Model | undefined {
    return this.models.find(id);
  }

  /** US dollars that can be spent; `null` when unknown, or told too long ago to be believed. */
  get balanceUsd(): number | null {
    return this.#now() - this.#balance.at <= BALANCE_VALID_MS ? this.#balance.usd : null;
  }
}

const BALANCE_VALID_MS = 10 * 60_000; // Who adds credits should not get short answers for long.

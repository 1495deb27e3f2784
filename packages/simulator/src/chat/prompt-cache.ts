import { createHash } from 'node:crypto';
import type { Account } from '../accounts/accounts.ts';
import type { Endpoint } from '../endpoints/endpoints.ts';
import type { Turn } from './messages.ts';
import { countTurn } from './request.ts';
import type { PromptCount } from './usage.ts';

/** What a provider remembers of prompts, per account and model. */
export interface PromptCache {
  /** Counts a prompt, and remembers it for the next one. */
  count(prompt: CountedPrompt): PromptCount;
}

export interface CountedPrompt {
  readonly account: Account;
  readonly endpoint: Endpoint;
  readonly turns: readonly Turn[];
  readonly tokens: number;
  /** The whole request asks for caching. */
  readonly isMarked: boolean;
  readonly now: number;
}

const LIFETIME_MS = 5 * 60_000;
/** Shorter prefixes are not worth a cache, for any provider. */
const MIN_TOKENS = 1024;
/** OpenAI and others count in such blocks. */
const BLOCK_TOKENS = 128;
const MAX_ENTRIES = 2000;

/**
 * A memory of prompt prefixes. A provider that takes a price for writing caches what is marked with
 * `cache_control`; one that lists only a price for reading caches every long prompt by itself.
 *
 * @see https://openrouter.ai/docs/features/prompt-caching
 */
export function createPromptCache(): PromptCache {
  const expiries = new Map<string, number>();

  function remember(key: string, expiresAt: number): void {
    expiries.delete(key);
    expiries.set(key, expiresAt);
    if (expiries.size <= MAX_ENTRIES) return;
    const [oldest] = expiries.keys();
    if (oldest !== undefined) expiries.delete(oldest);
  }

  return {
    count({ account, endpoint, turns, tokens, isMarked, now }) {
      const { pricing } = endpoint;
      const writesCost = pricing.input_cache_write != null;
      const isWanted = writesCost
        ? isMarked || turns.some(({ hasCacheMark }) => hasCacheMark)
        : pricing.input_cache_read != null;
      if (!isWanted || tokens < MIN_TOKENS) return { tokens, cached: 0, written: 0 };

      const owner = `${account.userId} ${endpoint.tag} ${endpoint.model.id}`;
      const prefixes = hashPrefixes(owner, turns);
      const known = prefixes.findLast(({ key }) => (expiries.get(key) ?? 0) > now);
      const cached = known ? wholeBlocks(Math.min(known.tokens, tokens)) : 0;
      for (const { key } of prefixes) remember(key, now + LIFETIME_MS);
      const isLongEnough = cached >= MIN_TOKENS;
      const read = isLongEnough ? cached : 0;
      return { tokens, cached: read, written: writesCost ? wholeBlocks(tokens - read) : 0 };
    },
  };
}

function hashPrefixes(owner: string, turns: readonly Turn[]): { key: string; tokens: number }[] {
  let tokens = 0;
  let hash = owner;
  return turns.map((turn) => {
    tokens += countTurn(turn);
    hash = createHash('sha256').update(hash).update(JSON.stringify(turn)).digest('base64');
    return { key: hash, tokens };
  });
}

function wholeBlocks(tokens: number): number {
  return Math.floor(tokens / BLOCK_TOKENS) * BLOCK_TOKENS;
}

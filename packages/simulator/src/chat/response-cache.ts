import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ApiKey } from '../accounts/accounts.ts';
import type { AnswerPlan } from './answer.ts';

/** What a request's headers say about caching whole answers. */
export interface CacheWish {
  readonly isWanted: boolean;
  readonly ttlSeconds: number;
  /** Answer afresh, and replace what is stored. */
  readonly isRefresh: boolean;
}

/** An answer that was given before. */
export interface CachedAnswer {
  readonly plan: AnswerPlan;
  readonly storedAt: number;
  readonly expiresAt: number;
}

/** Whole answers by request. */
export interface ResponseCache {
  find(key: string, now: number): CachedAnswer | undefined;
  store(key: string, answer: CachedAnswer): void;
}

const DEFAULT_TTL_SECONDS = 300;
const MAX_TTL_SECONDS = 86_400;
const MAX_ENTRIES = 200;

export function createResponseCache(): ResponseCache {
  const answers = new Map<string, CachedAnswer>();
  return {
    find(key, now) {
      const answer = answers.get(key);
      return answer && answer.expiresAt > now ? answer : undefined;
    },
    store(key, answer) {
      answers.delete(key);
      answers.set(key, answer);
      if (answers.size <= MAX_ENTRIES) return;
      const [oldest] = answers.keys();
      if (oldest !== undefined) answers.delete(oldest);
    },
  };
}

/**
 * Reads `X-OpenRouter-Cache` and its companions. Leading digits of the lifetime count (`60abc` is 60),
 * and what is out of range is moved into it.
 *
 * @see https://openrouter.ai/docs/features/response-caching
 */
export function readCacheWish(headers: IncomingHttpHeaders): CacheWish {
  const ttl = Number.parseInt(String(headers['x-openrouter-cache-ttl'] ?? ''), 10);
  return {
    isWanted: headers['x-openrouter-cache'] === 'true',
    ttlSeconds: Number.isNaN(ttl)
      ? DEFAULT_TTL_SECONDS
      : Math.min(Math.max(ttl, 1), MAX_TTL_SECONDS),
    isRefresh: headers['x-openrouter-cache-clear'] === 'true',
  };
}

/** Same key, same model, same kind of stream, same bytes: the order of properties matters. */
export function cacheKey(key: ApiKey, rawBody: Buffer, stream: boolean): string {
  const body = createHash('sha256').update(rawBody).digest('hex');
  return `${key.hash} chat ${stream} ${body}`;
}

import { createHash } from 'node:crypto';
import type { CreditsReading, OpenRouterClient } from '@openrouter-native/openrouter';
import type { Credits } from '@openrouter-native/protocol';
import { createCachedLoader, type CacheState } from '../cache/loader.ts';
import { createNodeCacheStore } from '../cache/node-cache-store.ts';
import { isOutage, type UpstreamStatus } from './upstream-status.ts';

export interface CreditsServiceOptions {
  client: Pick<OpenRouterClient, 'getCredits' | 'baseURL'>;
  status: UpstreamStatus;
  /** Milliseconds; 0 asks upstream every time. */
  ttlMs: number;
  now: () => number;
}

/** The credits of the server's own key, cached. */
export interface CreditsService {
  read(options?: { force?: boolean }): Promise<{ credits: Credits; state: CacheState }>;
  renew(withinMs: number): Promise<void>;
  /** Whether any answer about credits is at hand, without asking. */
  known(): boolean;
  close(): Promise<void>;
}

const MIN_INTERVAL_MS = 3_000;
const KEEP_MS = 24 * 60 * 60 * 1000; // A balance from yesterday says nothing.

export function createCreditsService({
  client,
  status,
  ttlMs,
  now,
}: CreditsServiceOptions): CreditsService {
  const key = createHash('sha256').update(`credits ${client.baseURL}`).digest('base64url');
  const store = createNodeCacheStore<CreditsReading>({ keepMs: KEEP_MS, maxEntries: 1 });
  let known = false;
  const loader = createCachedLoader<CreditsReading>({
    store,
    async load(_key, { force }) {
      try {
        const reading = await status.watch(client.getCredits({ force }));
        known = true;
        return reading;
      } catch (error) {
        known &&= isOutage(error); // The last answer stands in for an outage only.
        throw error;
      }
    },
    ttlMs,
    staleWhileRevalidateMs: ttlMs,
    minIntervalMs: MIN_INTERVAL_MS,
    isOutage,
    now,
  });
  return {
    async read(options) {
      const { value, loadedAt, state } = await loader.read(key, options);
      const credits: Credits = {
        ...value,
        updated_at: new Date(loadedAt).toISOString(),
        stale: state === 'STALE',
      };
      return { credits, state };
    },
    renew: (withinMs) => loader.renew(key, withinMs),
    known: () => known,
    close: () => store.close(),
  };
}

import { randomUUID } from 'node:crypto';
import type { CreditsReading } from '@openrouter-native/openrouter';
import type { Credits } from '@openrouter-native/protocol';
import { createCachedLoader, type CachedLoader, type CacheState } from '../cache/loader.ts';
import { createNodeCacheStore } from '../cache/node-cache-store.ts';
import type { Asker, Askers } from './askers.ts';
import { isOutage } from './upstream-status.ts';

export interface CreditsServiceOptions {
  askers: Askers;
  /** Milliseconds; 0 asks upstream every time. */
  ttlMs: number;
  now: () => number;
}

/** The credits of whoever asks, cached by client: another key is another client, and starts afresh. */
export interface CreditsService {
  /** @param user - Whose credits, where users bring their keys. */
  read(
    user: string | undefined,
    options?: { force?: boolean },
  ): Promise<{ credits: Credits; state: CacheState }>;
  /** Renews those of the server's own key. */
  renew(withinMs: number): Promise<void>;
  /** Whether an answer about the server's own key is at hand, without asking. */
  known(): boolean;
  close(): Promise<void>;
}

interface Reader {
  /** Says nothing about user or key. */
  cacheKey: string;
  loader: CachedLoader<CreditsReading>;
  known: boolean;
}

const MIN_INTERVAL_MS = 3_000;
const KEEP_MS = 24 * 60 * 60 * 1000; // A balance from yesterday says nothing.
const MAX_READERS = 1_000; // A few hundred bytes each.

export function createCreditsService({
  askers,
  ttlMs,
  now,
}: CreditsServiceOptions): CreditsService {
  const store = createNodeCacheStore<CreditsReading>({ keepMs: KEEP_MS, maxEntries: MAX_READERS });
  const readers = new WeakMap<Asker['client'], Reader>();
  const server = askers.server && readerOf(askers.server);

  function readerOf(asker: Asker): Reader {
    const { client } = asker;
    const existing = readers.get(client);
    if (existing) return existing;
    const reader = createReader(asker);
    readers.set(client, reader);
    return reader;
  }

  function createReader({ client, watch }: Asker): Reader {
    const loader = createCachedLoader<CreditsReading>({
      store,
      async load(_key, { force }) {
        try {
          const reading = await watch(client.getCredits({ force }));
          reader.known = true;
          return reading;
        } catch (error) {
          reader.known &&= isOutage(error); // The last answer stands in for an outage only.
          throw error;
        }
      },
      ttlMs,
      staleWhileRevalidateMs: ttlMs,
      minIntervalMs: MIN_INTERVAL_MS,
      isOutage,
      now,
    });
    const reader: Reader = { cacheKey: randomUUID(), loader, known: false };
    return reader;
  }

  return {
    async read(user, options) {
      const { loader, cacheKey } = readerOf(await askers.of(user));
      const { value, loadedAt, state } = await loader.read(cacheKey, options);
      const credits: Credits = {
        ...value,
        updated_at: new Date(loadedAt).toISOString(),
        stale: state === 'STALE',
      };
      return { credits, state };
    },
    async renew(withinMs) {
      await server?.loader.renew(server.cacheKey, withinMs);
    },
    known: () => server?.known ?? false,
    close: () => store.close(),
  };
}

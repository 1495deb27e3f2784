import type { OpenRouterClient } from '@openrouter-native/openrouter';
import { createCachedLoader } from '../cache/loader.ts';
import { createNodeCacheStore } from '../cache/node-cache-store.ts';
import { isOutage, type UpstreamStatus } from './upstream-status.ts';

/** Which models some provider serves without keeping anything, cached. */
export interface ZeroRetention {
  /** Ids of models. @throws OpenRouterError when upstream never told. */
  read(): Promise<ReadonlySet<string>>;
  close(): Promise<void>;
}

const KEY = 'zdr'; // One list per process: it does not differ by user.
const TTL_MS = 60 * 60_000;
const STALE_WHILE_REVALIDATE_MS = 24 * 60 * 60_000;
const MIN_INTERVAL_MS = 5_000;

export function createZeroRetention({
  client,
  status,
  now,
}: {
  client: Pick<OpenRouterClient, 'getModels'>;
  status: UpstreamStatus;
  now: () => number;
}): ZeroRetention {
  const store = createNodeCacheStore<ReadonlySet<string>>({ keepMs: 0, maxEntries: 1 });
  const loader = createCachedLoader<ReadonlySet<string>>({
    store,
    async load() {
      const models = await status.watch(client.getModels({ zeroDataRetention: true }));
      return new Set(models.map(({ id }) => id));
    },
    ttlMs: TTL_MS,
    staleWhileRevalidateMs: STALE_WHILE_REVALIDATE_MS,
    minIntervalMs: MIN_INTERVAL_MS,
    isOutage,
    now,
  });
  return {
    read: async () => (await loader.read(KEY)).value,
    close: () => store.close(),
  };
}

import NodeCache from 'node-cache';
import type { CacheEntry, CacheStore } from './store.ts';

export interface NodeCacheStoreOptions {
  /** Milliseconds after which an entry is forgotten; 0 keeps it until it is replaced. */
  keepMs: number;
  /** The oldest entries make room for more than this many. */
  maxEntries: number;
}

/**
 * The in-process store, and the only file that knows node-cache. It counts seconds, so times are
 * rounded up; entries are handed out as they are, without cloning, and must not be changed.
 */
export function createNodeCacheStore<T>({
  keepMs,
  maxEntries,
}: NodeCacheStoreOptions): CacheStore<T> {
  const cache = new NodeCache({ stdTTL: Math.ceil(keepMs / 1000), useClones: false });
  return {
    get: async (key) => cache.get<CacheEntry<T>>(key),
    async set(key, entry) {
      if (!cache.has(key) && cache.keys().length >= maxEntries) {
        const [oldest] = cache.keys(); // Insertion order.
        if (oldest !== undefined) cache.del(oldest);
      }
      cache.set(key, entry);
    },
    async delete(key) {
      cache.del(key);
    },
    async close() {
      cache.flushAll();
      cache.close();
    },
  };
}

import type { CacheEntry, CacheStore } from './store.ts';

/** How an answer was come by: `X-Cache` of the response. */
export type CacheState = 'HIT' | 'MISS' | 'STALE' | 'BYPASS';

export interface CachedAnswer<T> extends CacheEntry<T> {
  state: CacheState;
}

export interface CachedLoaderOptions<T> {
  store: CacheStore<T>;
  /** Reads the value from upstream. Belongs to all who wait for it, so no single one can abort it. */
  load: (key: string, options: { force: boolean }) => Promise<T>;
  /** Milliseconds a value is fresh; 0 asks upstream every time. */
  ttlMs: number;
  /** Milliseconds beyond that in which the old value is served while a new one is read. */
  staleWhileRevalidateMs: number;
  /** Milliseconds between two calls upstream for a key whose cached value could have answered. */
  minIntervalMs: number;
  /** Whether the last good value may stand in for this failure. A revoked key is no outage. */
  isOutage: (error: unknown) => boolean;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Reads through a store. Per key one load is in flight however many ask; a fresh value is served at
 * once, a stale one while it is being renewed, and the last good one while upstream is down.
 * Failures are not stored. A failure that is no outage forgets the value.
 */
export interface CachedLoader<T> {
  /** @throws whatever `load` throws, when no value may stand in. */
  read(key: string, options?: { force?: boolean }): Promise<CachedAnswer<T>>;
  /** Renews the value if it will not be fresh any more in `withinMs`; never throws. */
  renew(key: string, withinMs: number): Promise<void>;
}

const MAX_REMEMBERED_KEYS = 10_000;

export function createCachedLoader<T>(options: CachedLoaderOptions<T>): CachedLoader<T> {
  const { store, load, ttlMs, staleWhileRevalidateMs, minIntervalMs, isOutage, now } = options;
  const inFlight = new Map<string, Promise<CacheEntry<T>>>();
  const askedAt = new Map<string, number>();

  async function refresh(key: string, force: boolean): Promise<CacheEntry<T>> {
    try {
      const entry = { value: await load(key, { force }), loadedAt: now() };
      await store.set(key, entry);
      return entry;
    } catch (error) {
      if (!isOutage(error)) await store.delete(key);
      throw error;
    }
  }

  function refreshOnce(key: string, force = false): Promise<CacheEntry<T>> {
    const current = inFlight.get(key);
    if (current) return current;
    const loading = refresh(key, force).finally(() => inFlight.delete(key));
    inFlight.set(key, loading);
    return loading;
  }

  async function refreshOrStandIn(
    key: string,
    entry: CacheEntry<T> | undefined,
    state: CacheState,
    force = false,
  ): Promise<CachedAnswer<T>> {
    try {
      return { ...(await refreshOnce(key, force)), state };
    } catch (error) {
      if (entry && isOutage(error)) return { ...entry, state: 'STALE' };
      throw error;
    }
  }

  /** Keeps impatient readers, and a failing upstream, from being asked without a pause. */
  function mayAsk(key: string): boolean {
    const last = askedAt.get(key);
    if (last !== undefined && now() - last < minIntervalMs) return false;
    if (askedAt.size >= MAX_REMEMBERED_KEYS) askedAt.clear();
    askedAt.set(key, now());
    return true;
  }

  return {
    async read(key, { force = false } = {}) {
      const entry = await store.get(key);
      if (ttlMs === 0) return refreshOrStandIn(key, entry, 'BYPASS', force);
      if (force && (inFlight.has(key) || mayAsk(key)))
        return refreshOrStandIn(key, entry, 'BYPASS', true);
      if (!entry) return refreshOrStandIn(key, entry, 'MISS');

      const age = now() - entry.loadedAt;
      if (age < ttlMs) return { ...entry, state: 'HIT' };
      if (age < ttlMs + staleWhileRevalidateMs) {
        if (mayAsk(key)) refreshOnce(key).catch(() => undefined); // The next reader sees the outcome.
        return { ...entry, state: 'STALE' };
      }
      return refreshOrStandIn(key, entry, 'MISS');
    },

    async renew(key, withinMs) {
      const entry = await store.get(key);
      if (entry && now() + withinMs - entry.loadedAt < ttlMs) return;
      await refreshOnce(key).catch(() => undefined); // Told by the next read, or by health.
    },
  };
}

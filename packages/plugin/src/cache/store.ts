/** A value and when it was read from upstream, in epoch milliseconds. */
export interface CacheEntry<T> {
  readonly value: T;
  readonly loadedAt: number;
}

/**
 * Where cached answers live. Keys are hashes or fixed words: never a key, a token or a prompt.
 * Asynchronous, so that a store may be another process.
 */
export interface CacheStore<T> {
  get(key: string): Promise<CacheEntry<T> | undefined>;
  set(key: string, entry: CacheEntry<T>): Promise<void>;
  delete(key: string): Promise<void>;
  close(): Promise<void>;
}

import type { Logger, OpenRouterClient } from '@openrouter-native/openrouter';
import type { Model } from '@openrouter-native/protocol';
import type { CatalogueFile } from '../cache/disk.ts';
import { createCachedLoader, type CachedAnswer } from '../cache/loader.ts';
import { createNodeCacheStore } from '../cache/node-cache-store.ts';
import { createRepresentation, type Representation } from './representation.ts';
import type { AllowedModels } from './allowed-models.ts';
import { isOutage, type UpstreamStatus } from './upstream-status.ts';

export interface CatalogueOptions {
  client: Pick<OpenRouterClient, 'getModels'>;
  status: UpstreamStatus;
  allowed: AllowedModels;
  /** `null` keeps no copy on disk. */
  file: CatalogueFile | null;
  /** Milliseconds; 0 asks upstream every time. */
  ttlMs: number;
  now: () => number;
  logger: Logger;
}

/** The list of models, cached, in the bytes it is answered with. */
export interface Catalogue {
  /** Reads the list, unless the copy on disk is still fresh; never throws. */
  start(): Promise<void>;
  read(options?: { force?: boolean }): Promise<CachedAnswer<Representation>>;
  renew(withinMs: number): Promise<void>;
  /** The newest list known, without asking; `null` when there is none. */
  latest(): { count: number; loadedAt: number; stale: boolean } | null;
  close(): Promise<void>;
}

const KEY = 'models'; // One list per process: it does not differ by user.
const MIN_INTERVAL_MS = 5_000;
const STALE_WHILE_REVALIDATE_MS = 24 * 60 * 60 * 1000; // Older than a day is worth waiting for.

export function createCatalogue(options: CatalogueOptions): Catalogue {
  const { client, status, allowed, file, ttlMs, now, logger } = options;
  // Kept without a time limit: an old list beats none while upstream is down.
  const store = createNodeCacheStore<Representation>({ keepMs: 0, maxEntries: 1 });
  let latest: { count: number; loadedAt: number } | null = null;

  async function represent(models: readonly Model[], loadedAt: number): Promise<Representation> {
    const representation = await createRepresentation(
      models.filter(({ id }) => allowed.includes(id)),
    );
    latest = { count: representation.models.length, loadedAt };
    return representation;
  }

  const loader = createCachedLoader<Representation>({
    store,
    async load(_key, { force }) {
      const models = await status.watch(client.getModels({ force }));
      const loadedAt = now();
      const saving = file?.write({ value: models, loadedAt });
      saving?.catch((error: unknown) => {
        logger.warn('[OpenRouter] The model list could not be saved', { code: codeOf(error) });
      });
      return represent(models, loadedAt);
    },
    ttlMs,
    staleWhileRevalidateMs: STALE_WHILE_REVALIDATE_MS,
    minIntervalMs: MIN_INTERVAL_MS,
    isOutage,
    now,
  });

  async function restore(): Promise<void> {
    const saved = await file?.read();
    if (!saved) return;
    const value = await represent(saved.value, saved.loadedAt);
    await store.set(KEY, { value, loadedAt: saved.loadedAt });
  }
  const restored = restore();

  return {
    async start() {
      await restored;
      await loader.renew(KEY, 0);
    },
    async read(readOptions) {
      await restored; // The first reader may be faster than the disk.
      return loader.read(KEY, readOptions);
    },
    renew: (withinMs) => loader.renew(KEY, withinMs),
    latest: () => latest && { ...latest, stale: now() - latest.loadedAt >= Math.max(ttlMs, 1) },
    close: () => store.close(),
  };
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
}

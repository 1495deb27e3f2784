import type { OpenRouterClient } from '@openrouter-native/openrouter';
import type { Endpoint } from '@openrouter-native/protocol';
import { createCachedLoader, type CachedAnswer } from '../cache/loader.ts';
import { createNodeCacheStore } from '../cache/node-cache-store.ts';
import { RequestError } from '../request-error.ts';
import type { Catalogue } from './catalogue.ts';
import { isOutage, type UpstreamStatus } from './upstream-status.ts';

export interface EndpointsServiceOptions {
  client: Pick<OpenRouterClient, 'listEndpoints'>;
  catalogue: Pick<Catalogue, 'read'>;
  status: UpstreamStatus;
  now: () => number;
}

/** Who serves a model, cached. */
export interface EndpointsService {
  /**
   * @throws RequestError `not_found` for a model that is not in the list of models, so that nobody
   *   fills the cache with names; OpenRouterError when upstream cannot tell.
   */
  read(model: string, options?: { force?: boolean }): Promise<CachedAnswer<readonly Endpoint[]>>;
  close(): Promise<void>;
}

const TTL_MS = 5 * 60_000; // Uptime and prices of endpoints change within minutes.
const KEEP_MS = 60 * 60_000;
const MIN_INTERVAL_MS = 3_000;
const MAX_MODELS = 1_000; // A few kilobytes each.

export function createEndpointsService(options: EndpointsServiceOptions): EndpointsService {
  const { client, catalogue, status, now } = options;
  const store = createNodeCacheStore<readonly Endpoint[]>({
    keepMs: KEEP_MS,
    maxEntries: MAX_MODELS,
  });
  const loader = createCachedLoader<readonly Endpoint[]>({
    store,
    load: (model, { force }) => status.watch(client.listEndpoints(model, { force })),
    ttlMs: TTL_MS,
    staleWhileRevalidateMs: TTL_MS,
    minIntervalMs: MIN_INTERVAL_MS,
    isOutage,
    now,
  });
  return {
    async read(model, asked) {
      const { models } = (await catalogue.read()).value;
      if (!models.some(({ id }) => id === model)) throw noSuchModel();
      return loader.read(model, asked);
    },
    close: () => store.close(),
  };
}

/** For a model that is not in the list, or not in that of whoever asks. */
export function noSuchModel(): RequestError {
  return new RequestError('not_found', 'There is no such model in the list.', {
    action: 'Choose a model from GET /api/openrouter/models.',
  });
}

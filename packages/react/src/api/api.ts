import {
  conform,
  creditsSchema,
  endpointSchema,
  endpointsResponseSchema,
  healthSchema,
  modelsResponseSchema,
  type ChatEvent,
  type ChatRequest,
  type Credits,
  type Endpoint,
  type Health,
  type Model,
} from '@openrouter-native/protocol';
import { readChat } from './chat.ts';
import { createHttp, readJson, type HttpOptions } from './http.ts';

/** How a reading call is made. */
export interface ReadOptions {
  /** Ask OpenRouter itself, past the server's cache. */
  force?: boolean;
  signal?: AbortSignal | undefined;
}

/** The catalogue, in upstream order, and how fresh it is. */
export interface ModelList {
  models: Model[];
  /** When the server read it from OpenRouter, epoch milliseconds; `null` when it did not say. */
  readAtMs: number | null;
  /** OpenRouter could not be asked, and this is the last good copy. */
  isStale: boolean;
}

/**
 * The plugin's routes as the browser sees them. Every method throws `OpenRouterApiError`, except that
 * an abort stays an `AbortError`.
 */
export interface OpenRouterApi {
  getModels: (options?: ReadOptions) => Promise<ModelList>;
  /** Who serves a model, at what price; for models of the list. */
  getEndpoints: (model: string, options?: ReadOptions) => Promise<Endpoint[]>;
  /** Ids of the models that some provider serves without keeping anything. */
  getZeroRetentionIds: (options?: Pick<ReadOptions, 'signal'>) => Promise<ReadonlySet<string>>;
  getCredits: (options?: ReadOptions) => Promise<Credits>;
  getHealth: (options?: Pick<ReadOptions, 'signal'>) => Promise<Health>;
  /**
   * Asks for a streamed answer. One consumer; leaving the loop closes the connection, which stops
   * the model. After the first event nothing is thrown: `finish` tells how the answer ended.
   */
  openChat: (request: ChatRequest, signal: AbortSignal) => AsyncGenerator<ChatEvent, void>;
}

/** @param options - `baseUrl` is where the plugin is mounted, such as `/api/openrouter`. */
export function createOpenRouterApi(options: HttpOptions): OpenRouterApi {
  const http = createHttp(options);

  function get(path: string, { force, signal }: ReadOptions): Promise<Response> {
    return http.request(force ? `${path}?force=true` : path, { signal: signal ?? null });
  }

  return {
    async getModels(read = {}) {
      const response = await get('/models', read);
      const { data } = await readJson(response, modelsResponseSchema, read.signal);
      const age = response.headers.get('age');
      return {
        models: data,
        readAtMs: age !== null && /^\d+$/.test(age) ? Date.now() - Number(age) * 1000 : null,
        isStale: response.headers.get('x-cache') === 'STALE',
      };
    },

    async getEndpoints(model, read = {}) {
      const path = `/models/${model.split('/').map(encodeURIComponent).join('/')}/endpoints`;
      const { data } = await readJson(await get(path, read), endpointsResponseSchema, read.signal);
      return data.endpoints.flatMap((entry) => conform(endpointSchema, entry) ?? []);
    },

    async getZeroRetentionIds({ signal } = {}) {
      const response = await http.request('/models?zdr=true', { signal: signal ?? null });
      const { data } = await readJson(response, modelsResponseSchema, signal);
      return new Set(data.map(({ id }) => id));
    },

    async getCredits(read = {}) {
      return readJson(await get('/credits', read), creditsSchema, read.signal);
    },

    async getHealth(read = {}) {
      const response = await get('/health', read);
      if (response.status === 503) {
        // An unhealthy server answers with the very report we ask for.
        const copy = response.clone();
        const report = healthSchema.safeParse(await copy.json().catch(() => null));
        if (report.success) return report.data;
      }
      return readJson(response, healthSchema, read.signal);
    },

    async *openChat(request, signal) {
      let response: Response;
      try {
        response = await http.request('/chat/completions', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
          body: JSON.stringify({ ...request, stream: true }),
          signal,
        });
      } catch (error) {
        if (!signal.aborted) throw error;
        yield { type: 'finish', ending: 'stopped', finishReason: null, nativeFinishReason: null };
        return;
      }
      yield* readChat(response, signal);
    },
  };
}

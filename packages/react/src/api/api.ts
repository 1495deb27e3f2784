import {
  creditsSchema,
  healthSchema,
  modelsResponseSchema,
  type ChatEvent,
  type ChatRequest,
  type Credits,
  type Health,
  type Model,
} from '@openrouter-native/protocol';
import { readChat } from './chat.ts';
import { errorFromResponse, malformed, unreachable } from './error.ts';

export interface OpenRouterApiOptions {
  /** Where the plugin is mounted, without a trailing slash. Relative to the page is fine. */
  baseUrl: string;
  /** The host's own session token (never an OpenRouter key), asked for before each call. */
  getToken?: () => string | null | Promise<string | null>;
  /** @defaultValue the global `fetch`; a host that renews tokens passes its own. */
  fetch?: typeof globalThis.fetch;
}

export interface ReadOptions {
  /** Ask OpenRouter itself, past the server's cache. */
  force?: boolean;
  signal?: AbortSignal | undefined;
}

/** The catalogue, in upstream order, and how fresh it is. */
export interface ModelList {
  models: Model[];
  /** Milliseconds since the server read it from OpenRouter; `null` when it did not say. */
  ageMs: number | null;
  /** OpenRouter could not be asked, and this is the last good copy. */
  isStale: boolean;
}

/**
 * The plugin's routes as the browser sees them. Every method throws `OpenRouterApiError`, except that
 * an abort stays an `AbortError`.
 */
export interface OpenRouterApi {
  getModels: (options?: ReadOptions) => Promise<ModelList>;
  getCredits: (options?: ReadOptions) => Promise<Credits>;
  getHealth: (options?: Pick<ReadOptions, 'signal'>) => Promise<Health>;
  /**
   * Asks for a streamed answer. One consumer; leaving the loop closes the connection, which stops
   * the model. After the first event nothing is thrown: `finish` tells how the answer ended.
   */
  openChat: (request: ChatRequest, signal: AbortSignal) => AsyncGenerator<ChatEvent, void>;
}

/** Any schema of `protocol`, seen only as a reader. */
interface Reader<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: unknown };
}

export function createOpenRouterApi(options: OpenRouterApiOptions): OpenRouterApi {
  const { baseUrl, getToken, fetch = globalThis.fetch } = options;

  async function call(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const token = await getToken?.();
    if (token) headers.set('Authorization', `Bearer ${token}`);
    try {
      // Called bare: a browser's `fetch` refuses any other receiver.
      return await fetch(`${baseUrl}${path}`, { ...init, headers });
    } catch (cause) {
      throw init.signal?.aborted ? cause : unreachable(cause);
    }
  }

  async function get(path: string, { force, signal }: ReadOptions): Promise<Response> {
    return call(force ? `${path}?force=true` : path, { signal: signal ?? null });
  }

  return {
    async getModels(read = {}) {
      const response = await get('/models', read);
      const { data } = await parse(response, modelsResponseSchema, read.signal);
      const age = response.headers.get('age');
      return {
        models: data,
        ageMs: age !== null && /^\d+$/.test(age) ? Number(age) * 1000 : null,
        isStale: response.headers.get('x-cache') === 'STALE',
      };
    },

    async getCredits(read = {}) {
      return parse(await get('/credits', read), creditsSchema, read.signal);
    },

    async getHealth(read = {}) {
      const response = await get('/health', read);
      // An unhealthy server answers 503 with the very report we ask for.
      const body: unknown =
        response.status === 503
          ? await response
              .clone()
              .json()
              .catch(() => null)
          : null;
      const report = healthSchema.safeParse(body);
      return report.success ? report.data : parse(response, healthSchema, read.signal);
    },

    async *openChat(request, signal) {
      let response: Response;
      try {
        response = await call('/chat/completions', {
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

async function parse<T>(
  response: Response,
  schema: Reader<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!response.ok) throw await errorFromResponse(response);
  const requestId = response.headers.get('x-request-id');
  let body: unknown;
  try {
    body = await response.json();
  } catch (cause) {
    throw signal?.aborted ? cause : malformed(requestId, cause);
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw malformed(requestId, parsed.error);
  return parsed.data;
}

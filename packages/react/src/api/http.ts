import { errorFromResponse, malformed, unreachable } from './error.ts';

/** Where a host is, and how it knows who asks. */
export interface HttpOptions {
  /** Where the routes begin, without a trailing slash. Relative to the page is fine. */
  baseUrl: string;
  /** The host's own session token (never an OpenRouter key), asked for before each call. */
  getToken?: () => string | null | Promise<string | null>;
  /** @defaultValue the global `fetch`; a host that renews tokens passes its own. */
  fetch?: typeof globalThis.fetch;
}

/** Calls to one host. A page uses it for the host's other routes, so that all failures look alike. */
export interface Http {
  /**
   * @returns The answer, whatever its status.
   * @throws `OpenRouterApiError` when no answer came; an `AbortError` when `init.signal` was aborted.
   */
  request: (path: string, init?: RequestInit) => Promise<Response>;
  get: (path: string, signal?: AbortSignal) => Promise<Response>;
  /** @param body - Sent as JSON. */
  send: (method: string, path: string, body: unknown) => Promise<Response>;
}

/** Any schema of `protocol`, seen only as a reader. */
export interface JsonReader<T> {
  safeParse: (value: unknown) => { success: true; data: T } | { success: false; error: unknown };
}

/** Sends the token with every call and turns a missing answer into `OpenRouterApiError`. */
export function createHttp({ baseUrl, getToken, fetch = globalThis.fetch }: HttpOptions): Http {
  async function request(path: string, init: RequestInit = {}): Promise<Response> {
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

  return {
    request,
    get: (path, signal) => request(path, { signal: signal ?? null }),
    send: (method, path, body) =>
      request(path, {
        method,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

/**
 * The body of a good answer, read with its schema.
 *
 * @throws `OpenRouterApiError` for an error status, and for a body that is not what was agreed on; an
 *   `AbortError` when `signal` was aborted on the way.
 */
export async function readJson<T>(
  response: Response,
  schema: JsonReader<T>,
  signal?: AbortSignal,
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

/**
 * For answers of which only the status counts.
 *
 * @throws `OpenRouterApiError` for an error status.
 */
export async function readNothing(response: Response): Promise<void> {
  if (!response.ok) throw await errorFromResponse(response);
  await response.body?.cancel();
}

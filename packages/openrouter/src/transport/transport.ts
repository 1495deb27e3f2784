import type { Readable } from 'node:stream';
import { Axios, type AxiosResponse } from 'axios';
import type { Operation } from '../operation.ts';
import { openConnections } from './connections.ts';
import { whole } from './failure.ts';
import { parseJson } from './read-json.ts';
import { createUndiciAdapter } from './undici-adapter.ts';

/** How long each stage of an exchange may take, in milliseconds; kept to within a second. */
export interface Timeouts {
  /** TCP and TLS. @defaultValue 10_000 */
  connectMs: number;
  /** Until the headers of `/models`, `/key`, `/credits`, …. @defaultValue 15_000 */
  lookupMs: number;
  /** Until the headers of a chat answer; slow models think for minutes. @defaultValue 300_000 */
  answerMs: number;
  /** Between two bytes of any body; upstream's keep-alive comments count. @defaultValue 60_000 */
  idleMs: number;
}

export const defaultTimeouts: Timeouts = {
  connectMs: 10_000,
  lookupMs: 15_000,
  answerMs: 300_000,
  idleMs: 60_000,
};

export interface TransportOptions {
  /** Such as `https://openrouter.ai/api/v1`; no trailing slash needed. */
  baseURL: string;
  timeouts: Timeouts;
  /** URL of an HTTP proxy for every request. */
  proxy?: string | undefined;
  /** Bytes of a JSON body; a larger one is refused. @defaultValue 64 MiB, room for pictures as base64 */
  maxResponseBytes?: number | undefined;
}

export interface TransportRequest {
  operation: Operation;
  method: 'GET' | 'POST';
  /** Below the base URL, with a leading slash; or a whole URL of the same origin. */
  path: string;
  headers: Record<string, string>;
  /** Sent as JSON, properties in their own order. */
  body?: object | undefined;
  signal?: AbortSignal | undefined;
}

/** A whole answer; `data` is parsed JSON, or the text when it was none. */
export interface JsonAnswer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  data: unknown;
}

/** An answer whose body is still arriving. */
export interface StreamAnswer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  body: Readable;
}

/**
 * The one HTTP seam of the package. Any status resolves; only a broken exchange rejects: with the
 * signal's reason when that ended it, otherwise with an OpenRouterError.
 */
export interface Transport {
  /** The whole answer. */
  requestJson(request: TransportRequest): Promise<JsonAnswer>;
  /** Resolves with the headers. */
  openStream(request: TransportRequest): Promise<StreamAnswer>;
  /** Closes idle connections and lets running exchanges end. */
  close(): Promise<void>;
}

const DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/**
 * A transport over axios and one pool of keep-alive connections.
 *
 * @throws TypeError when the base URL or the proxy is no URL; it does not repeat them, since either
 *   may hold a password.
 */
export function createTransport(options: TransportOptions): Transport {
  const base = parseHttpUrl(options.baseURL, 'baseURL');
  const connections = openConnections({
    connectMs: options.timeouts.connectMs,
    proxy: options.proxy ? parseHttpUrl(options.proxy, 'proxy').href : undefined,
  });
  // Without the defaults of `axios.create`: merging them costs more than all else that axios does.
  const http = new Axios({
    adapter: createUndiciAdapter(connections),
    maxContentLength: options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES,
  });

  function send<T>(
    request: TransportRequest,
    responseType: 'text' | 'stream',
  ): Promise<AxiosResponse<T>> {
    const { timeouts } = options;
    const isStream = responseType === 'stream';
    return http.request<T>({
      url: urlBelow(base, request.path),
      method: request.method,
      headers: {
        ...request.headers,
        Accept: isStream ? 'text/event-stream, application/json' : 'application/json',
        'Accept-Encoding': isStream ? 'identity' : 'br, gzip',
        ...(request.body && { 'Content-Type': 'application/json' }),
      },
      ...(request.body && { data: JSON.stringify(request.body) }),
      ...(request.signal && { signal: request.signal }),
      responseType,
      limits: {
        headersTimeoutMs: request.operation === 'chat' ? timeouts.answerMs : timeouts.lookupMs,
        idleTimeoutMs: timeouts.idleMs,
      },
    });
  }

  let closing: Promise<void> | undefined;
  return {
    async requestJson(request) {
      const answer = await whole(send<string>(request, 'text'), request.signal);
      const { status, headers, data } = answer;
      return { status, headers, data: parseJson(data) };
    },
    async openStream(request) {
      const answer = await whole(send<Readable>(request, 'stream'), request.signal);
      const { status, headers, data } = answer;
      return { status, headers, body: data };
    },
    async close() {
      await (closing ??= connections.close());
    },
  };
}

function parseHttpUrl(text: string, name: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new TypeError(`${name} must be a URL that begins with https:// or http://`);
}

function urlBelow(base: URL, path: string): string {
  if (path.startsWith('/')) return base.origin + base.pathname.replace(/\/+$/, '') + path;
  // The request carries the key.
  if (new URL(path).origin === base.origin) return path;
  throw new TypeError('A request cannot leave the origin of baseURL');
}

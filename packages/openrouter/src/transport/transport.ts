import type { Readable } from 'node:stream';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { Operation } from '../verdict.ts';
import { createUndiciAdapter } from './undici-adapter.ts';

/** How long each stage of an exchange may take, in milliseconds. */
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

/** The one HTTP seam of the package. Any status resolves; only a broken exchange rejects. */
export interface Transport {
  /** @throws AxiosError when there was no whole answer. */
  requestJson(request: TransportRequest): Promise<JsonAnswer>;
  /** @throws AxiosError when there were no headers. */
  openStream(request: TransportRequest): Promise<StreamAnswer>;
  /** Closes idle connections and lets running exchanges end. */
  close(): Promise<void>;
}

const DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/** A transport over axios and one pool of keep-alive connections. */
export function createTransport(options: TransportOptions): Transport {
  const dispatcher = createDispatcher(options);
  const http = axios.create({
    adapter: createUndiciAdapter(dispatcher),
    transformRequest: [(body: unknown) => body], // Already JSON text; axios would parse it once more.
    maxContentLength: options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES,
    validateStatus: null,
  });
  return {
    async requestJson(request) {
      const { status, headers, data } = await send(http, request, options, 'json');
      return { status, headers, data };
    },
    async openStream(request) {
      const { status, headers, data } = await send<Readable>(http, request, options, 'stream');
      return { status, headers, body: data };
    },
    close: () => dispatcher.close(),
  };
}

function createDispatcher({ proxy, timeouts }: TransportOptions): Dispatcher {
  const connect = { timeout: timeouts.connectMs };
  if (proxy === undefined) return new Agent({ connect });
  return new ProxyAgent({ uri: proxy, requestTls: connect, proxyTls: connect });
}

function send<T>(
  http: AxiosInstance,
  request: TransportRequest,
  { baseURL, timeouts }: TransportOptions,
  responseType: 'json' | 'stream',
): Promise<AxiosResponse<T>> {
  return http.request<T>({
    url: request.path.startsWith('/') ? baseURL.replace(/\/+$/, '') + request.path : request.path,
    method: request.method,
    headers: {
      ...request.headers,
      Accept:
        responseType === 'stream' ? 'text/event-stream, application/json' : 'application/json',
      'Accept-Encoding': responseType === 'stream' ? 'identity' : 'br, gzip',
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

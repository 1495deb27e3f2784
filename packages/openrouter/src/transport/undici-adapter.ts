import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import {
  AxiosError,
  AxiosHeaders,
  type AxiosAdapter,
  type InternalAxiosRequestConfig,
} from 'axios';
import type { Dispatcher } from 'undici';
import type { Connections } from './connections.ts';

/** Limits of one exchange; carried on the axios config so that each call can set its own. */
export interface ExchangeLimits {
  /** Milliseconds until the response headers must be there. */
  headersTimeoutMs: number;
  /** Milliseconds without a single byte of the body. */
  idleTimeoutMs: number;
}

declare module 'axios' {
  interface AxiosRequestConfig {
    limits?: ExchangeLimits;
  }
}

/** The body grew past `maxContentLength`; it was thrown away. */
export const TOO_LARGE = 'ERR_BODY_TOO_LARGE';

/** The first bytes of the answer are no HTTP; undici gives this error no code. */
const NOT_HTTP = 'HPE_INVALID_RESPONSE';

/**
 * An axios adapter over undici's connections: keep-alive, an abort signal that holds
 * from before the connection to the last byte, and decompression. `responseType: 'stream'` gives the
 * body as a Node `Readable`; anything else gives it as text, read up to `maxContentLength` bytes.
 *
 * @throws AxiosError with undici's code (`UND_ERR_HEADERS_TIMEOUT`, `ECONNREFUSED`, …),
 *   `ERR_BODY_TOO_LARGE`, or `ERR_CANCELED` when the signal aborted. It does not carry the request.
 */
export function createUndiciAdapter(connections: Connections): AxiosAdapter {
  return async function undiciAdapter(config) {
    const stop = linkedStop(config.signal as AbortSignal | undefined);
    try {
      const answer = await untilAborted(ask(connections, config, stop.signal), stop.signal);
      answer.body.once('close', stop.unlink);
      const body = decompress(answer.body, answer.headers['content-encoding']);
      return {
        data:
          config.responseType === 'stream'
            ? body
            : await readText(body, config.maxContentLength ?? Infinity),
        status: answer.statusCode,
        statusText: '',
        headers: new AxiosHeaders(answer.headers as Record<string, string>),
        config,
        request: null,
      };
    } catch (error) {
      stop.unlink();
      if (stop.signal.aborted) throw new AxiosError('canceled', AxiosError.ERR_CANCELED);
      throw AxiosError.from(toError(error), codeOf(error));
    }
  };
}

interface LinkedStop {
  signal: AbortSignal;
  /** Takes the listener off the caller's signal, which may outlive many exchanges. */
  unlink: () => void;
}

/** A signal that follows the caller's. Undici takes for a reason only an error; callers give any value. */
function linkedStop(signal: AbortSignal | undefined): LinkedStop {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    unlink: () => signal?.removeEventListener('abort', abort),
  };
}

function ask(
  connections: Connections,
  config: InternalAxiosRequestConfig,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const url = new URL(config.url ?? '', config.baseURL);
  return connections.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: (config.method ?? 'get').toUpperCase(),
    headers: config.headers.toJSON() as Record<string, string>,
    body: typeof config.data === 'string' ? config.data : null,
    signal,
    headersTimeout: config.limits?.headersTimeoutMs ?? null,
    bodyTimeout: config.limits?.idleTimeoutMs ?? null,
  });
}

/** Undici hears the signal only once it has a connection; a caller must not wait for one. */
function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    answer.then(resolve, reject);
  });
}

function decompress(body: Readable, encoding: string | string[] | undefined): Readable {
  const decoder = createDecoder(encoding);
  if (!decoder) return body;
  // Destroying either end destroys the other; the reader sees the error, so nothing is lost here.
  return pipeline(body, decoder, () => undefined);
}

function createDecoder(encoding: string | string[] | undefined) {
  switch (String(encoding).toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip({ flush: constants.Z_SYNC_FLUSH });
    case 'deflate':
      return createInflate({ flush: constants.Z_SYNC_FLUSH });
    case 'br':
      return createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH });
    default:
      return undefined;
  }
}

async function readText(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the body, and with it the connection.
    if (size > maxBytes)
      throw new AxiosError(`The body is larger than ${maxBytes} bytes`, TOO_LARGE);
    chunks.push(chunk);
  }
  // Undici gives a connection back one turn of the event loop after its last byte. Who sends the next
  // request before that would open another one.
  await nextTurn();
  return Buffer.concat(chunks).toString('utf8');
}

function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  return name === 'HTTPParserError' ? NOT_HTTP : AxiosError.ERR_NETWORK;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

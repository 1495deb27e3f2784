import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AxiosError, AxiosHeaders, type AxiosAdapter } from 'axios';
import type { Dispatcher } from 'undici';

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

/**
 * An axios adapter over an undici dispatcher: keep-alive connections, an abort signal that holds
 * from before the headers to the last byte, and decompression. `responseType: 'stream'` gives the
 * body as a Node `Readable`; anything else gives it as text, read up to `maxContentLength` bytes.
 *
 * @throws AxiosError with undici's code (`UND_ERR_HEADERS_TIMEOUT`, `ECONNREFUSED`, …),
 *   `ERR_BODY_TOO_LARGE`, or `ERR_CANCELED` when the signal aborted.
 */
export function createUndiciAdapter(dispatcher: Dispatcher): AxiosAdapter {
  return async function undiciAdapter(config) {
    const url = new URL(config.url ?? '', config.baseURL);
    const signal = config.signal as AbortSignal | undefined;
    try {
      const answer = await dispatcher.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: (config.method ?? 'get').toUpperCase() as Dispatcher.HttpMethod,
        headers: config.headers.toJSON() as Record<string, string>,
        body: typeof config.data === 'string' ? config.data : null,
        signal: signal ?? null,
        headersTimeout: config.limits?.headersTimeoutMs ?? null,
        bodyTimeout: config.limits?.idleTimeoutMs ?? null,
      });
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
      if (signal?.aborted) throw new AxiosError('canceled', AxiosError.ERR_CANCELED, config);
      throw AxiosError.from(toError(error), codeOf(error), config);
    }
  };
}

function decompress(body: Readable, encoding: string | string[] | undefined): Readable {
  const decoder = createDecoder(encoding);
  if (!decoder) return body;
  // Destroying either end destroys the other; the reader sees the error, so nothing is lost here.
  return pipeline(body, decoder, () => undefined);
}

function createDecoder(encoding: string | string[] | undefined) {
  switch (encoding) {
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
  return Buffer.concat(chunks).toString('utf8');
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : AxiosError.ERR_NETWORK;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

import {
  conform,
  creditsResponseSchema,
  endpointSchema,
  endpointsResponseSchema,
  generationResponseSchema,
  keyResponseSchema,
  type AccountCredits,
  type ChatCompletion,
  type ChatEvent,
  type ChatRequest,
  type Endpoint,
  type Generation,
  type KeyInfo,
  type Model,
} from '@openrouter-native/protocol';
import { readCredits, type CreditsReading } from './account/credits.ts';
import { readCompletion } from './chat/completion.ts';
import { ChatStream } from './chat/stream.ts';
import { OpenRouterError } from './errors.ts';
import { silentLogger, type Logger } from './logger.ts';
import { listModels } from './models/list.ts';
import { isAbort, unreachable } from './transport/failure.ts';
import {
  createTransport,
  defaultTimeouts,
  type Timeouts,
  type Transport,
  type TransportRequest,
} from './transport/transport.ts';
import { verdictOf } from './verdict.ts';

export interface OpenRouterClientOptions {
  /** @defaultValue `https://openrouter.ai/api/v1` */
  baseURL?: string | undefined;
  /** Reads the account's totals in {@link OpenRouterClient.getCredits}; never used for chat. */
  managementKey?: string | undefined;
  /** Sent as `HTTP-Referer`, the id of your app in OpenRouter's rankings. */
  siteUrl?: string | undefined;
  /** Sent as `X-OpenRouter-Title`. */
  siteName?: string | undefined;
  /** Asks for `openrouter_metadata` on each answer. @defaultValue false */
  routerMetadata?: boolean | undefined;
  /** Milliseconds for each stage; see {@link Timeouts}. */
  timeouts?: Partial<Timeouts> | undefined;
  /** URL of an HTTP proxy. Ignored when `transport` is given. */
  proxy?: string | undefined;
  transport?: Transport | undefined;
  /** Epoch milliseconds. @defaultValue `Date.now` */
  now?: (() => number) | undefined;
  logger?: Logger | undefined;
}

export interface CallOptions {
  /** Aborts the call, at any stage; the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface LookupOptions extends CallOptions {
  /** Asks caches on the way for a fresh answer (`Cache-Control: no-cache`). */
  force?: boolean | undefined;
}

const DEFAULT_BASE_URL = 'https://openrouter.ai/api/v1';

/**
 * OpenRouter's API for one key. Holds a pool of connections and nothing else: no cache, no timer,
 * no environment. Every failed call rejects with {@link OpenRouterError}, an aborted one with the
 * signal's reason.
 *
 * @see https://openrouter.ai/docs/api-reference/overview
 */
export class OpenRouterClient {
  readonly baseURL: string;
  readonly #apiKey: string | null;
  readonly #managementKey: string | null;
  readonly #headers: Record<string, string>;
  readonly #transport: Transport;
  readonly #now: () => number;
  readonly #logger: Logger;

  /** @param apiKey - `null` asks without a key, which OpenRouter allows for the catalogue only. */
  constructor(apiKey: string | null, options: OpenRouterClientOptions = {}) {
    this.baseURL = options.baseURL ?? DEFAULT_BASE_URL;
    this.#apiKey = apiKey;
    this.#managementKey = options.managementKey ?? null;
    this.#headers = appHeaders(options);
    this.#now = options.now ?? Date.now;
    this.#logger = options.logger ?? silentLogger;
    this.#transport =
      options.transport ??
      createTransport({
        baseURL: this.baseURL,
        timeouts: { ...defaultTimeouts, ...options.timeouts },
        proxy: options.proxy,
      });
  }

  /**
   * `POST /chat/completions`: the whole answer, or a {@link ChatStream} when `request.stream` is true.
   * Unknown fields of the request are sent as they are.
   */
  chatCompletion(
    request: ChatRequest & { stream: true },
    options?: CallOptions,
  ): Promise<ChatStream>;
  chatCompletion(
    request: ChatRequest & { stream?: false | null },
    options?: CallOptions,
  ): Promise<ChatCompletion>;
  chatCompletion(request: ChatRequest, options?: CallOptions): Promise<ChatCompletion | ChatStream>;
  async chatCompletion(
    request: ChatRequest,
    { signal }: CallOptions = {},
  ): Promise<ChatCompletion | ChatStream> {
    const call: TransportRequest = {
      operation: 'chat',
      method: 'POST',
      path: '/chat/completions',
      headers: this.#headersFor(this.#apiKey),
      body: request,
      signal,
    };
    return request.stream ? this.#openChat(call) : this.#completeChat(call);
  }

  /**
   * The answer as {@link ChatEvent}s, the last of which is always `finish`. One consumer; leaving the
   * loop aborts upstream, and so does `signal`, which ends the answer as `stopped` at any stage.
   *
   * @throws OpenRouterError when the answer fails before its first content.
   */
  async *streamChat(
    request: ChatRequest,
    { signal }: CallOptions = {},
  ): AsyncGenerator<ChatEvent, void> {
    try {
      yield* await this.chatCompletion({ ...request, stream: true }, { signal });
    } catch (error) {
      if (!signal?.aborted) throw error;
      yield { type: 'finish', ending: 'stopped', finishReason: null, nativeFinishReason: null };
    }
  }

  /** `GET /models`, all pages, every field kept. */
  async getModels({ force, signal }: LookupOptions = {}): Promise<Model[]> {
    return listModels(
      (path) => this.#lookup({ operation: 'models', path, key: this.#apiKey, force, signal }),
      { baseURL: this.baseURL, logger: this.#logger },
    );
  }

  /** `GET /models/{author}/{slug}/endpoints`: who serves this model, at what price. */
  async listEndpoints(model: string, options: LookupOptions = {}): Promise<Endpoint[]> {
    const path = `/models/${model.split('/').map(encodeURIComponent).join('/')}/endpoints`;
    const data = await this.#lookup({
      ...options,
      operation: 'endpoints',
      path,
      key: this.#apiKey,
    });
    const { endpoints } = parse(endpointsResponseSchema, data).data;
    return endpoints.flatMap((endpoint) => conform(endpointSchema, endpoint) ?? []);
  }

  /**
   * The money: from `/credits` with a management key, otherwise what `/key` knows. What cannot be
   * known is `null`.
   */
  async getCredits(options: LookupOptions = {}): Promise<CreditsReading> {
    if (this.#managementKey === null) return readCredits(null, await this.getKeyInfo(options));
    const [account, key] = await Promise.all([
      this.#getAccountCredits(this.#managementKey, options),
      this.#apiKey === null ? null : this.getKeyInfo(options),
    ]);
    return readCredits(account, key);
  }

  /** `GET /key`: facts about the calling key, such as its cap. */
  async getKeyInfo(options: LookupOptions = {}): Promise<KeyInfo> {
    const data = await this.#lookup({
      ...options,
      operation: 'key',
      path: '/key',
      key: this.#apiKey,
    });
    return parse(keyResponseSchema, data).data;
  }

  /** `GET /generation`: the bookkeeping of one answer; may be 404 for a moment after its end. */
  async getGeneration(id: string, options: LookupOptions = {}): Promise<Generation> {
    const path = `/generation?id=${encodeURIComponent(id)}`;
    const data = await this.#lookup({
      ...options,
      operation: 'generation',
      path,
      key: this.#apiKey,
    });
    return parse(generationResponseSchema, data).data;
  }

  /** Closes the connections; running answers end first. */
  close(): Promise<void> {
    return this.#transport.close();
  }

  async #getAccountCredits(key: string, options: LookupOptions): Promise<AccountCredits> {
    const data = await this.#lookup({ ...options, operation: 'credits', path: '/credits', key });
    return parse(creditsResponseSchema, data).data;
  }

  async #completeChat(call: TransportRequest): Promise<ChatCompletion> {
    const answer = await whole(this.#transport.requestJson(call), call.signal);
    if (answer.status !== 200)
      throw this.#verdict(call, answer.status, answer.headers, answer.data);
    return readCompletion(answer.data, this.#now());
  }

  async #openChat(call: TransportRequest): Promise<ChatStream> {
    const answer = await whole(this.#transport.openStream(call), call.signal);
    const { status, headers, body } = answer;
    if (status === 200 && textOf(headers['content-type']).startsWith('text/event-stream')) {
      return new ChatStream({
        body,
        generationId: textOf(headers['x-generation-id']) || null,
        signal: call.signal,
        now: this.#now,
      });
    }
    const text = await whole(readStart(body), call.signal);
    throw this.#verdict(call, status, headers, parseJson(text));
  }

  async #lookup(
    lookup: LookupOptions & {
      operation: TransportRequest['operation'];
      path: string;
      key: string | null;
    },
  ): Promise<unknown> {
    const call: TransportRequest = {
      operation: lookup.operation,
      method: 'GET',
      path: lookup.path,
      headers: {
        ...this.#headersFor(lookup.key),
        ...(lookup.force && { 'Cache-Control': 'no-cache' }),
      },
      signal: lookup.signal,
    };
    const answer = await whole(this.#transport.requestJson(call), call.signal);
    if (answer.status === 200 && !hasError(answer.data)) return answer.data;
    throw this.#verdict(call, answer.status, answer.headers, answer.data);
  }

  #verdict(
    { operation }: TransportRequest,
    status: number,
    headers: Readonly<Record<string, unknown>>,
    body: unknown,
  ): OpenRouterError {
    return verdictOf({ operation, status, headers, body, now: this.#now() });
  }

  #headersFor(key: string | null): Record<string, string> {
    return key === null ? this.#headers : { ...this.#headers, Authorization: `Bearer ${key}` };
  }
}

function appHeaders({ siteUrl, siteName, routerMetadata }: OpenRouterClientOptions) {
  return {
    'User-Agent': 'openrouter-native',
    ...(siteUrl && { 'HTTP-Referer': siteUrl }),
    ...(siteName && { 'X-OpenRouter-Title': siteName }),
    ...(routerMetadata && { 'X-OpenRouter-Metadata': 'enabled' }),
  };
}

/** An answer, or the one error that says why there is none. */
async function whole<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (signal?.aborted || isAbort(error)) throw signal?.reason ?? error;
    throw unreachable(error);
  }
}

const ERROR_BODY_LIMIT_BYTES = 256 * 1024; // An explanation is a few kilobytes.

async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > ERROR_BODY_LIMIT_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function textOf(header: unknown): string {
  return typeof header === 'string' ? header : '';
}

function hasError(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'error' in data && data.error != null;
}

function parse<T>(schema: Parameters<typeof conform<T>>[0], data: unknown): T {
  const value = conform(schema, data);
  if (value !== null) return value;
  throw new OpenRouterError('malformed_response', 'OpenRouter sent an answer that cannot be read.');
}

import {
  conform,
  creditsResponseSchema,
  generationResponseSchema,
  grantedKeyResponseSchema,
  keyResponseSchema,
  type AccountCredits,
  type ChatCompletion,
  type ChatEvent,
  type ChatRequest,
  type Endpoint,
  type Generation,
  type GrantedKey,
  type KeyInfo,
  type Model,
} from '@openrouter-native/protocol';
import { readCredits, type CreditsReading } from './account/credits.ts';
import type { ChatStream } from './chat/stream.ts';
import { isOpenRouterError, malformed, OpenRouterError } from './errors.ts';
import { KnownFacts } from './facts/known-facts.ts';
import type { KnownModels } from './facts/known-models.ts';
import { appHeaders, authorization } from './headers.ts';
import { silentLogger, type Logger } from './logger.ts';
import { endpointsPath, readEndpoints } from './models/endpoints.ts';
import { listModels } from './models/list.ts';
import type { Operation } from './operation.ts';
import type { PlanOptions } from './plan/options.ts';
import { createPlanner, type Planner, type RouteHealth } from './plan/planner.ts';
import { createTransport, defaultTimeouts, type Transport } from './transport/transport.ts';
import { verdictOf } from './verdict/verdict.ts';

export interface OpenRouterClientOptions extends PlanOptions {
  /** @defaultValue `https://openrouter.ai/api/v1` */
  baseURL?: string | undefined;
  /** Reads the account's totals in {@link OpenRouterClient.getCredits}; never used for chat. */
  managementKey?: string | undefined;
  /** Takes the place of the connections to `baseURL`. */
  transport?: Transport | undefined;
  /** What is known about models, shared by several clients. @defaultValue its own */
  knownModels?: KnownModels | undefined;
  /** Epoch milliseconds. @defaultValue `Date.now` */
  now?: (() => number) | undefined;
  logger?: Logger | undefined;
}

export interface CallOptions {
  /** Aborts the call, at any stage; the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface ChatOptions extends CallOptions {
  /**
   * Calls that cost money or may do, the answer among them, at most: a call whose answer was lost on its
   * way may have been charged, and making it again would be charged once more. Refusals do not count.
   *
   * @defaultValue as many as it takes
   */
  maxChargedCalls?: number | undefined;
  /**
   * Which models of a fallback preset this request may come to; those that it names itself are not asked
   * about.
   *
   * @defaultValue all
   */
  mayFallBackTo?: ((model: string) => boolean) | undefined;
  /**
   * Called with the id of each streamed answer that begins, before there is any of it: for asking
   * {@link OpenRouterClient.getGeneration} what one cost that was given up.
   */
  onGeneration?: ((id: string) => void) | undefined;
}

export interface LookupOptions extends CallOptions {
  /** Asks caches on the way for a fresh answer (`Cache-Control: no-cache`). */
  force?: boolean | undefined;
}

/** What a person brings back from OpenRouter's page of consent. */
export interface AuthCode {
  /** Good once, for ten minutes. */
  code: string;
  /** What the code challenge was made of. */
  codeVerifier: string;
}

export interface ModelsOptions extends LookupOptions {
  /** Only models of which some provider keeps nothing. @defaultValue false */
  zeroDataRetention?: boolean | undefined;
}

const DEFAULT_BASE_URL = 'https://openrouter.ai/api/v1';

/**
 * OpenRouter's API for one key. Holds connections, and what its answers taught about models and money;
 * no cache, no environment. Every failed call rejects with {@link OpenRouterError}, an aborted one with the
 * signal's reason.
 *
 * @see https://openrouter.ai/docs/api-reference/overview
 */
export class OpenRouterClient {
  readonly baseURL: string;
  readonly #options: OpenRouterClientOptions;
  readonly #headers: Record<string, string>;
  /** The headers that carry a key; `null` without one. */
  readonly #key: Record<string, string> | null;
  readonly #managementKey: Record<string, string> | null;
  readonly #transport: Transport;
  readonly #planner: Planner;
  readonly #facts: KnownFacts;
  readonly #now: () => number;
  readonly #logger: Logger;

  /**
   * @param apiKey - `null` asks without a key, which OpenRouter allows for the catalogue only.
   * @throws OpenRouterError `key_malformed` when a key cannot be sent; TypeError when the base URL or
   *   the proxy is no URL.
   */
  constructor(apiKey: string | null, options: OpenRouterClientOptions = {}) {
    this.baseURL = options.baseURL ?? DEFAULT_BASE_URL;
    this.#options = options;
    this.#headers = appHeaders(options);
    this.#key = apiKey === null ? null : authorization(apiKey);
    this.#managementKey = options.managementKey ? authorization(options.managementKey) : null;
    this.#now = options.now ?? Date.now;
    this.#facts = new KnownFacts(this.#now, options.knownModels);
    this.#logger = options.logger ?? silentLogger;
    this.#transport =
      options.transport ??
      createTransport({
        baseURL: this.baseURL,
        timeouts: { ...defaultTimeouts, ...options.timeouts },
        proxy: options.proxy,
      });
    this.#planner = createPlanner(options, {
      apiKey,
      transport: this.#transport,
      facts: this.#facts,
      now: this.#now,
    });
  }

  /**
   * A client for another person's key. It shares the connections and what is known about models, and
   * nothing that a key's answers teach: money, circuits and rested routes are its own. It has none of
   * this client's other keys and providers, which are not that person's to spend. Closing it closes
   * nothing; it is done with when nobody refers to it.
   *
   * @throws OpenRouterError `key_malformed` when the key cannot be sent.
   */
  withKey(apiKey: string): OpenRouterClient {
    return new OpenRouterClient(apiKey, {
      ...this.#options,
      managementKey: undefined,
      moreKeys: undefined,
      directProviders: undefined,
      transport: borrowed(this.#transport),
      knownModels: this.#facts.models,
    });
  }

  /**
   * `POST /chat/completions`: the whole answer, or a {@link ChatStream} when `request.stream` is true,
   * which resolves at the first content. A failure is tried again, or answered by another key, provider
   * or model, as its verdict allows; `openrouter_native` on the answer tells how it came about. Unknown
   * fields of the request are sent as they are.
   */
  chatCompletion(
    request: ChatRequest & { stream: true },
    options?: ChatOptions,
  ): Promise<ChatStream>;
  chatCompletion(
    request: ChatRequest & { stream?: false | null },
    options?: ChatOptions,
  ): Promise<ChatCompletion>;
  chatCompletion(request: ChatRequest, options?: ChatOptions): Promise<ChatCompletion | ChatStream>;
  async chatCompletion(
    request: ChatRequest,
    { signal, ...options }: ChatOptions = {},
  ): Promise<ChatCompletion | ChatStream> {
    return request.stream
      ? this.#planner.stream(request, { ...options, signal })
      : this.#planner.complete(request, { ...options, signal });
  }

  /**
   * The answer as {@link ChatEvent}s, the last of which is always `finish`. One consumer; leaving the
   * loop aborts upstream, and so does `signal`, which ends the answer as `stopped` at any stage.
   *
   * @throws OpenRouterError when the answer fails before its first content.
   */
  async *streamChat(
    request: ChatRequest,
    options: ChatOptions = {},
  ): AsyncGenerator<ChatEvent, void> {
    try {
      yield* await this.chatCompletion({ ...request, stream: true }, options);
    } catch (error) {
      if (!options.signal?.aborted) throw error;
      yield { type: 'finish', ending: 'stopped', finishReason: null, nativeFinishReason: null };
    }
  }

  /** `GET /models`, all pages, every field kept. */
  async getModels(options: ModelsOptions = {}): Promise<Model[]> {
    const query = options.zeroDataRetention ? '?zdr=true' : '';
    const firstPage = `${this.baseURL.replace(/\/+$/, '')}/models${query}`;
    const load = (path: string) => this.#lookup('models', path, options);
    const models = await listModels(firstPage, load, this.#logger);
    if (!options.zeroDataRetention) this.#facts.learnModels(models); // Only the whole list is the truth.
    return models;
  }

  /** `GET /models/{author}/{slug}/endpoints`: who serves this model, at what price. */
  async listEndpoints(model: string, options: LookupOptions = {}): Promise<Endpoint[]> {
    return readEndpoints(await this.#lookup('endpoints', endpointsPath(model), options));
  }

  /**
   * The money: from `/credits` with a management key, otherwise what `/key` knows. What cannot be
   * known is `null`. A management key that turns out to be an ordinary one is told in the log.
   */
  async getCredits(options: LookupOptions = {}): Promise<CreditsReading> {
    const [account, key] = await Promise.all([
      this.#managementKey && this.#getAccountCredits(this.#managementKey, options),
      this.#key === null && this.#managementKey ? null : this.getKeyInfo(options),
    ]);
    const credits = readCredits(account, key);
    this.#facts.learnCredits(credits);
    return credits;
  }

  /**
   * `GET /key`: facts about the calling key, such as its cap.
   *
   * @throws OpenRouterError `key_missing` without asking when there is no key to ask for.
   */
  async getKeyInfo(options: LookupOptions = {}): Promise<KeyInfo> {
    if (this.#key === null) throw new OpenRouterError('key_missing', 'There is no OpenRouter key.');
    return parse(keyResponseSchema, await this.#lookup('key', '/key', options)).data;
  }

  /** `GET /generation`: the bookkeeping of one answer; may be 404 for a moment after its end. */
  async getGeneration(id: string, options: LookupOptions = {}): Promise<Generation> {
    const path = `/generation?id=${encodeURIComponent(id)}`;
    return parse(generationResponseSchema, await this.#lookup('generation', path, options)).data;
  }

  /**
   * `POST /auth/keys`: the key that a person let this app have (OAuth PKCE, S256). Sends no key and is
   * never tried again: the code is good once.
   *
   * @throws OpenRouterError `permission_denied` for a code that is wrong, used or expired.
   */
  async exchangeAuthCode(
    { code, codeVerifier }: AuthCode,
    { signal }: CallOptions = {},
  ): Promise<GrantedKey> {
    const { status, headers, data } = await this.#transport.requestJson({
      operation: 'auth',
      method: 'POST',
      path: '/auth/keys',
      headers: this.#headers,
      body: { code, code_verifier: codeVerifier, code_challenge_method: 'S256' },
      signal,
    });
    if (status !== 200 || hasError(data)) throw this.#verdict('auth', status, headers, data);
    return parse(grantedKeyResponseSchema, data);
  }

  /** What is not well at this moment on the way to an answer, without asking. */
  routeHealth(): RouteHealth {
    return this.#planner.routeHealth();
  }

  /** Closes the connections; running answers end first. */
  async close(): Promise<void> {
    await Promise.all([this.#transport.close(), this.#planner.close()]);
  }

  /** @returns `null` when the key is none that may see the account. */
  async #getAccountCredits(
    key: Record<string, string>,
    options: LookupOptions,
  ): Promise<AccountCredits | null> {
    try {
      const answer = await this.#lookup('credits', '/credits', options, key);
      return parse(creditsResponseSchema, answer).data;
    } catch (error) {
      const isOrdinary = isOpenRouterError(error) && error.reason === 'management_key_required';
      if (!isOrdinary || this.#key === null) throw error;
      this.#logger.warn('The management key is an ordinary key: the account balance is unknown');
      return null;
    }
  }

  async #lookup(
    operation: Operation,
    path: string,
    { force, signal }: LookupOptions,
    key = this.#key,
  ): Promise<unknown> {
    const { status, headers, data } = await this.#transport.requestJson({
      operation,
      method: 'GET',
      path,
      headers: { ...this.#headers, ...key, ...(force && { 'Cache-Control': 'no-cache' }) },
      signal,
    });
    if (status === 200 && !hasError(data)) return data;
    throw this.#verdict(operation, status, headers, data);
  }

  #verdict(
    operation: Operation,
    status: number,
    headers: Readonly<Record<string, unknown>>,
    body: unknown,
  ): OpenRouterError {
    return verdictOf({ operation, status, headers, body, now: this.#now() });
  }
}

/** The same connections, left open by whoever only borrows them. */
function borrowed(transport: Transport): Transport {
  return {
    requestJson: (request) => transport.requestJson(request),
    openStream: (request) => transport.openStream(request),
    close: async () => undefined,
  };
}

function hasError(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'error' in data && data.error != null;
}

/** @throws OpenRouterError `malformed_response` when the answer is not what the route answers. */
function parse<T>(schema: Parameters<typeof conform<T>>[0], data: unknown): T {
  const value = conform(schema, data);
  if (value !== null) return value;
  throw malformed('OpenRouter sent an answer that cannot be read.');
}

import {
  chatCompletionSchema,
  conform,
  creditsResponseSchema,
  keyResponseSchema,
  type AccountCredits,
  type ChatCompletion,
  type KeyInfo,
  type Model,
} from '@openrouter-native/protocol';
import { readCompletion } from '../chat/completion.ts';
import { isOpenRouterError, malformed } from '../errors.ts';
import { appHeaders, authorization } from '../headers.ts';
import { silentLogger } from '../logger.ts';
import { listModels } from '../models/list.ts';
import type { Operation } from '../operation.ts';
import type { JsonAnswer, Transport } from '../transport/transport.ts';
import { verdictOf } from '../verdict/verdict.ts';
import type { Cause } from './causes/causes.ts';
import { describeForeign } from './foreign.ts';

/** Why there is no answer. */
export interface Trouble {
  cause: Cause;
  /** HTTP status; `null` when nothing came. */
  status: number | null;
  /** What was said, and what else tells it from other failures; one fact each. */
  evidence: string[];
}

/** What one question to the API brought. */
export type Answer<T> = { value: T; trouble: null } | { value: null; trouble: Trouble };

/** What another clock said, and when it was read here; both epoch milliseconds. */
export interface ClockReading {
  theirs: number;
  ours: number;
}

/**
 * OpenRouter's API for the doctor: one attempt each, without retries and fallbacks, which would hide
 * what is to be found. A list is asked for once and then remembered. Rejects only with the reason of
 * the run's signal.
 */
export interface Upstream {
  key(): Promise<Answer<KeyInfo>>;
  /** What the API knows of another key. */
  otherKey(key: string): Promise<Answer<KeyInfo>>;
  /** @param managementKey - `null` asks with the ordinary key. */
  credits(managementKey: string | null): Promise<Answer<AccountCredits>>;
  models(): Promise<Answer<Model[]>>;
  /** The models that are left for this key after the account's own filters. */
  userModels(): Promise<Answer<Model[]>>;
  complete(model: string): Promise<Answer<ChatCompletion>>;
  /** Headers of the answer to `models`; empty before. */
  modelHeaders(): Readonly<Record<string, unknown>>;
  /** From the `Date` of the latest answer; `null` when there was none, or it came out of a cache. */
  clock(): ClockReading | null;
}

export interface UpstreamOptions {
  transport: Transport;
  /** Where the API is, as the transport has it. */
  baseUrl: string;
  apiKey: string | null;
  now: () => number;
  signal: AbortSignal;
}

/** The whole of what a model is ever told by the doctor. */
const PROBE_PROMPT = 'Reply with the word: OK';

export function createUpstream(options: UpstreamOptions): Upstream {
  const { transport, apiKey, now, signal } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  let clock: ClockReading | null = null;
  let modelHeaders: Readonly<Record<string, unknown>> = {};

  async function ask<T>(
    operation: Operation,
    path: string,
    read: (answer: JsonAnswer) => T,
    { key = apiKey, body }: { key?: string | null; body?: object } = {},
  ): Promise<Answer<T>> {
    const startedAt = now();
    let answer: JsonAnswer;
    try {
      answer = await transport.requestJson({
        operation,
        method: body ? 'POST' : 'GET',
        path,
        headers: { ...appHeaders({}), ...(key !== null && authorization(key)) },
        body,
        signal,
      });
    } catch (error) {
      return { value: null, trouble: troubleOf(error, null, signal) };
    }
    clock = readClock(answer.headers, startedAt, now()) ?? clock;
    const foreign = describeForeign(answer);
    if (foreign) return { value: null, trouble: foreign };
    try {
      if (answer.status !== 200 || hasError(answer.data)) {
        throw verdictOf({ operation, ...answer, body: answer.data, now: now() });
      }
      return { value: read(answer), trouble: null };
    } catch (error) {
      return { value: null, trouble: troubleOf(error, answer.status, signal) };
    }
  }

  async function list(path: string): Promise<Answer<Model[]>> {
    let trouble: Trouble | null = null;
    try {
      const value = await listModels(`${baseUrl}${path}`, loadPage, silentLogger);
      return { value, trouble: null };
    } catch (error) {
      return { value: null, trouble: trouble ?? troubleOf(error, null, signal) };
    }

    async function loadPage(url: string): Promise<unknown> {
      const answer = await ask('models', url, ({ headers, data }) => {
        if (path === '/models') modelHeaders = headers;
        return { data };
      });
      trouble = answer.trouble;
      if (answer.trouble) throw malformed('There is no list.');
      return answer.value.data;
    }
  }

  return {
    key: once(() => ask('key', '/key', readWith(keyResponseSchema))),
    otherKey: (key) => ask('key', '/key', readWith(keyResponseSchema), { key }),
    credits: (managementKey) =>
      ask('credits', '/credits', readWith(creditsResponseSchema), { key: managementKey ?? apiKey }),
    models: once(() => list('/models')),
    userModels: once(() => list('/models/user')),
    complete: (model) =>
      ask('chat', '/chat/completions', ({ data }) => readCompletion(data, now()), {
        body: {
          model,
          messages: [{ role: 'user', content: PROBE_PROMPT }],
          max_tokens: 1,
          stream: false,
        },
      }),
    modelHeaders: () => modelHeaders,
    clock: () => clock,
  };
}

/** What was said about a failure, for a finding. @throws the signal's reason when that ended it. */
function troubleOf(error: unknown, status: number | null, signal: AbortSignal): Trouble {
  if (signal.aborted) throw signal.reason;
  if (!isOpenRouterError(error)) throw error;
  const { cause } = error.details.metadata ?? {};
  return {
    cause: error.reason,
    status,
    evidence: [
      status === null ? error.message : `Answered ${status}: ${error.message}`,
      ...(typeof cause === 'string' ? [`The system says: ${cause}`] : []),
    ],
  };
}

function readWith<T>(schema: Parameters<typeof conform<{ data: T }>>[0]) {
  return ({ data }: JsonAnswer): T => {
    const value = conform(schema, data);
    if (value === null) throw malformed('The answer is not what OpenRouter sends.');
    return value.data;
  };
}

/** An answer with output is read as one even if it failed in the end; see `readCompletion`. */
function hasError(data: unknown): boolean {
  if (conform(chatCompletionSchema, data)?.choices?.length) return false;
  return typeof data === 'object' && data !== null && 'error' in data && data.error != null;
}

/** The date has a resolution of one second; the middle of the exchange is when it was written. */
function readClock(
  { date, age }: Readonly<Record<string, unknown>>,
  startedAt: number,
  endedAt: number,
): ClockReading | null {
  if (typeof date !== 'string' || Number(age) > 0) return null;
  const theirs = Date.parse(date);
  return Number.isNaN(theirs) ? null : { theirs, ours: (startedAt + endedAt) / 2 };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => (loading ??= load());
}

import {
  chatCompletionSchema,
  decodeEventStream,
  parseChunk,
  TERMINATOR,
  type ChatChunk,
  type ChatCompletion,
  type UpstreamError,
} from '@openrouter-native/protocol';
import type { Simulator } from '../options.ts';

/** A request as a test writes it. */
export interface Ask {
  body?: unknown;
  /** @defaultValue the inference key; `null` sends none */
  key?: string | null;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Sends a request to a simulator. `path` is taken from `/api/v1`. */
export function send(
  simulator: Simulator,
  method: string,
  path: string,
  { body, key = simulator.keys.inference, headers = {}, signal }: Ask = {},
): Promise<Response> {
  return fetch(`${simulator.url}${path}`, {
    method,
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
    redirect: 'manual',
  });
}

/** An answer that is JSON, and taken to have the shape `T`; the test asserts what matters of it. */
export interface JsonAnswer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** Sends a request and reads its JSON answer. */
export async function json<T = unknown>(
  simulator: Simulator,
  method: string,
  path: string,
  ask: Ask = {},
): Promise<JsonAnswer<T>> {
  const response = await send(simulator, method, path, ask);
  const body = (await response.json()) as T;
  return { status: response.status, headers: response.headers, body };
}

/** A chat answer with its first choice at hand, or the error in its place. */
export interface ChatAnswer extends JsonAnswer<ChatCompletion> {
  message: NonNullable<NonNullable<ChatCompletion['choices']>[number]['message']>;
  text: string;
  finishReason: string | null;
  error: UpstreamError;
}

/** Asks for a chat answer as JSON; a plain question stands for a single user message. */
export async function chat(
  simulator: Simulator,
  body: Record<string, unknown> | string,
  ask: Ask = {},
): Promise<ChatAnswer> {
  const answer = await json(simulator, 'POST', '/chat/completions', {
    ...ask,
    body: aChatBody(body),
  });
  const completion = chatCompletionSchema.parse(answer.body);
  const choice = completion.choices?.[0];
  return {
    ...answer,
    body: completion,
    message: choice?.message ?? {},
    text: choice?.message?.content ?? '',
    finishReason: choice?.finish_reason ?? null,
    error: completion.error ?? {},
  };
}

/** What a stream held, in its order. */
export interface ReadStream {
  status: number;
  headers: Headers;
  /** Raw payloads of the events. */
  payloads: string[];
  chunks: ChatChunk[];
  comments: string[];
  terminated: boolean;
  text: string;
  /** The payload before the terminator. */
  last: ChatChunk;
}

/** Asks for a chat answer as a stream and reads it to its end. */
export async function stream(
  simulator: Simulator,
  body: Record<string, unknown> | string,
  ask: Ask = {},
): Promise<ReadStream> {
  const response = await send(simulator, 'POST', '/chat/completions', {
    ...ask,
    body: { ...aChatBody(body), stream: true },
  });
  const payloads: string[] = [];
  const comments: string[] = [];
  for await (const message of decodeEventStream(response.body ?? new ReadableStream())) {
    if (message.type === 'data') payloads.push(message.data);
    else comments.push(message.text);
  }
  const chunks = payloads.map(parseChunk).filter((chunk) => chunk !== null);
  return {
    status: response.status,
    headers: response.headers,
    payloads,
    chunks,
    comments,
    terminated: payloads.at(-1) === TERMINATOR,
    text: chunks.map((chunk) => chunk.choices?.[0]?.delta?.content ?? '').join(''),
    last: chunks.at(-1) ?? {},
  };
}

/** A model that answers without thinking first, which keeps tests short. */
export const PLAIN_MODEL = 'openai/gpt-4o-mini';

export function aChatBody(body: Record<string, unknown> | string): Record<string, unknown> {
  const fields = typeof body === 'string' ? { messages: [user(body)] } : body;
  return { model: PLAIN_MODEL, messages: [user('Say hi')], ...fields };
}

export function user(content: unknown): { role: string; content: unknown } {
  return { role: 'user', content };
}

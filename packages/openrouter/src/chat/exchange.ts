import type { ChatCompletion, ChatRequest } from '@openrouter-native/protocol';
import type { Route } from '../plan/route.ts';
import { whole } from '../transport/failure.ts';
import { readJson } from '../transport/read-json.ts';
import type { TransportRequest } from '../transport/transport.ts';
import { verdictOf } from '../verdict/verdict.ts';
import { readCompletion } from './completion.ts';
import { ChatStream } from './stream.ts';
import type { StreamLimits } from './watchdog.ts';

export interface ExchangeOptions {
  signal: AbortSignal | undefined;
  limits: StreamLimits;
  /** Epoch milliseconds. */
  now: () => number;
}

/** One call of `POST /chat/completions`, answered as a whole. @throws OpenRouterError when it fails. */
export async function completeChat(
  route: Route,
  request: ChatRequest,
  { signal, now }: ExchangeOptions,
): Promise<ChatCompletion> {
  const answer = await route.transport.requestJson(callOf(route, request, signal));
  const { status, headers, data } = answer;
  if (status === 200) return readCompletion(data, now());
  throw verdictOf({ operation: 'chat', status, headers, body: data, now: now() });
}

/**
 * One call of `POST /chat/completions`, answered as a stream. Resolves with the headers.
 *
 * @throws OpenRouterError when the answer is no stream.
 */
export async function openChat(
  route: Route,
  request: ChatRequest,
  { signal, limits, now }: ExchangeOptions,
): Promise<ChatStream> {
  const answer = await route.transport.openStream(callOf(route, request, signal));
  const { status, headers, body } = answer;
  if (status === 200 && isEventStream(headers['content-type'])) {
    const id = headers['x-generation-id'];
    const generationId = typeof id === 'string' ? id : null;
    return new ChatStream({ body, generationId, signal, limits, now });
  }
  const refusal = await whole(readJson(body), signal);
  throw verdictOf({ operation: 'chat', status, headers, body: refusal, now: now() });
}

function callOf(
  route: Route,
  body: ChatRequest,
  signal: AbortSignal | undefined,
): TransportRequest {
  const { headers } = route;
  return { operation: 'chat', method: 'POST', path: '/chat/completions', headers, body, signal };
}

function isEventStream(contentType: unknown): boolean {
  return typeof contentType === 'string' && /^text\/event-stream\b/i.test(contentType);
}

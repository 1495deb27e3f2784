import type { ChatCompletion, ChatRequest } from '@openrouter-native/protocol';
import { isOpenRouterError, type OpenRouterError } from '../errors.ts';
import type { Route } from '../plan/route.ts';
import { whole } from '../transport/failure.ts';
import { readJson } from '../transport/read-json.ts';
import type { TransportRequest } from '../transport/transport.ts';
import { isUnclear, verdictOf, type FailedExchange } from '../verdict/verdict.ts';
import { readCompletion } from './completion.ts';
import { ChatStream } from './stream.ts';
import type { StreamLimits } from './watchdog.ts';

export interface ExchangeOptions {
  signal: AbortSignal | undefined;
  /** Called with the id of an answer as soon as upstream names it, before there is any of it. */
  onGeneration?: ((id: string) => void) | undefined;
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
  throw await refusalOf(
    route,
    { operation: 'chat', status, headers, body: data, now: now() },
    signal,
  );
}

/**
 * One call of `POST /chat/completions`, answered as a stream. Resolves with the headers.
 *
 * @throws OpenRouterError when the answer is no stream.
 */
export async function openChat(
  route: Route,
  request: ChatRequest,
  { signal, onGeneration, limits, now }: ExchangeOptions,
): Promise<ChatStream> {
  const answer = await route.transport.openStream(callOf(route, request, signal));
  const { status, headers, body } = answer;
  if (status === 200 && isEventStream(headers['content-type'])) {
    const id = headers['x-generation-id'];
    const generationId = typeof id === 'string' ? id : null;
    if (generationId !== null) onGeneration?.(generationId);
    return new ChatStream({ body, generationId, signal, limits, now });
  }
  const said = await whole(readJson(body), signal);
  throw await refusalOf(
    route,
    { operation: 'chat', status, headers, body: said, now: now() },
    signal,
  );
}

/** The verdict on a refusal; one that does not say whom it is about is settled by asking for the key. */
async function refusalOf(
  route: Route,
  exchange: FailedExchange,
  signal: AbortSignal | undefined,
): Promise<OpenRouterError> {
  const verdict = verdictOf(exchange);
  if (route.kind !== 'openrouter' || !isUnclear(verdict)) return verdict;
  const { headers } = route;
  const probe = { operation: 'key', method: 'GET', path: '/key', headers, signal } as const;
  try {
    const { status: keyStatus } = await route.transport.requestJson(probe);
    return verdictOf({ ...exchange, keyStatus });
  } catch (error) {
    if (isOpenRouterError(error)) return verdict; // No answer, no clearer verdict.
    throw error;
  }
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

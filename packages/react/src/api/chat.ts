import {
  createErrorBody,
  decodeEventStream,
  emptyAnswer,
  endingOf,
  errorBodySchema,
  parseChunk,
  reduceChunk,
  reduceTerminator,
  SseEventTooLargeError,
  TERMINATOR,
  type AnswerState,
  type ChatEvent,
  type Ending,
  type ErrorBody,
  type UpstreamError,
} from '@openrouter-native/protocol';
import { IdleError, readBody } from './body.ts';
import { errorFromResponse, isOpenRouterApiError, malformed } from './error.ts';

/** The server sends a heartbeat every 15 seconds, so four missed ones mean that it is gone. */
const IDLE_MS = 60_000;

interface Outcome {
  ending: Ending;
  error: ErrorBody['error'] | null;
}

/**
 * Turns the answer to a streaming chat request into events, with the same reducer as the server.
 * `finish` is always the last event and its ending is honest: whatever breaks after the first byte
 * becomes an ending (`cut`, `stalled`, `failed`), and an aborted `signal` becomes `stopped`.
 *
 * @throws `OpenRouterApiError` before the first event, when the answer is not a stream.
 * @see https://openrouter.ai/docs/api-reference/streaming
 */
export async function* readChat(
  response: Response,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void> {
  const requestId = response.headers.get('x-request-id');
  if (!response.ok) throw await errorFromResponse(response);
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
  if (!isStream || !response.body) throw malformed(requestId);

  let state = emptyAnswer;
  let interruption: Outcome | undefined;
  try {
    for await (const message of decodeEventStream(readBody(response.body, IDLE_MS))) {
      if (message.type === 'comment') continue;
      if (message.data === TERMINATOR) {
        state = reduceTerminator(state);
        break;
      }
      const chunk = parseChunk(message.data);
      if (!chunk) throw malformed(requestId);
      const [next, events] = reduceChunk(state, chunk);
      state = next;
      yield* events;
      if (state.error) break;
    }
  } catch (cause) {
    interruption = outcomeOfInterruption(cause, signal);
  }

  const { ending, error } = interruption ?? outcomeOf(state);
  if (error) yield { type: 'error', error };
  const { finishReason, nativeFinishReason } = state;
  yield { type: 'finish', ending, finishReason, nativeFinishReason };
}

/** Bytes stopped for a reason of their own: no more chunk will tell how the answer ended. */
function outcomeOfInterruption(cause: unknown, signal: AbortSignal): Outcome {
  if (signal.aborted) return { ending: 'stopped', error: null };
  if (cause instanceof IdleError) return { ending: 'stalled', error: null };
  if (isOpenRouterApiError(cause)) return { ending: 'failed', error: cause.details };
  if (cause instanceof SseEventTooLargeError) {
    return { ending: 'failed', error: malformed(null, cause).details };
  }
  return { ending: 'cut', error: null };
}

function outcomeOf(state: AnswerState): Outcome {
  if (!state.error) return { ending: endingOf(state), error: null };
  const error = toErrorBody(state.error);
  return { ending: endingOfReason(error), error };
}

/** Our server sends its own error body inside the stream; a bare upstream error is worded here. */
function toErrorBody(error: UpstreamError): ErrorBody['error'] {
  const ours = errorBodySchema.safeParse({ error });
  if (ours.success) return ours.data.error;
  return createErrorBody('provider_error', error.message ?? 'The provider failed while answering.')
    .error;
}

/** A server that lost its upstream reports it as an error, but the answer was cut, not refused. */
function endingOfReason({ reason }: ErrorBody['error']): Ending {
  if (reason === 'stream_cut') return 'cut';
  if (reason === 'stream_stalled') return 'stalled';
  return 'failed';
}

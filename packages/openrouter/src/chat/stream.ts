import type { Readable } from 'node:stream';
import {
  decodeEventStream,
  emptyAnswer,
  endingOf,
  isContent,
  parseChunk,
  reduceChunk,
  reduceTerminator,
  SseEventTooLargeError,
  TERMINATOR,
  type AnswerState,
  type ChatEvent,
  type Ending,
} from '@openrouter-native/protocol';
import { OpenRouterError } from '../errors.ts';
import { isStall } from '../transport/failure.ts';
import { verdictOfInBandError } from '../verdict.ts';

/** One step of a stream on its way through: what came, and what it means. */
export type ChatFrame =
  /** A `data:` payload, byte for byte, and the events it holds. */
  | { type: 'payload'; payload: string; events: ChatEvent[] }
  /** Upstream is still working; not content. */
  | { type: 'comment' }
  /** The last frame, once. `error` says why an ending is `failed`, `cut` or `stalled`. */
  | { type: 'end'; ending: Ending; state: AnswerState; error: OpenRouterError | null };

export interface ChatStreamOptions {
  /** Headers have arrived, status 200, content type an event stream. */
  body: Readable;
  /** From `X-Generation-Id`; `null` when upstream sent none. */
  generationId: string | null;
  /** The caller's signal; once aborted, the ending is `stopped`. */
  signal?: AbortSignal | undefined;
  /** Epoch milliseconds. */
  now: () => number;
}

const DRAIN_LIMIT_BYTES = 64 * 1024;
const DRAIN_LIMIT_MS = 1_000;

/**
 * The streamed answer to one chat request. Read it once: as {@link ChatEvent}s by iterating over it,
 * or as {@link ChatFrame}s to pass the payloads on. Leaving the loop aborts upstream.
 */
export class ChatStream implements AsyncIterable<ChatEvent> {
  readonly generationId: string | null;
  readonly #options: ChatStreamOptions;
  #read = false;

  constructor(options: ChatStreamOptions) {
    this.generationId = options.generationId;
    this.#options = options;
    // A stream that breaks before anybody reads it must not end the process.
    options.body.on('error', () => undefined);
  }

  /** Ends the upstream exchange of a stream that nobody is going to read. */
  cancel(): void {
    this.#options.body.destroy();
  }

  /**
   * The answer as events; the last one is always `finish`. A failure after the first content is an
   * `error` event before it.
   *
   * @throws OpenRouterError when the answer fails before its first content.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<ChatEvent, void> {
    for await (const frame of this.frames()) {
      if (frame.type === 'payload') for (const event of frame.events) yield event;
      if (frame.type !== 'end') continue;
      const { ending, state, error } = frame;
      if (error && !state.hasContent) throw error;
      if (error) yield { type: 'error', error: error.toBody().error };
      yield {
        type: 'finish',
        ending,
        finishReason: state.finishReason,
        nativeFinishReason: state.nativeFinishReason,
      };
    }
  }

  /**
   * The answer as frames; the last one is always `end`, and nothing is thrown for what upstream does.
   *
   * @throws TypeError when the stream was read before.
   */
  async *frames(): AsyncGenerator<ChatFrame, void> {
    if (this.#read) throw new TypeError('A ChatStream can be read once');
    this.#read = true;

    const { body, signal, now } = this.#options;
    // Kept open on leaving the loop, so that a finished exchange can give its connection back.
    const bytes = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    let state = emptyAnswer;
    let error: OpenRouterError | null = null;
    let cause: unknown = null;
    try {
      for await (const message of decodeEventStream(bytes)) {
        if (message.type === 'comment') {
          yield { type: 'comment' };
          continue;
        }
        if (message.data === TERMINATOR) {
          state = reduceTerminator(state);
          break;
        }
        const chunk = parseChunk(message.data);
        if (chunk === null) {
          error = unreadable('OpenRouter sent an event that cannot be read.');
          break;
        }
        const [next, events] = reduceChunk(state, chunk);
        state = next;
        if (state.error) {
          error = verdictOfInBandError(state.error, now());
          if (events.some(isContent))
            yield { type: 'payload', payload: withoutError(message.data), events };
          break;
        }
        yield { type: 'payload', payload: message.data, events };
      }
    } catch (thrown) {
      if (thrown instanceof SseEventTooLargeError) error = unreadable(thrown.message);
      cause = thrown;
    } finally {
      if (state.terminated) giveBack(body);
      else body.destroy();
    }
    yield endFrame(state, { error, cause, stopped: signal?.aborted ?? false });
  }
}

function endFrame(
  state: AnswerState,
  how: { error: OpenRouterError | null; cause: unknown; stopped: boolean },
): ChatFrame {
  const end = (ending: Ending, error: OpenRouterError | null): ChatFrame => ({
    type: 'end',
    ending,
    state,
    error,
  });
  if (how.error) return end('failed', how.error);
  if (state.terminated && isEmpty(state)) {
    return end('failed', unreadable('OpenRouter ended the answer without sending any.'));
  }
  if (how.stopped && !state.terminated) return end('stopped', null);
  const { cause } = how;
  if (isStall(cause)) return end('stalled', broken('stream_stalled', cause));
  const ending = endingOf(state);
  return end(ending, ending === 'cut' ? broken('stream_cut', cause) : null);
}

function broken(reason: 'stream_cut' | 'stream_stalled', cause: unknown): OpenRouterError {
  const message = {
    stream_cut: 'The connection ended before the answer did.',
    stream_stalled: 'The answer stopped arriving.',
  }[reason];
  return new OpenRouterError(reason, message, {}, { cause });
}

function isEmpty(state: AnswerState): boolean {
  return !state.hasContent && state.finishReason === null;
}

function unreadable(message: string): OpenRouterError {
  return new OpenRouterError('malformed_response', message);
}

/** A chunk may bring the last words and the error together; the words are passed on without it. */
function withoutError(payload: string): string {
  const { error: _error, ...chunk } = JSON.parse(payload) as {
    error?: unknown;
    choices?: { error?: unknown }[];
  };
  const choices = chunk.choices?.map(({ error: _choiceError, ...choice }) => ({
    ...choice,
    finish_reason: null,
  }));
  return JSON.stringify({ ...chunk, choices });
}

/** Reads what little may follow the terminator, so that the connection can serve the next request. */
function giveBack(body: Readable): void {
  const timer = setTimeout(() => body.destroy(), DRAIN_LIMIT_MS);
  timer.unref();
  let bytes = 0;
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DRAIN_LIMIT_BYTES) body.destroy();
  });
  body.on('error', () => undefined); // The answer is complete; how the connection ends is no matter.
  body.on('close', () => clearTimeout(timer));
}

import type { Readable } from 'node:stream';
import {
  decodeEventStream,
  emptyAnswer,
  parseChunk,
  reduceChunk,
  reduceTerminator,
  SseEventTooLargeError,
  TERMINATOR,
  type ChatEvent,
} from '@openrouter-native/protocol';
import { malformed, type OpenRouterError } from '../errors.ts';
import { verdictOfInBandError } from '../verdict/verdict.ts';
import { endFrame, type ChatFrame } from './frame.ts';

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
  #cancelled = false;

  constructor(options: ChatStreamOptions) {
    this.generationId = options.generationId;
    this.#options = options;
    // A stream that breaks before anybody reads it must not end the process.
    options.body.on('error', () => undefined);
  }

  /** Ends the upstream exchange; whoever reads the stream sees it `stopped`. */
  cancel(): void {
    this.#cancelled = true;
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
        if (message.type === 'comment' || isKeepAlive(message.data)) {
          yield { type: 'comment' };
          continue;
        }
        if (message.data === TERMINATOR) {
          state = reduceTerminator(state);
          break;
        }
        const chunk = parseChunk(message.data);
        if (chunk === null) {
          error = malformed('OpenRouter sent an event that cannot be read.');
          break;
        }
        const [next, events] = reduceChunk(state, chunk);
        state = next;
        if (state.error) {
          error = verdictOfInBandError(state.error, now());
          // The last words and what they cost may come together with the error.
          if (events.length > 0) {
            yield { type: 'payload', payload: withoutError(message.data), events };
          }
          break;
        }
        yield { type: 'payload', payload: message.data, events };
      }
    } catch (thrown) {
      if (thrown instanceof SseEventTooLargeError) error = malformed(thrown.message);
      cause = thrown;
    } finally {
      if (state.terminated) giveBack(body);
      else body.destroy();
    }
    const stopped = this.#cancelled || (signal?.aborted ?? false);
    yield endFrame(state, { error, cause, stopped });
  }
}

/** Some gateways send their comments as data. */
function isKeepAlive(payload: string): boolean {
  return payload === '' || payload.startsWith(':');
}

/** The last words of an answer, for passing on: what they say about the error is told by itself. */
function withoutError(payload: string): string {
  const { error: _error, ...chunk } = JSON.parse(payload) as {
    error?: unknown;
    choices?: { error?: unknown }[];
  };
  const choices = chunk.choices?.map(({ error: _choiceError, ...choice }) => ({
    ...choice,
    finish_reason: null,
    native_finish_reason: null,
  }));
  return JSON.stringify({ ...chunk, choices });
}

/** Reads what little may follow the terminator, so that the connection can serve the next request. */
function giveBack(body: Readable): void {
  if (body.destroyed) return;
  const timer = setTimeout(() => body.destroy(), DRAIN_LIMIT_MS).unref();
  body.once('close', () => clearTimeout(timer));
  let bytes = 0;
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DRAIN_LIMIT_BYTES) body.destroy();
  });
}

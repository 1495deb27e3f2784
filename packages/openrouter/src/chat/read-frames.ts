import type { Readable } from 'node:stream';
import {
  decodeEventStream,
  emptyAnswer,
  parseChunk,
  reduceChunk,
  reduceTerminator,
  SseEventTooLargeError,
  TERMINATOR,
  type Trace,
} from '@openrouter-native/protocol';
import { malformed, type OpenRouterError } from '../errors.ts';
import { verdictOfInBandError } from '../verdict/verdict.ts';
import { endFrame, type ChatFrame } from './frame.ts';
import { traceChunk, withTrace } from './tell-trace.ts';
import { createWatchdog, type StreamLimits } from './watchdog.ts';

export interface ReadFramesOptions {
  body: Readable;
  limits: StreamLimits;
  /** Whether the one who asked wants no more; makes the ending `stopped`. */
  isStopped: () => boolean;
  /** How the answer came about, once that is known; told on its last payload. */
  trace: () => Trace | null;
  /** Epoch milliseconds. */
  now: () => number;
}

const DRAIN_LIMIT_BYTES = 64 * 1024;
const DRAIN_LIMIT_MS = 1_000;

/**
 * Reads an answer from the bytes of its body. The last frame is always `end`, and nothing is thrown
 * for what upstream does. Leaving the loop ends the exchange.
 */
export async function* readFrames({
  body,
  limits,
  isStopped,
  trace,
  now,
}: ReadFramesOptions): AsyncGenerator<ChatFrame, void> {
  // Kept open on leaving the loop, so that a finished exchange can give its connection back.
  const bytes = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  const watchdog = createWatchdog(body, limits);
  let state = emptyAnswer;
  let error: OpenRouterError | null = null;
  let cause: unknown = null;
  let told = false;
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
      if (next.hasContent && !state.hasContent) watchdog.content();
      state = next;
      if (state.error) {
        error = verdictOfInBandError(state.error, now());
        // The last words and what they cost may come together with the error.
        if (events.length > 0) {
          yield { type: 'payload', payload: withoutError(message.data), events };
        }
        break;
      }
      const known = chunk.usage ? trace() : null;
      told ||= known !== null;
      yield {
        type: 'payload',
        payload: known ? withTrace(message.data, known) : message.data,
        events,
      };
    }
  } catch (thrown) {
    if (thrown instanceof SseEventTooLargeError) error = malformed(thrown.message);
    cause = thrown;
  } finally {
    watchdog.stop();
    if (state.terminated) giveBack(body);
    else body.destroy();
  }
  const end = endFrame(state, { error, cause, stopped: isStopped() });
  const untold = told || !state.terminated || error ? null : trace();
  if (untold) yield { type: 'payload', payload: traceChunk(state, untold, now()), events: [] };
  yield end;
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

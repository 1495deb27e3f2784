import type { Readable } from 'node:stream';
import {
  createEventStreamDecoder,
  emptyAnswer,
  parseChunk,
  reduceChunk,
  reduceTerminator,
  TERMINATOR,
  type AnswerState,
  type EventStreamDecoder,
  type Trace,
} from '@openrouter-native/protocol';
import { malformed, type OpenRouterError } from '../errors.ts';
import { verdictOfInBandError } from '../verdict/verdict.ts';
import { bytesOf } from './body-bytes.ts';
import { endFrame, type ChatFrame } from './frame.ts';
import { traceChunk, withTrace } from './tell-trace.ts';
import { createWatchdog, type StreamLimits, type Watchdog } from './watchdog.ts';

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

/** How far the reading of one answer has come. */
interface Reading extends Pick<ReadFramesOptions, 'isStopped' | 'trace' | 'now'> {
  decoder: EventStreamDecoder;
  watchdog: Watchdog;
  state: AnswerState;
  error: OpenRouterError | null;
  /** What broke the bytes. */
  cause: unknown;
  /** The trace has been told. */
  isTold: boolean;
}

/**
 * Reads an answer from the bytes of its body, one piece of them after the other: what arrives together
 * stays together. Each piece is to be read to its end before the next one is asked for, and is decoded no
 * further than it is read. The very last frame is always `end`, and nothing is thrown for what upstream
 * does. Leaving the loop ends the exchange.
 */
export async function* readPieces({
  body,
  limits,
  ...options
}: ReadFramesOptions): AsyncGenerator<Iterable<ChatFrame>, void> {
  const watchdog = createWatchdog(body, limits);
  const reading: Reading = {
    ...options,
    decoder: createEventStreamDecoder(),
    watchdog,
    state: emptyAnswer,
    error: null,
    cause: null,
    isTold: false,
  };
  try {
    for await (const bytes of bytesOf(body)) {
      yield read(reading, bytes);
      if (reading.state.terminated || reading.error) break;
    }
  } catch (thrown) {
    reading.cause = thrown;
  } finally {
    watchdog.stop();
    if (reading.state.terminated) giveBack(body);
    else body.destroy();
  }
  yield finish(reading);
}

// Beside the function that uses them, not within: each nested generator function that is made anew is a
// new hidden class, and that holds all the answer until the next full collection of garbage.

function* read(reading: Reading, bytes: Uint8Array): Generator<ChatFrame, void> {
  const { decoder, watchdog } = reading;
  for (const message of decoder.feed(bytes)) {
    if (message.type === 'comment' || isKeepAlive(message.data)) {
      yield { type: 'comment' };
      continue;
    }
    if (message.data === TERMINATOR) {
      reading.state = reduceTerminator(reading.state);
      return;
    }
    const chunk = parseChunk(message.data);
    if (chunk === null) {
      reading.error = malformed('OpenRouter sent an event that cannot be read.');
      return;
    }
    const [next, events] = reduceChunk(reading.state, chunk);
    if (next.hasContent && !reading.state.hasContent) watchdog.content();
    reading.state = next;
    if (next.error) {
      reading.error = verdictOfInBandError(next.error, reading.now());
      // The last words and what they cost may come together with the error.
      if (events.length > 0) {
        yield { type: 'payload', payload: withoutError(message.data), events };
      }
      return;
    }
    const known = chunk.usage ? reading.trace() : null;
    reading.isTold ||= known !== null;
    const payload = known ? withTrace(message.data, known) : message.data;
    yield { type: 'payload', payload, events };
  }
  const tooLarge = decoder.error();
  if (tooLarge) reading.error = malformed(tooLarge.message);
}

function* finish(reading: Reading): Generator<ChatFrame, void> {
  const { state, error, cause, isTold, trace, now, isStopped } = reading;
  const end = endFrame(state, { error, cause, stopped: isStopped() });
  const untold = isTold || !state.terminated || error ? null : trace();
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
  body.resume();
}

import type { Readable } from 'node:stream';
import { isContent, type ChatEvent, type Trace } from '@openrouter-native/protocol';
import type { ChatFrame } from './frame.ts';
import { readPieces } from './read-frames.ts';
import { traceChunk } from './tell-trace.ts';
import { defaultStreamLimits, type StreamLimits } from './watchdog.ts';

export interface ChatStreamOptions {
  /** Headers have arrived, status 200, content type an event stream. */
  body: Readable;
  /** From `X-Generation-Id`; `null` when upstream sent none. */
  generationId: string | null;
  /** The caller's signal; once aborted, the ending is `stopped`. */
  signal?: AbortSignal | undefined;
  /** @defaultValue {@link defaultStreamLimits} */
  limits?: StreamLimits | undefined;
  /** Epoch milliseconds. */
  now: () => number;
}

const MAX_AHEAD_CHARACTERS = 1024 * 1024; // A role, and the finish of an empty answer, are a few hundred.

/**
 * The streamed answer to one chat request. Read it once: as {@link ChatEvent}s by iterating over it,
 * or as {@link ChatFrame}s to pass the payloads on. Leaving the loop aborts upstream.
 */
export class ChatStream implements AsyncIterable<ChatEvent> {
  readonly generationId: string | null;
  readonly #body: Readable;
  readonly #pieces: AsyncGenerator<Iterable<ChatFrame>, void>;
  /** Frames that {@link begin} has read before their reader came. */
  readonly #ahead: ChatFrame[] = [];
  /** The piece that {@link begin} left in the middle. */
  #rest: Iterator<ChatFrame, void> | null = null;
  readonly #now: () => number;
  #trace: Trace | null = null;
  #isRead = false;
  #isCancelled = false;

  constructor({
    body,
    generationId,
    signal,
    limits = defaultStreamLimits,
    now,
  }: ChatStreamOptions) {
    this.generationId = generationId;
    this.#body = body;
    this.#now = now;
    // A stream that breaks before anybody reads it must not end the process.
    body.on('error', () => undefined);
    const isStopped = () => this.#isCancelled || (signal?.aborted ?? false);
    this.#pieces = readPieces({ body, limits, isStopped, trace: () => this.#trace, now });
  }

  /** How the answer came about; `null` when it was asked for without a plan. */
  get trace(): Trace | null {
    return this.#trace;
  }

  /** Ends the upstream exchange; whoever reads the stream sees it `stopped`. */
  cancel(): void {
    this.#isCancelled = true;
    this.#body.destroy();
  }

  /**
   * Reads on to the first content, to the end of an answer without any, or to as much of neither as is
   * kept. From then on nothing can be replaced. What was read is kept for the reader.
   *
   * @returns Who answers, as far as upstream tells.
   * @throws OpenRouterError when the answer fails before its first content.
   */
  async begin(): Promise<{ model: string | null; provider: string | null }> {
    const served = { model: null as string | null, provider: null as string | null };
    let characters = 0;
    for (;;) {
      const frame = await this.#nextFrame();
      if (!frame) return served;
      if (frame.type === 'comment') continue;
      this.#ahead.push(frame);
      if (frame.type === 'end') {
        if (frame.error) throw frame.error;
        return served;
      }
      for (const event of frame.events) {
        if (event.type === 'start')
          Object.assign(served, { model: event.model, provider: event.provider });
      }
      characters += frame.payload.length;
      if (frame.events.some(isContent) || characters > MAX_AHEAD_CHARACTERS) return served;
    }
  }

  /** Lets the answer tell how it came about, on its last payload; see {@link Trace}. */
  attach(trace: Trace): void {
    this.#trace = trace;
    const last = this.#ahead.at(-1);
    // An answer without content has been read to its end: its payloads could not tell yet.
    if (last?.type !== 'end' || !last.state.terminated) return;
    const payload = traceChunk(last.state, trace, this.#now());
    this.#ahead.splice(-1, 0, { type: 'payload', payload, events: [] });
  }

  /**
   * The answer as events; the last one is always `finish`. A failure after the first content is an
   * `error` event before it.
   *
   * @throws OpenRouterError when the answer fails before its first content.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<ChatEvent, void> {
    for await (const piece of this.pieces()) {
      for (const frame of piece) {
        if (frame.type === 'payload') yield* frame.events;
        if (frame.type !== 'end') continue;
        const { ending, state, error } = frame;
        if (error && !state.hasContent) throw error;
        if (error) yield { type: 'error', error: error.toBody().error };
        yield {
          type: 'finish',
          ending,
          finishReason: state.finishReason,
          nativeFinishReason: state.nativeFinishReason,
          trace: this.#trace,
        };
      }
    }
  }

  /**
   * The answer as frames, those together that arrived together: read each piece to its end before asking
   * for the next. The very last frame is always `end`, and nothing is thrown for what upstream does.
   *
   * @throws TypeError when the stream was read before.
   */
  pieces(): AsyncIterableIterator<Iterable<ChatFrame>, void> {
    if (this.#isRead) throw new TypeError('A ChatStream can be read once');
    this.#isRead = true;
    const pieces = this.#pieces;
    let begun: Iterable<ChatFrame> | null = this.#begun();
    // By hand: a generator around the generator would cost each chunk another turn.
    return {
      next() {
        if (!begun) return pieces.next();
        const value = begun;
        begun = null;
        return Promise.resolve({ done: false, value });
      },
      return: () => pieces.return(),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /** What {@link begin} has read, and what it left of the piece it stopped in. */
  *#begun(): Generator<ChatFrame, void> {
    yield* this.#ahead;
    for (let read = this.#rest?.next(); read && !read.done; read = this.#rest?.next()) {
      yield read.value;
    }
  }

  async #nextFrame(): Promise<ChatFrame | null> {
    for (;;) {
      const read = this.#rest?.next();
      if (read && !read.done) return read.value;
      const { value: piece, done } = await this.#pieces.next();
      if (done) return null;
      this.#rest = piece[Symbol.iterator]();
    }
  }
}

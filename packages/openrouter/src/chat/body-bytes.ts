import type { Readable } from 'node:stream';

/** As much as a socket is read ahead anyway; holding a body back and letting it go costs two turns. */
const MAX_AHEAD_BYTES = 64 * 1024;

/**
 * The bytes of a body, piece by piece, to be read once. What comes in one turn of the event loop is one
 * piece: the chunks that one read of the socket brought. A body whose reader is slow is held back.
 * Leaving the loop leaves the body as it is, so that a finished exchange can give its connection back;
 * a body that was destroyed without an error just has no more bytes.
 *
 * Its own iterator does the same at three times the cost, and each word of an answer is a piece.
 *
 * @throws whatever breaks the body.
 */
export function bytesOf(body: Readable): AsyncIterableIterator<Uint8Array, void> {
  let ready: Uint8Array[] = [];
  let aheadBytes = 0;
  let waiting: PromiseWithResolvers<IteratorResult<Uint8Array, void>> | null = null;
  let isListening = false;
  let isOver = body.destroyed || body.readableEnded;
  let failure: { error: unknown } | null = body.errored ? { error: body.errored } : null;

  function take(bytes: Uint8Array): void {
    if (waiting && ready.length === 0) queueMicrotask(hand);
    ready.push(bytes);
    aheadBytes += bytes.length;
    if (!waiting && aheadBytes > MAX_AHEAD_BYTES) body.pause();
  }
  function hand(): void {
    waiting?.resolve({ done: false, value: takeReady() });
    waiting = null;
  }
  function takeReady(): Uint8Array {
    const [first = EMPTY, ...others] = ready;
    const piece = others.length === 0 ? first : Buffer.concat(ready);
    ready = [];
    aheadBytes = 0;
    return piece;
  }
  function fail(error: unknown): void {
    failure ??= { error };
    end();
  }
  function end(): void {
    isOver = true;
    if (!waiting || ready.length > 0) return; // What is ready is handed over first.
    const { resolve, reject } = waiting;
    waiting = null;
    if (failure) reject(failure.error);
    else resolve(DONE);
  }
  function listen(): void {
    isListening = true;
    body.on('data', take).on('error', fail).on('end', end).on('close', end);
  }

  return {
    next() {
      if (ready.length > 0) return Promise.resolve({ done: false, value: takeReady() });
      if (isOver) return failure ? Promise.reject(failure.error) : Promise.resolve(DONE);
      if (!isListening) listen();
      if (body.isPaused()) body.resume();
      waiting = Promise.withResolvers();
      return waiting.promise;
    },
    return() {
      body.off('data', take).off('error', fail).off('end', end).off('close', end);
      return Promise.resolve(DONE);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const EMPTY = new Uint8Array();
const DONE: IteratorResult<never, void> = { done: true, value: undefined };

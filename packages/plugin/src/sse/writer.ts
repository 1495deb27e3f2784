import { once } from 'node:events';
import { encodeComment, encodeEvent, SSE_HEADERS } from '@openrouter-native/protocol';
import type { Response } from 'express';
import { writePiece } from './write-piece.ts';

/** Writes one event stream to one reader. */
export interface EventStreamWriter {
  /** The status 200 is on its way: from here on a failure can only be an event. */
  isCommitted(): boolean;
  /** Sends the status and the headers now, for a reader who waits for the first payload. */
  open(): void;
  /** Queues a payload that may still be thrown away; it goes out with the next one that may not. */
  hold(payload: string): void;
  /**
   * Sends a payload, together with the others of this turn of the event loop.
   *
   * @param id - Its place in the stream, for readers that come back.
   * @returns What to wait for when the reader cannot take more; rejects with the signal's reason when it aborts.
   */
  write(payload: string, id?: number): Promise<void> | undefined;
  /** Ends the stream. */
  end(): void;
}

export interface EventStreamWriterOptions {
  /** Silence in milliseconds after which a comment keeps the connection alive. */
  heartbeatMs: number;
  /** Sent with the others when the stream is committed. */
  headers: () => Record<string, string>;
  /** Aborted when the reader leaves. */
  signal: AbortSignal;
}

const HEARTBEAT = encodeComment('heartbeat');

/**
 * The headers go out with the first payload or the first heartbeat, whichever comes first; until
 * then the answer can still become an HTTP error.
 */
export function createEventStreamWriter(
  response: Response,
  { heartbeatMs, headers, signal }: EventStreamWriterOptions,
): EventStreamWriter {
  let held = '';
  let unsent = '';
  let committed = false;
  let drained: Promise<void> | undefined;
  const heartbeat = setTimeout(function beat() {
    // An error answer may wait behind other answers of its connection, long after it was given.
    if (response.writableEnded) return;
    commit();
    response.write(HEARTBEAT);
    heartbeat.refresh();
  }, heartbeatMs);
  response.once('close', () => clearTimeout(heartbeat));

  function commit(): void {
    if (committed) return;
    committed = true;
    response.writeHead(200, { ...SSE_HEADERS, ...headers() });
  }

  /** Events that arrived in one piece leave in one piece: writing is what costs. */
  function flush(): void {
    if (unsent === '') return;
    const text = unsent;
    unsent = '';
    heartbeat.refresh();
    if (writePiece(response, text)) return;
    drained = untilDrained();
    drained.catch(() => undefined); // The one who writes next is told.
  }

  async function untilDrained(): Promise<void> {
    try {
      await once(response, 'drain', { signal });
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
    drained = undefined;
  }

  return {
    isCommitted: () => committed,
    open() {
      commit();
      response.flushHeaders();
    },
    hold(payload) {
      held += encodeEvent(payload);
    },
    write(payload, id) {
      if (unsent === '') process.nextTick(flush);
      commit();
      unsent += held + encodeEvent(payload, id);
      held = '';
      return drained;
    },
    end() {
      const { socket } = response;
      socket?.cork(); // The last words and the end of the body leave together.
      flush();
      clearTimeout(heartbeat); // After what refreshes it: that would set a cleared one again.
      response.end();
      socket?.uncork();
    },
  };
}

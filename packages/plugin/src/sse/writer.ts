import { once } from 'node:events';
import {
  encodeComment,
  encodeEvent,
  SSE_HEADERS,
  type ErrorBody,
} from '@openrouter-native/protocol';
import type { Response } from 'express';

/** Writes one event stream to one reader. */
export interface EventStreamWriter {
  /** The status 200 is on its way: from here on a failure can only be an event. */
  readonly committed: boolean;
  /** Queues a payload that may still be thrown away; it goes out with the next `write`. */
  hold(payload: string): void;
  /** Sends a payload; resolves when the reader can take more. @throws AbortError if the reader left. */
  write(payload: string): Promise<void>;
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
  let committed = false;
  const heartbeat = setTimeout(function beat() {
    send(HEARTBEAT);
    heartbeat.refresh();
  }, heartbeatMs);
  response.once('close', () => clearTimeout(heartbeat));

  function send(text: string): boolean {
    if (!committed) {
      committed = true;
      response.writeHead(200, { ...SSE_HEADERS, ...headers() });
    }
    const frames = held + text;
    held = '';
    return response.write(frames);
  }

  return {
    get committed() {
      return committed;
    },
    hold(payload) {
      held += encodeEvent(payload);
    },
    async write(payload) {
      heartbeat.refresh();
      if (!send(encodeEvent(payload))) await once(response, 'drain', { signal });
    },
    end() {
      clearTimeout(heartbeat);
      response.end();
    },
  };
}

/** The payload that tells a reader of a chat stream that the answer has failed. */
export function errorPayload({ error }: ErrorBody): string {
  return JSON.stringify({ error, choices: [{ index: 0, delta: {}, finish_reason: 'error' }] });
}

import { createParser } from 'eventsource-parser';

/** One server-sent event, or a comment (a heartbeat). */
export type SseMessage =
  | {
      type: 'data';
      data: string;
      /** As the server gave it; absent when it gave none. */
      id?: string;
    }
  | { type: 'comment'; text: string };

export interface DecodeOptions {
  /**
   * Longest event, in characters; a longer one throws {@link SseEventTooLargeError}. Pictures arrive
   * as base64 inside one event, so ten million characters must pass.
   *
   * @defaultValue 32 × 1024 × 1024
   */
  maxEventCharacters?: number;
}

const DEFAULT_MAX_EVENT_CHARACTERS = 32 * 1024 * 1024;
const FIELD_NAME = 'data: '; // The parser counts it with the line.

/** An event grew past `maxEventCharacters`; the stream cannot be read any further. */
export class SseEventTooLargeError extends Error {
  override readonly name = 'SseEventTooLargeError';

  readonly maxEventCharacters: number;

  constructor(maxEventCharacters: number) {
    super(`An event is longer than ${maxEventCharacters} characters`);
    this.maxEventCharacters = maxEventCharacters;
  }
}

/** Reads an event stream piece by piece, and waits for nothing. */
export interface EventStreamDecoder {
  /** @returns The messages that these bytes complete. */
  feed(bytes: Uint8Array): SseMessage[];
  /** Why the stream cannot be read beyond the messages that were returned; `null` while it can. */
  error(): SseEventTooLargeError | null;
}

/**
 * Bytes in, whole messages out. One message may span chunks and one chunk may hold many; characters
 * split between chunks, CR, LF and CRLF, a leading BOM and `data:` without a space are all fine.
 * An event that the bytes leave unfinished is dropped, as the standard demands.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function createEventStreamDecoder({
  maxEventCharacters = DEFAULT_MAX_EVENT_CHARACTERS,
}: DecodeOptions = {}): EventStreamDecoder {
  let ready: SseMessage[] = [];
  let error: SseEventTooLargeError | null = null;
  const refuse = () => (error ??= new SseEventTooLargeError(maxEventCharacters));
  const text = new TextDecoder('utf-8', { ignoreBOM: true }); // The parser takes the one BOM away.
  const parser = createParser({
    maxBufferSize: maxEventCharacters + FIELD_NAME.length,
    onEvent: ({ data, id }) => {
      // The parser counts what it keeps between chunks; an event within one chunk is counted here.
      if (data.length > maxEventCharacters) refuse();
      if (!error) ready.push({ type: 'data', data, ...(id !== undefined && { id }) });
    },
    onComment: (comment) => ready.push({ type: 'comment', text: comment }),
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') refuse();
    },
  });

  return {
    feed(bytes) {
      parser.feed(text.decode(bytes, { stream: true }));
      const messages = ready;
      ready = [];
      return messages;
    },
    // No getter: in an object literal each one makes a hidden class, which holds the object for long.
    error: () => error,
  };
}

/**
 * The same for bytes that come by themselves; asks for no more of them than its reader has use for.
 *
 * @throws {@link SseEventTooLargeError} when one event exceeds the limit.
 */
export async function* decodeEventStream(
  bytes: AsyncIterable<Uint8Array>,
  options: DecodeOptions = {},
): AsyncGenerator<SseMessage, void> {
  const decoder = createEventStreamDecoder(options);
  for await (const chunk of bytes) {
    yield* decoder.feed(chunk);
    const error = decoder.error();
    if (error) throw error;
  }
}

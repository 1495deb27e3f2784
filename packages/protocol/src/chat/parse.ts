import { conform } from '../conform.ts';
import { chatChunkSchema, type ChatChunk } from '../upstream/chat.ts';

/** The payload that ends a chat stream; not JSON. */
export const TERMINATOR = '[DONE]';

/**
 * Reads one `data:` payload of a chat stream.
 *
 * @returns The chunk; `null` when the payload is not JSON or not shaped like a chunk.
 */
export function parseChunk(payload: string): ChatChunk | null {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return null;
  }
  return conform(chatChunkSchema, value);
}

import type { ChatStream } from '@openrouter-native/openrouter';
import { isContent, TERMINATOR, type Ending } from '@openrouter-native/protocol';
import { toErrorBody } from '../middleware/error-handler.ts';
import { errorPayload, type EventStreamWriter } from './writer.ts';

/**
 * Passes a chat stream on to its reader, payload for payload, and ends it honestly: `[DONE]` follows
 * a proper end or an error event, and nothing follows an answer that was stopped.
 *
 * @param open - Asks upstream.
 * @returns How the answer ended.
 * @throws OpenRouterError when the answer fails before anything was sent: still an HTTP status.
 */
export async function sendChat(
  open: () => Promise<ChatStream>,
  writer: EventStreamWriter,
  requestId: string | undefined,
): Promise<Ending> {
  try {
    const stream = await open();
    return await forward(stream, writer, requestId);
  } catch (error) {
    if (!writer.committed) throw error;
    await writer.write(errorPayload(toErrorBody(error, requestId)));
    await writer.write(TERMINATOR);
    return 'failed';
  } finally {
    if (writer.committed) writer.end();
  }
}

async function forward(
  stream: ChatStream,
  writer: EventStreamWriter,
  requestId: string | undefined,
): Promise<Ending> {
  let hasContent = false;
  for await (const frame of stream.frames()) {
    switch (frame.type) {
      case 'comment':
        break; // Upstream's sign of life; ours has its own clock.
      case 'payload':
        hasContent ||= frame.events.some(isContent);
        // The role alone shows nothing: a failure right after it can still be a status.
        if (hasContent) {
          const full = writer.write(frame.payload);
          if (full) await full; // Awaiting nothing would cost each chunk another turn.
        } else writer.hold(frame.payload);
        break;
      case 'end':
        if (frame.error && !writer.committed) throw frame.error;
        if (frame.error) await writer.write(errorPayload(frame.error.toBody(requestId)));
        if (frame.ending !== 'stopped') await writer.write(TERMINATOR);
        return frame.ending;
      default:
        frame satisfies never;
    }
  }
  return 'stopped';
}

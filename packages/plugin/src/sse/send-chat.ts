import type { ChatFrame } from '@openrouter-native/openrouter';
import {
  emptyAnswer,
  isContent,
  TERMINATOR,
  type AnswerState,
  type Ending,
} from '@openrouter-native/protocol';
import type { ForwardedStream } from '../services/settled.ts';
import { RequestError } from '../request-error.ts';
import type { EventStreamWriter } from './writer.ts';

/** Words a failure as a chunk of the answer that has come as far as `state` says. */
export type TellFailure = (error: unknown, state: AnswerState) => string;

type EndFrame = Extract<ChatFrame, { type: 'end' }>;

/**
 * Passes a chat stream on to its reader, payload for payload, and ends it honestly: `[DONE]` follows
 * a proper end or an error event, and nothing follows an answer that its reader has left. One that
 * the server stops, because it stops itself, ends with the reason.
 *
 * @param open - Asks upstream.
 * @param signal - Aborted with a {@link RequestError} by the server, with anything else by the reader.
 * @returns How the answer ended.
 * @throws OpenRouterError when the answer fails before anything was sent: still an HTTP status.
 */
export async function sendChat(
  open: () => Promise<ForwardedStream>,
  writer: EventStreamWriter,
  tellFailure: TellFailure,
  signal: AbortSignal,
): Promise<Ending> {
  let state = emptyAnswer;
  try {
    const end = await forward(await open(), writer);
    ({ state } = end);
    const { ending, error } = end;
    if (ending === 'stopped' && signal.reason instanceof RequestError) throw signal.reason;
    if (error && !writer.isCommitted()) throw error;
    if (error) await writer.write(tellFailure(error, state));
    if (ending !== 'stopped') await writer.write(TERMINATOR);
    return ending;
  } catch (error) {
    if (!writer.isCommitted()) throw error;
    await writer.write(tellFailure(error, state));
    await writer.write(TERMINATOR);
    return 'failed';
  } finally {
    if (writer.isCommitted()) writer.end();
  }
}

async function forward(stream: ForwardedStream, writer: EventStreamWriter): Promise<EndFrame> {
  let hasContent = false;
  for await (const piece of stream.pieces()) {
    let full: Promise<void> | undefined;
    for (const frame of piece) {
      switch (frame.type) {
        case 'comment':
          break; // Upstream's sign of life; ours has its own clock.
        case 'payload':
          hasContent ||= frame.events.some(isContent);
          // The role alone shows nothing: a failure right after it can still be a status.
          if (hasContent) full = writer.write(frame.payload);
          else writer.hold(frame.payload);
          break;
        case 'end':
          return frame;
        default:
          frame satisfies never;
      }
    }
    if (full) await full; // Awaiting nothing would cost each chunk another turn.
  }
  return { type: 'end', ending: 'stopped', state: emptyAnswer, error: null };
}

import type { ChatEvent, Ending, ErrorReason } from '@openrouter-native/protocol';
import { isOpenRouterError } from '../errors.ts';

/** All that came of a stream. */
export interface Collected {
  /** Without `error` and `finish`. */
  events: ChatEvent[];
  text: string;
  /** Of `finish`; `null` when the stream threw instead. */
  ending: Ending | null;
  /** Of the `error` event, or of what was thrown. */
  reason: ErrorReason | null;
}

/** Reads a stream to its end. @throws whatever is no OpenRouterError. */
export async function collect(stream: AsyncIterable<ChatEvent>): Promise<Collected> {
  const collected: Collected = { events: [], text: '', ending: null, reason: null };
  try {
    for await (const event of stream) {
      if (collected.ending !== null) throw new Error('An event came after the finish');
      if (event.type === 'finish') collected.ending = event.ending;
      else if (event.type === 'error') collected.reason = event.error.reason;
      else collected.events.push(event);
      if (event.type === 'text-delta') collected.text += event.text;
    }
  } catch (error) {
    if (!isOpenRouterError(error)) throw error;
    collected.reason = error.reason;
  }
  return collected;
}

import {
  reduceRun,
  runOf,
  summariseRun,
  type Message,
  type RunEvent,
} from '@openrouter-native/protocol';

/** The message after some more events of its run. */
export function advance(message: Message, events: readonly RunEvent[]): Message {
  return { ...message, ...summariseRun(events.reduce(reduceRun, runOf(message))) };
}

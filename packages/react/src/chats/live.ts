import {
  reduceRun,
  summariseRun,
  type Message,
  type RunEvent,
  type RunState,
} from '@openrouter-native/protocol';

/** The message after some more events of its run. */
export function advance(message: Message, events: readonly RunEvent[]): Message {
  return { ...message, ...summariseRun(events.reduce(reduceRun, runOf(message))) };
}

function runOf(message: Message): RunState {
  return {
    content: message.content,
    steps: message.steps ?? [],
    annotations: message.annotations ?? [],
    ending: message.ending,
    error: message.error_details ?? null,
    limit: message.limit ?? null,
  };
}

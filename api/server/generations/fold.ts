import {
  reduceRun,
  runOf,
  summariseRun,
  type GenerationEvent,
  type RunState,
} from '@openrouter-native/protocol';

type Snapshot = Extract<GenerationEvent, { type: 'snapshot' }>;

/** The events of a stream up to one of them, folded together. */
export interface Fold {
  readonly messages: Omit<Snapshot, 'type'>;
  readonly run: RunState;
}

/** The fold with one more event. Pure. @param fold - `null` before the first event, which is `created`. */
export function foldEvent(fold: Fold | null, event: GenerationEvent): Fold | null {
  switch (event.type) {
    case 'created':
    case 'snapshot': {
      const { conversation, requestMessage, responseMessage } = event;
      const messages = { conversation, requestMessage, responseMessage };
      return { messages, run: runOf(responseMessage) };
    }
    case 'title': {
      if (!fold) return null;
      const conversation = { ...fold.messages.conversation, title: event.title };
      return { ...fold, messages: { ...fold.messages, conversation } };
    }
    case 'final':
      return fold; // It tells what was stored, and follows by itself.
    default:
      return fold && { ...fold, run: reduceRun(fold.run, event) };
  }
}

/** The one event that stands for all that were folded. */
export function toSnapshot({ messages, run }: Fold): Snapshot {
  const responseMessage = { ...messages.responseMessage, ...summariseRun(run) };
  return { type: 'snapshot', ...messages, responseMessage };
}

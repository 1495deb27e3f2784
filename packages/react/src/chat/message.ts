import type { ChatEvent, ChatMessage, Ending, ErrorBody, Usage } from '@openrouter-native/protocol';

/** A question, as it was typed. */
export interface UserMessage {
  readonly id: string;
  readonly role: 'user';
  readonly text: string;
}

/** An answer, or as much of it as has arrived. */
export interface AssistantMessage {
  readonly id: string;
  readonly role: 'assistant';
  readonly text: string;
  /** What the model thought aloud before and while answering; often empty. */
  readonly reasoning: string;
  /** Generated pictures: data URLs or https URLs. */
  readonly images: readonly string[];
  /** What was asked for, such as `openrouter/auto`. */
  readonly requestedModel: string;
  /** The dated slug of the model that answers; `null` until it is known. */
  readonly servedModel: string | null;
  readonly provider: string | null;
  /** `gen-…`, for looking the answer up at OpenRouter. */
  readonly generationId: string | null;
  /** Tokens and the cost as charged, in US dollars; `null` when none was reported. */
  readonly usage: Usage | null;
  /** `null` while the answer is under way. */
  readonly ending: Ending | null;
  readonly error: ErrorBody['error'] | null;
}

/** One turn of a conversation, told apart by `role`. */
export type Message = UserMessage | AssistantMessage;

/** The answer after one more event. Pure. */
export function applyEvent(message: AssistantMessage, event: ChatEvent): AssistantMessage {
  switch (event.type) {
    case 'start': {
      const { generationId, model: servedModel, provider } = event;
      return { ...message, generationId, servedModel, provider };
    }
    case 'text-delta':
    case 'refusal-delta':
      return { ...message, text: message.text + event.text };
    case 'reasoning-delta':
      return { ...message, reasoning: message.reasoning + event.text };
    case 'image':
      return { ...message, images: [...message.images, event.url] };
    case 'usage':
      return { ...message, usage: event.usage };
    case 'error':
      return { ...message, error: event.error };
    case 'finish':
      return { ...message, ending: event.ending };
    case 'reasoning-details': // Wanted back by tool loops only; a conversation goes on without them.
    case 'tool-call-delta': // The request offers no tools.
    case 'annotation':
      return message;
    default:
      return event satisfies never;
  }
}

/** The conversation as it is sent: what was said, partial answers included, empty ones left out. */
export function toRequestMessages(messages: readonly Message[]): ChatMessage[] {
  return messages
    .filter((message) => message.text !== '')
    .map(({ role, text }) => ({ role, content: text }));
}

import {
  NO_PARENT,
  type Conversation,
  type GenerationEvent,
  type Message,
} from '@openrouter-native/protocol';

const AT = '2026-01-01T12:00:00.000Z';

export function aConversation(changes: Partial<Conversation> = {}): Conversation {
  return {
    conversationId: 'c',
    title: 'The sea',
    endpoint: 'openrouter',
    model: 'a/b',
    isArchived: false,
    user: 'u',
    createdAt: AT,
    updatedAt: AT,
    ...changes,
  };
}

/** An answer that has just begun. */
export function anAnswer(changes: Partial<Message> = {}): Message {
  return {
    messageId: 'm',
    conversationId: 'c',
    parentMessageId: NO_PARENT,
    isCreatedByUser: false,
    sender: 'a/b',
    text: '',
    content: [],
    endpoint: 'openrouter',
    model: 'a/b',
    ending: null,
    unfinished: true,
    error: false,
    createdAt: AT,
    updatedAt: AT,
    ...changes,
  };
}

export const created: GenerationEvent = {
  type: 'created',
  conversation: aConversation(),
  requestMessage: null,
  responseMessage: anAnswer(),
};

export const final: GenerationEvent = {
  type: 'final',
  conversation: aConversation(),
  responseMessage: anAnswer({ ending: 'complete', unfinished: false }),
};

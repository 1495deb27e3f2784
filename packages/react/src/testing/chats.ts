import { NO_PARENT, type Conversation, type Message } from '@openrouter-native/protocol';

const AT = '2026-10-01T12:00:00.000Z';

/** A conversation as the host stores it. */
export function aConversation(fields: Partial<Conversation> = {}): Conversation {
  return {
    conversationId: 'c1',
    title: 'New Chat',
    endpoint: 'openrouter',
    model: 'a/b',
    isArchived: false,
    user: 'u1',
    createdAt: AT,
    updatedAt: AT,
    ...fields,
  };
}

/** A stored question. */
export function aQuestion(fields: Partial<Message> = {}): Message {
  const text = fields.text ?? 'Why?';
  return {
    messageId: 'q1',
    conversationId: 'c1',
    parentMessageId: NO_PARENT,
    isCreatedByUser: true,
    sender: 'User',
    text,
    content: [{ type: 'text', text }],
    endpoint: 'openrouter',
    model: null,
    ending: null,
    unfinished: false,
    error: false,
    createdAt: AT,
    updatedAt: AT,
    ...fields,
  };
}

/** A stored answer; complete unless said otherwise. */
export function anAnswer(fields: Partial<Message> = {}): Message {
  const text = fields.text ?? '';
  return {
    ...aQuestion({ text, content: text === '' ? [] : [{ type: 'text', text, step: 0 }] }),
    messageId: 'a1',
    parentMessageId: 'q1',
    isCreatedByUser: false,
    sender: 'B',
    model: 'a/b',
    ending: 'complete',
    steps: [],
    annotations: [],
    ...fields,
  };
}

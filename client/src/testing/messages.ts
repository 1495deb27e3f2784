import type { Message } from '@openrouter-native/protocol';

const AT = '2026-10-01T12:00:00.000Z';

/** A stored answer; complete, from Claude Haiku 4.5, and saying `text`. */
export function anAnswer(fields: Partial<Message> = {}): Message {
  const { text = 'Hello' } = fields;
  return {
    messageId: 'a1',
    conversationId: 'c1',
    parentMessageId: 'q1',
    isCreatedByUser: false,
    sender: 'Claude Haiku 4.5',
    text,
    content: text === '' ? [] : [{ type: 'text', text, step: 0 }],
    endpoint: 'openrouter',
    model: 'anthropic/claude-haiku-4.5',
    served_model: 'anthropic/claude-4.5-haiku-20251001',
    provider: 'Anthropic',
    ending: 'complete',
    unfinished: false,
    error: false,
    usage: null,
    createdAt: AT,
    updatedAt: AT,
    ...fields,
  };
}

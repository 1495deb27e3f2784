import { NO_PARENT, type FileReference, type Message } from '@openrouter-native/protocol';

/** A question on its way, until the server has stored it and sends it back. */
export function aPendingQuestion(question: {
  messageId: string;
  conversationId: string;
  parentMessageId: string | null;
  text: string;
  files: readonly FileReference[];
  at: Date;
}): Message {
  const { messageId, conversationId, text, files } = question;
  const at = question.at.toISOString();
  return {
    messageId,
    conversationId,
    parentMessageId: question.parentMessageId ?? NO_PARENT,
    isCreatedByUser: true,
    sender: 'User',
    text,
    content: text === '' ? [] : [{ type: 'text', text }],
    files: [...files],
    endpoint: 'openrouter',
    model: null,
    ending: null,
    unfinished: false,
    error: false,
    createdAt: at,
    updatedAt: at,
  };
}

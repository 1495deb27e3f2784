import {
  createConversations,
  type NewConversation,
} from '@openrouter-native/api/database/conversations';
import { createMessages } from '@openrouter-native/api/database/messages';
import type { StoredMessage } from '@openrouter-native/api/database/schema';
import {
  aConversation,
  anAnswer,
  aQuestion,
  NOON,
} from '@openrouter-native/api/database/testing/chats';
import type { TestApp } from './test-app.ts';

/** Writes the rows of one user, as no model has to answer for. */
export interface Seeds {
  /** @returns Its id. */
  conversation(fields?: Partial<NewConversation>, at?: Date): Promise<string>;
  ask(conversationId: string, fields?: Partial<StoredMessage>): Promise<StoredMessage>;
  answer(conversationId: string, fields?: Partial<StoredMessage>): Promise<StoredMessage>;
}

export function createSeeds({ database: { queries } }: TestApp, userId: string): Seeds {
  const conversations = createConversations(queries);
  const messages = createMessages(queries);
  async function store(message: StoredMessage): Promise<StoredMessage> {
    if (!(await messages.create(message))) throw new Error(`${message.id} is taken`);
    return message;
  }
  return {
    async conversation(fields, at = NOON) {
      const conversation = aConversation({ userId, ...fields });
      if (!(await conversations.create(conversation, at))) throw new Error('The id is taken');
      return conversation.id;
    },
    ask: (conversationId, fields) => store(aQuestion({ userId, conversationId, ...fields })),
    answer: (conversationId, fields) => store(anAnswer({ userId, conversationId, ...fields })),
  };
}

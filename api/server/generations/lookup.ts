import { RequestError } from '@openrouter-native/plugin';
import { NO_PARENT } from '@openrouter-native/protocol';
import type { Conversations } from '../database/conversations.ts';
import type { Messages } from '../database/messages.ts';
import type { StoredConversation, StoredMessage } from '../database/schema.ts';
import { stillRunning } from './refusals.ts';

export interface LookupDependencies {
  conversations: Pick<Conversations, 'find'>;
  messages: Pick<Messages, 'find' | 'list' | 'branch'>;
}

/** Finds what a request names by id. @throws RequestError `not_found` for what is not there, or not this user's. */
export interface Lookup {
  /** @returns `null` when none is named: a new one is meant. */
  findConversation(
    userId: string,
    id: string | null | undefined,
  ): Promise<StoredConversation | null>;
  /** @param conversationId - Where it has to be; left open, anywhere. */
  findMessage(
    userId: string,
    id: string | null | undefined,
    conversationId: string | null | undefined,
  ): Promise<StoredMessage>;
  /**
   * The messages that a question follows. Left open, that is the latest one.
   *
   * @throws RequestError `conflict` while one of them is being given.
   */
  branchBefore(
    userId: string,
    parentId: string | null | undefined,
    conversation: StoredConversation | null,
  ): Promise<StoredMessage[]>;
}

/** Looks into the database. */
export function createLookup({ conversations, messages }: LookupDependencies): Lookup {
  return {
    async findConversation(userId, id) {
      if (id == null || id === 'new') return null;
      const conversation = await conversations.find(userId, id);
      if (!conversation) throw new RequestError('not_found', 'There is no such conversation.');
      return conversation;
    },
    async findMessage(userId, id, conversationId) {
      const message = id == null ? null : await messages.find(userId, id);
      const isElsewhere = conversationId != null && message?.conversationId !== conversationId;
      if (!message || isElsewhere) throw noSuchMessage();
      return message;
    },
    async branchBefore(userId, parentId, conversation) {
      if (parentId === null || parentId === NO_PARENT) return [];
      if (parentId === undefined && !conversation) return [];
      const last =
        parentId === undefined && conversation
          ? (await messages.list(userId, conversation.id)).at(-1)?.id
          : parentId;
      const branch = last === undefined ? [] : await messages.branch(userId, last);
      const parent = branch.at(-1);
      if (parentId !== undefined && (!parent || parent.conversationId !== conversation?.id)) {
        throw noSuchMessage();
      }
      if (branch.some((message) => !message.isCreatedByUser && message.ending === null)) {
        throw stillRunning('The answer before this question');
      }
      return branch;
    },
  };
}

function noSuchMessage(): RequestError {
  return new RequestError('not_found', 'There is no such message in this conversation.');
}

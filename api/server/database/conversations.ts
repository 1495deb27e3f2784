import type { StoredConversation } from './schema.ts';

/** What a new conversation begins with. */
export type NewConversation = Omit<StoredConversation, 'archivedAt' | 'createdAt' | 'updatedAt'>;

/** Changes to a conversation; what is left out stays. */
export type ConversationChange = Partial<
  Pick<StoredConversation, 'title' | 'endpoint' | 'model' | 'agentId' | 'settings' | 'archivedAt'>
>;

/** Which conversations, in which order. */
export interface ConversationFilter {
  userId: string;
  isArchived: boolean;
  /** Words in the title or in any message; `null` = all. */
  search: string | null;
  sortBy: 'updatedAt' | 'createdAt' | 'title';
  sortDirection: 'asc' | 'desc';
  /** At most. */
  limit: number;
  /** `nextCursor` of the page before. */
  cursor: string | null;
}

/** Conversations in a database. Each method sees those of one user only; another's is not there. */
export interface Conversations {
  /** @returns false when the id is taken, by whomever. */
  create(conversation: NewConversation, now: Date): Promise<boolean>;
  find(userId: string, id: string): Promise<StoredConversation | null>;
  /** @throws RequestError `invalid_request` for a cursor that is none. */
  list(
    filter: ConversationFilter,
  ): Promise<{ conversations: StoredConversation[]; nextCursor: string | null }>;
  /** @returns `null` when there is none. */
  change(
    userId: string,
    id: string,
    change: ConversationChange,
  ): Promise<StoredConversation | null>;
  /** Something was written in it. */
  touch(id: string, now: Date): Promise<void>;
  /** With their messages; `null` = all of the user's. @returns the deleted ids. */
  delete(userId: string, ids: readonly string[] | null): Promise<string[]>;
}

import { and, count, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { readConversationPage } from './conversation-page.ts';
import type { Queries } from './database.ts';
import { conversations, messages, type StoredConversation } from './schema.ts';
import { isUuid } from './uuid.ts';

/** What a new conversation begins with. */
export type NewConversation = Omit<StoredConversation, 'archivedAt' | 'createdAt' | 'updatedAt'>;

/** Changes to a conversation; what is left out stays. */
export type ConversationChange = Partial<
  Pick<StoredConversation, 'title' | 'endpoint' | 'model' | 'agentId' | 'settings' | 'archivedAt'>
>;

/** A conversation as a list shows it: settings may be as long as a book, and lists do without. */
export type ListedConversation = Omit<StoredConversation, 'settings'>;

/** Which conversations, in which order. */
export interface ConversationFilter {
  userId: string;
  isArchived: boolean;
  /** All of these words in the title, or all in one message; `null` = all. */
  search: string | null;
  sortBy: ConversationOrder;
  sortDirection: 'asc' | 'desc';
  /** At most. */
  limit: number;
  /** `nextCursor` of the page before. */
  cursor: string | null;
}

/** What a list goes by; `archivedAt` is for archived ones. */
export type ConversationOrder = 'updatedAt' | 'createdAt' | 'archivedAt' | 'title';

/** What went with deleted conversations. */
export interface DeletedConversations {
  ids: string[];
  /** How many messages they had. */
  messages: number;
}

/** Conversations in a database. Each method sees those of one user only; another's is not there. */
export interface Conversations {
  /** @returns false when the id is taken, by whomever. */
  create(conversation: NewConversation, now: Date): Promise<boolean>;
  find(userId: string, id: string): Promise<StoredConversation | null>;
  /** @throws RequestError `invalid_request` for a cursor that is none. */
  list(
    filter: ConversationFilter,
  ): Promise<{ conversations: ListedConversation[]; nextCursor: string | null }>;
  /** @returns `null` when there is none. */
  change(
    userId: string,
    id: string,
    change: ConversationChange,
  ): Promise<StoredConversation | null>;
  /**
   * Gives it another title, unless somebody else has done so.
   *
   * @param seen - The title that is to be replaced.
   * @returns false when it has another one, or is gone; nothing is changed then.
   */
  retitle(userId: string, id: string, seen: string, title: string): Promise<boolean>;
  /** Something was written in it. */
  touch(id: string, now: Date): Promise<void>;
  /** With their messages; `null` = all of the user's. */
  delete(userId: string, ids: readonly string[] | null): Promise<DeletedConversations>;
}

/** The conversations in a database. */
export function createConversations(queries: Queries): Conversations {
  return {
    async create(conversation, now) {
      const rows = await queries
        .insert(conversations)
        .values({ ...conversation, createdAt: now, updatedAt: now })
        .onConflictDoNothing({ target: conversations.id })
        .returning({ id: conversations.id });
      return rows.length > 0;
    },
    async find(userId, id) {
      if (!isUuid(id)) return null;
      const rows = await queries
        .select()
        .from(conversations)
        .where(owned(userId, [id]));
      return rows[0] ?? null;
    },
    list: (filter) => readConversationPage(queries, filter),
    async change(userId, id, change) {
      if (!isUuid(id)) return null;
      const rows = await queries
        .update(conversations)
        .set({ ...change, id: sql`id` }) // A change of nothing is no valid statement.
        .where(owned(userId, [id]))
        .returning();
      return rows[0] ?? null;
    },
    async retitle(userId, id, seen, title) {
      if (!isUuid(id)) return false;
      const rows = await queries
        .update(conversations)
        .set({ title })
        .where(and(owned(userId, [id]), eq(conversations.title, seen)))
        .returning({ id: conversations.id });
      return rows.length > 0;
    },
    async touch(id, now) {
      await queries
        .update(conversations)
        .set({
          updatedAt: sql`greatest(${conversations.updatedAt}, ${now.toISOString()}::timestamptz)`,
        })
        .where(eq(conversations.id, id));
    },
    delete: (userId, ids) =>
      queries.transaction(async (transaction) => {
        const isChosen = owned(userId, ids);
        // Messages that are being added come in before this, or find no conversation.
        await transaction
          .select({ id: conversations.id })
          .from(conversations)
          .where(isChosen)
          .for('update');
        const gone = transaction
          .$with('gone')
          .as(
            transaction.delete(conversations).where(isChosen).returning({ id: conversations.id }),
          );
        const rows = await transaction
          .with(gone)
          .select({ id: gone.id, messages: count(messages.id) })
          .from(gone)
          .leftJoin(messages, eq(messages.conversationId, gone.id))
          .groupBy(gone.id);
        return {
          ids: rows.map(({ id }) => id),
          messages: rows.reduce((sum, row) => sum + row.messages, 0),
        };
      }),
  };
}

function owned(userId: string, ids: readonly string[] | null): SQL | undefined {
  return and(
    eq(conversations.userId, userId),
    ids === null ? undefined : inArray(conversations.id, ids.filter(isUuid)),
  );
}

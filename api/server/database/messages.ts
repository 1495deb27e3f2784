import { RequestError } from '@openrouter-native/plugin';
import { textOf, type ContentPart } from '@openrouter-native/protocol';
import { and, asc, eq, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm';
import { errorCode } from '../error-code.ts';
import type { Queries } from './database.ts';
import { readMessagePage, type FoundMessage, type MessageSearch } from './message-page.ts';
import { conversationRoom, requireRoom, type ConversationRoom } from './message-room.ts';
import { parentsFirst, readBranch, readTree } from './message-tree.ts';
import { messages, type StoredMessage } from './schema.ts';
import { isUuid } from './uuid.ts';

/** Everything that an answer gains while it is given. */
export type MessageProgress = Pick<
  StoredMessage,
  | 'text'
  | 'content'
  | 'steps'
  | 'annotations'
  | 'ending'
  | 'error'
  | 'limit'
  | 'firstContentMs'
  | 'durationMs'
  | 'leaseUntil'
>;

/** Messages in a database. Each method sees those of one user only; another's is not there. */
export interface Messages {
  /**
   * @returns false when the id is taken, by whomever; nothing is written then.
   * @throws RequestError `not_found` when its conversation or what it follows was deleted,
   *   `payload_too_large` when the conversation is full.
   */
  create(message: StoredMessage): Promise<boolean>;
  find(userId: string, id: string): Promise<StoredMessage | null>;
  /** All branches, oldest first, and none before the one it follows. */
  list(userId: string, conversationId: string): Promise<StoredMessage[]>;
  /** How the oldest message of a conversation begins; `null` when there is none. */
  firstText(userId: string, conversationId: string): Promise<string | null>;
  /** From the first message of its branch to this one; empty when there is no such message. */
  branch(userId: string, id: string): Promise<StoredMessage[]>;
  /** Messages that contain all of the words, newest first. @throws RequestError `invalid_request` for a cursor that is none. */
  search(search: MessageSearch): Promise<{ messages: FoundMessage[]; nextCursor: string | null }>;
  /**
   * Writes an answer so far, or whole, while it has a lease.
   *
   * @returns false when it has none: it was deleted, or ended by somebody else; nothing is written then.
   */
  progress(id: string, progress: MessageProgress, now: Date): Promise<boolean>;
  /**
   * Lets an answer that has ended go on, as `progress` says, with a lease again. Of several that try at
   * once, one succeeds.
   *
   * @param seen - The answer as it was when it was decided to go on with it.
   * @returns false when it is not like that any more; nothing is written then.
   */
  reopen(
    seen: Pick<StoredMessage, 'id' | 'userId' | 'updatedAt'>,
    progress: MessageProgress,
    now: Date,
  ): Promise<boolean>;
  /**
   * Changes what a message says.
   *
   * @param rewrite - Makes the new content of the present one; may throw, and nothing is changed then.
   * @returns `null` when there is no such message.
   * @throws RequestError `conflict` while an answer is being given, `payload_too_large` when it gets
   *   longer and the conversation is full.
   */
  rewrite(
    userId: string,
    id: string,
    rewrite: (content: ContentPart[]) => ContentPart[],
    now: Date,
  ): Promise<StoredMessage | null>;
  /** With everything that follows it. @returns the deleted ids. */
  delete(userId: string, id: string): Promise<string[]>;
  /**
   * Ends as `cut` what nobody gives any more.
   *
   * @param before - Leases that ended before this moment; `null` = all that are running.
   * @returns how many there were.
   */
  cutAbandoned(before: Date | null, now: Date): Promise<number>;
}

/** More than a title is made of. */
const FIRST_CHARACTERS = 2000;

const FOREIGN_KEY_VIOLATION = '23503';

/** The messages in a database. */
export function createMessages(queries: Queries, room = conversationRoom): Messages {
  return {
    async create(message) {
      await requireRoom(queries, message.conversationId, room);
      try {
        const rows = await queries
          .insert(messages)
          .values(message)
          .onConflictDoNothing({ target: messages.id })
          .returning({ id: messages.id });
        return rows.length > 0;
      } catch (error) {
        if (stateOf(error) !== FOREIGN_KEY_VIOLATION) throw error;
        throw new RequestError('not_found', 'The conversation or the message that this one follows was deleted.'); // prettier-ignore
      }
    },
    async find(userId, id) {
      if (!isUuid(id)) return null;
      const rows = await queries.select().from(messages).where(owned(userId, id));
      return rows[0] ?? null;
    },
    async list(userId, conversationId) {
      if (!isUuid(conversationId)) return [];
      const rows = await queries
        .select()
        .from(messages)
        .where(and(eq(messages.conversationId, conversationId), eq(messages.userId, userId)))
        .orderBy(asc(messages.createdAt), asc(messages.id));
      return parentsFirst(rows);
    },
    async firstText(userId, conversationId) {
      if (!isUuid(conversationId)) return null;
      const [first] = await queries
        .select({ text: sql<string>`left(${messages.text}, ${FIRST_CHARACTERS})` })
        .from(messages)
        .where(and(eq(messages.conversationId, conversationId), eq(messages.userId, userId)))
        .orderBy(asc(messages.createdAt), asc(messages.id))
        .limit(1);
      return first?.text ?? null;
    },
    branch: async (userId, id) => (isUuid(id) ? readBranch(queries, userId, id) : []),
    search: (search) => readMessagePage(queries, search),
    async progress(id, progress, now) {
      const rows = await queries
        .update(messages)
        .set({ ...progress, updatedAt: now })
        .where(and(eq(messages.id, id), isNotNull(messages.leaseUntil)))
        .returning({ id: messages.id });
      return rows.length > 0;
    },
    async reopen({ id, userId, updatedAt }, progress, now) {
      const hasEnded = and(isNotNull(messages.ending), isNull(messages.leaseUntil));
      const rows = await queries
        .update(messages)
        .set({ ...progress, updatedAt: now })
        .where(and(owned(userId, id), hasEnded, eq(messages.updatedAt, updatedAt)))
        .returning({ id: messages.id });
      return rows.length > 0;
    },
    rewrite: async (userId, id, rewrite, now) =>
      isUuid(id)
        ? queries.transaction((transaction) =>
            rewriteMessage(transaction, room, { userId, id, rewrite, now }),
          )
        : null,
    async delete(userId, id) {
      if (!isUuid(id)) return [];
      const ids = await readTree(queries, userId, id);
      const rows = await queries
        .delete(messages)
        .where(sql`${messages.id} = any(${sql.param(ids)}::uuid[])`) // One parameter, however many.
        .returning({ id: messages.id });
      return rows.map((row) => row.id);
    },
    async cutAbandoned(before, now) {
      const rows = await queries
        .update(messages)
        .set({ ending: 'cut', leaseUntil: null, updatedAt: now })
        .where(
          and(
            eq(messages.isCreatedByUser, false),
            isNull(messages.ending),
            before ? lt(messages.leaseUntil, before) : undefined,
          ),
        )
        .returning({ id: messages.id });
      return rows.length;
    },
  };
}

interface Rewriting {
  userId: string;
  id: string;
  rewrite: (content: ContentPart[]) => ContentPart[];
  now: Date;
}

async function rewriteMessage(
  transaction: Queries,
  room: ConversationRoom,
  { userId, id, rewrite, now }: Rewriting,
): Promise<StoredMessage | null> {
  const [message] = await transaction
    .select()
    .from(messages)
    .where(owned(userId, id))
    .for('update');
  if (!message) return null;
  if (!message.isCreatedByUser && message.ending === null) {
    throw new RequestError('conflict', 'This answer is still being given.', {
      action: 'Wait until it ends, or stop it.',
    });
  }
  const content = rewrite(message.content);
  const text = textOf(content);
  if (text.length > textOf(message.content).length) {
    await requireRoom(transaction, message.conversationId, { ...room, messages: Infinity });
  }
  const [written] = await transaction
    .update(messages)
    .set({ content, text, updatedAt: now })
    .where(eq(messages.id, id))
    .returning();
  return written ?? null;
}

function owned(userId: string, id: string): SQL | undefined {
  return and(eq(messages.id, id), eq(messages.userId, userId));
}

/** The SQLSTATE of a failed query. Drizzle wraps what the database said. */
function stateOf(error: unknown): string | null {
  return errorCode(error instanceof Error && error.cause !== undefined ? error.cause : error);
}

import { and, desc, eq, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { decodeCursor, encodeCursor, placeIdSchema, placeTimeSchema } from './cursor.ts';
import type { Queries } from './database.ts';
import { conversations, messages, type StoredMessage } from './schema.ts';
import { containsAll, searchWords } from './search.ts';

/** Which messages, newest first. */
export interface MessageSearch {
  userId: string;
  /** All of these words in one message. Without any, nothing is found. */
  search: string;
  /** At most; a page of very long messages holds fewer. */
  limit: number;
  /** `nextCursor` of the page before. */
  cursor: string | null;
}

/** A page ends early behind messages of this size together. */
const PAGE_BYTES = 8 * 1024 * 1024;

/** A message with the title of its conversation. */
export type FoundMessage = StoredMessage & { title: string };

/** One page of found messages. @throws RequestError `invalid_request` for a cursor that is none. */
export async function readMessagePage(
  queries: Queries,
  { userId, search, limit, cursor }: MessageSearch,
): Promise<{ messages: FoundMessage[]; nextCursor: string | null }> {
  const words = searchWords(search);
  const isBehind = isBehindCursor(cursor);
  if (words.length === 0) return { messages: [], nextCursor: null };

  const { id, createdAt, content } = messages;
  const candidates = await queries
    .select({ id, createdAt, bytes: sql<number>`octet_length(${content}::text)` })
    .from(messages)
    .where(and(eq(messages.userId, userId), containsAll(messages.text, words), isBehind))
    .orderBy(desc(createdAt), desc(id))
    .limit(limit + 1);
  let bytes = 0;
  const fitting = candidates.slice(0, limit).filter((candidate, index) => {
    bytes += candidate.bytes;
    return index === 0 || bytes <= PAGE_BYTES;
  });
  const last = fitting.at(-1);
  return {
    messages: await readMessages(queries, fitting.map((found) => found.id)), // prettier-ignore
    nextCursor: last && fitting.length < candidates.length ? encodePlace(last) : null,
  };
}

function readMessages(queries: Queries, ids: readonly string[]): Promise<FoundMessage[]> {
  return queries
    .select({ ...getTableColumns(messages), title: conversations.title })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(inArray(messages.id, [...ids]))
    .orderBy(desc(messages.createdAt), desc(messages.id));
}

const placeSchema = z.tuple([placeTimeSchema, placeIdSchema]);

function isBehindCursor(cursor: string | null): SQL | undefined {
  if (cursor === null) return undefined;
  const [time, id] = decodeCursor(cursor, placeSchema);
  return sql`(${messages.createdAt}, ${messages.id}) < (${time}::timestamptz, ${id}::uuid)`;
}

function encodePlace({ createdAt, id }: Pick<StoredMessage, 'createdAt' | 'id'>): string {
  return encodeCursor([createdAt.toISOString(), id]);
}

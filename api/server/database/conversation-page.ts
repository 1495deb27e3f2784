import { and, asc, desc, eq, exists, getTableColumns, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm'; // prettier-ignore
import { z } from 'zod';
import type { ConversationFilter, ConversationOrder, ListedConversation } from './conversations.ts';
import { decodeCursor, encodeCursor, placeIdSchema, placeTimeSchema } from './cursor.ts';
import type { Queries } from './database.ts';
import { conversations, messages } from './schema.ts';
import { containsAll, searchWords } from './search.ts';
import { storableText } from './storable-text.ts';

const { settings: _settings, ...listedColumns } = getTableColumns(conversations);

/** What each order goes by; equals follow in the order of their ids. */
const orders: Record<ConversationOrder, SQL> = {
  updatedAt: sql`${conversations.updatedAt}`,
  createdAt: sql`${conversations.createdAt}`,
  archivedAt: sql`${conversations.archivedAt}`,
  title: sql`lower(${conversations.title})`,
};

/** One page of conversations. @throws RequestError `invalid_request` for a cursor that is none. */
export async function readConversationPage(
  queries: Queries,
  filter: ConversationFilter,
): Promise<{ conversations: ListedConversation[]; nextCursor: string | null }> {
  const { sortBy, limit } = filter;
  const direct = filter.sortDirection === 'asc' ? asc : desc;
  const rows = await queries
    .select(listedColumns)
    .from(conversations)
    .where(
      and(
        eq(conversations.userId, filter.userId),
        (filter.isArchived ? isNotNull : isNull)(conversations.archivedAt),
        filter.search === null ? undefined : isFound(queries, filter.search),
        isBehindCursor(filter),
      ),
    )
    .orderBy(direct(orders[sortBy]), direct(conversations.id))
    .limit(limit + 1);

  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = last && rows.length > limit ? encodePlace(sortBy, last) : null;
  return { conversations: page, nextCursor };
}

function isFound(queries: Queries, search: string): SQL | undefined {
  const words = searchWords(search);
  const inMessage = queries
    .select({ one: sql`1` })
    .from(messages)
    .where(and(eq(messages.conversationId, conversations.id), containsAll(messages.text, words)));
  return words.length > 0
    ? or(containsAll(conversations.title, words), exists(inMessage))
    : undefined;
}

function isBehindCursor({ cursor, sortBy, sortDirection }: ConversationFilter): SQL | undefined {
  if (cursor === null) return undefined;
  const valueSchema = sortBy === 'title' ? z.string() : placeTimeSchema;
  const [, value, id] = decodeCursor(
    cursor,
    z.tuple([z.literal(sortBy), valueSchema, placeIdSchema]),
  );
  const operator = sql.raw(sortDirection === 'asc' ? '>' : '<');
  const bound =
    sortBy === 'title' ? sql`lower(${storableText(value)})` : sql`${value}::timestamptz`;
  return sql`(${orders[sortBy]}, ${conversations.id}) ${operator} (${bound}, ${id}::uuid)`;
}

function encodePlace(sortBy: ConversationOrder, last: ListedConversation): string {
  const value = last[sortBy];
  return encodeCursor([
    sortBy,
    value instanceof Date ? value.toISOString() : (value ?? ''),
    last.id,
  ]);
}

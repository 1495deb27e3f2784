import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { messages, type StoredMessage } from './schema.ts';

/** Longer than any branch, as a conversation has room for half as many; so that the query ends whatever the rows say. */
const MAX_DEPTH = 20_000;

/** From the first message of its branch to this one. */
export function readBranch(queries: Queries, userId: string, id: string): Promise<StoredMessage[]> {
  const line = sql`(
    with recursive line (id, parent_id, distance) as (
      select id, parent_id, 0 from messages where id = ${id} and user_id = ${userId}
      union all
      select m.id, m.parent_id, line.distance + 1
      from messages m join line on m.id = line.parent_id
      where m.user_id = ${userId} and line.distance < ${MAX_DEPTH}
    )
    select id, distance from line
  ) as line`;
  return queries
    .select(getTableColumns(messages))
    .from(messages)
    .innerJoin(line, eq(messages.id, sql`line.id`))
    .orderBy(sql`line.distance desc`);
}

/**
 * The ids of a message and of everything that follows it, parents first; empty when there is no such
 * message. Looks at the conversation as a whole: a recursive query downward may read the table once
 * for each message.
 */
export async function readTree(queries: Queries, userId: string, id: string): Promise<string[]> {
  const { conversationId, parentId } = messages;
  const own = queries
    .select({ conversationId })
    .from(messages)
    .where(and(eq(messages.id, id), eq(messages.userId, userId)));
  const rows = await queries
    .select({ id: messages.id, parentId })
    .from(messages)
    .where(inArray(conversationId, own));

  const followers = Map.groupBy(rows, (row) => row.parentId);
  const tree = rows.filter((row) => row.id === id.toLowerCase());
  for (const row of tree) tree.push(...(followers.get(row.id) ?? []));
  return tree.map((row) => row.id);
}

/**
 * The messages in the same order, but none before the one it follows: clocks are set back, and what
 * is written within one millisecond has no order.
 */
export function parentsFirst(list: readonly StoredMessage[]): StoredMessage[] {
  const waiting = new Map<string, StoredMessage[]>();
  const ids = new Set(list.map(({ id }) => id));
  const placed = new Set<string>();
  const ordered: StoredMessage[] = [];
  for (const message of list) {
    const { parentId } = message;
    if (parentId !== null && ids.has(parentId) && !placed.has(parentId)) {
      const siblings = waiting.get(parentId) ?? [];
      siblings.push(message);
      waiting.set(parentId, siblings);
      continue;
    }
    const ready = [message];
    for (const next of ready) {
      placed.add(next.id);
      ordered.push(next);
      ready.push(...(waiting.get(next.id) ?? []));
      waiting.delete(next.id);
    }
  }
  return ordered;
}

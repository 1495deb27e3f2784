import { RequestError } from '@openrouter-native/plugin';
import { count, eq, sql } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { messages } from './schema.ts';

/** How much one conversation may hold: it is read as a whole, and what is read must fit into memory. */
export interface ConversationRoom {
  messages: number;
  /** Of what messages consist of and what their steps keep, as JSON. */
  bytes: number;
}

/** Several times what the longest context takes; branches and the results of tools count, too. */
export const conversationRoom: ConversationRoom = { messages: 10_000, bytes: 32 * 1024 * 1024 };

/** @throws RequestError `payload_too_large` when a conversation can take no more messages. */
export async function requireRoom(
  queries: Queries,
  conversationId: string,
  room: ConversationRoom,
): Promise<void> {
  const size = sql<number>`octet_length(${messages.content}::text) + octet_length(${messages.steps}::text)`;
  const [used] = await queries
    .select({ messages: count(), bytes: sql`coalesce(sum(${size}), 0)`.mapWith(Number) })
    .from(messages)
    .where(eq(messages.conversationId, conversationId));
  if (!used || (used.messages < room.messages && used.bytes < room.bytes)) return;
  throw new RequestError('payload_too_large', 'This conversation is full.', {
    action: 'Begin a new conversation, or delete messages of this one.',
  });
}

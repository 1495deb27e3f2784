import { RequestError } from '@openrouter-native/plugin';
import { and, desc, eq, ilike, inArray, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { isAgentId } from '../agents/agent-id.ts';
import { versionBytes } from './agent-history.ts';
import { isCurrentVersion, readAgents, type AgentRecord } from './agent-record.ts';
import type { Queries } from './database.ts';
import { agents, agentVersions } from './schema.ts';

/** Which agents. */
export interface AgentFilter {
  userId: string;
  /** At most; a page of very large agents holds fewer. */
  limit: number;
  /** Cursor of the page before; `null` = the first page. */
  after: string | null;
  /** A part of the name or the description, in any case; `null` = all. */
  search: string | null;
}

/** A page ends early behind agents of this size together: instructions may be a megabyte each. */
const PAGE_BYTES = 8 * 1024 * 1024;

/** Reads one page of agents, the latest change first. @throws RequestError for a cursor that is none. */
export async function readAgentPage(
  queries: Queries,
  filter: AgentFilter,
): Promise<{ agents: AgentRecord[]; hasMore: boolean; after: string | null }> {
  const candidates = await queries
    .select({ id: agents.id, updatedAt: agents.updatedAt, bytes: versionBytes })
    .from(agents)
    .innerJoin(agentVersions, isCurrentVersion)
    .where(and(eq(agents.userId, filter.userId), isBehind(filter.after), matches(filter.search)))
    .orderBy(desc(agents.updatedAt), desc(agents.id))
    .limit(filter.limit + 1);

  let total = 0;
  const fitting = candidates.slice(0, filter.limit).filter(({ bytes }, place) => {
    total += bytes;
    return place === 0 || total <= PAGE_BYTES;
  });
  const ids = fitting.map(({ id }) => id);
  const found = new Map(
    (ids.length > 0 ? await readAgents(queries, inArray(agents.id, ids)) : []).map((agent) => [
      agent.id,
      agent,
    ]),
  );
  const last = fitting.at(-1);
  const hasMore = last !== undefined && fitting.length < candidates.length;
  return {
    agents: ids.flatMap((id) => found.get(id) ?? []), // Deleted a moment ago.
    hasMore,
    after: hasMore ? encodeCursor(last) : null,
  };
}

function matches(search: string | null): SQL | undefined {
  if (search === null) return undefined;
  const literal = search.replace(/[\\%_]/g, '\\$&').replaceAll('\0', '');
  return ilike(agents.searchText, `%${literal}%`);
}

/** Where a page ended: the values that its order goes by. */
interface Position {
  updatedAt: Date;
  id: string;
}

const LATEST_MS = Date.parse('9999-12-31T23:59:59Z'); // Later ones are written in another form.
const cursorSchema = z.tuple([z.int().min(0).max(LATEST_MS), z.string().refine(isAgentId)]);

function encodeCursor({ updatedAt, id }: Position): string {
  return Buffer.from(JSON.stringify([updatedAt.getTime(), id])).toString('base64url');
}

function isBehind(cursor: string | null): SQL | undefined {
  if (cursor === null) return undefined;
  const { updatedAt, id } = decodeCursor(cursor);
  return sql`(${agents.updatedAt}, ${agents.id}) < (${updatedAt.toISOString()}::timestamptz, ${id})`;
}

function decodeCursor(cursor: string): Position {
  try {
    const content: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const [updatedAtMs, id] = cursorSchema.parse(content);
    return { updatedAt: new Date(updatedAtMs), id };
  } catch {
    throw new RequestError('invalid_request', 'The cursor is none that this server gave.', {
      action: 'Begin with the first page.',
    });
  }
}

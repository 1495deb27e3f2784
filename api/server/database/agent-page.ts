import { and, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { isAgentId } from '../agents/agent-id.ts';
import { versionBytes } from './agent-history.ts';
import { isCurrentVersion, readAgents, type AgentRecord } from './agent-record.ts';
import { decodeCursor, encodeCursor, placeTimeSchema } from './cursor.ts';
import type { Queries } from './database.ts';
import { agents, agentVersions } from './schema.ts';
import { containsAll, searchWords } from './search.ts';

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
  const { search } = filter;
  const candidates = await queries
    .select({ id: agents.id, updatedAt: agents.updatedAt, bytes: versionBytes })
    .from(agents)
    .innerJoin(agentVersions, isCurrentVersion)
    .where(
      and(
        eq(agents.userId, filter.userId),
        isBehind(filter.after),
        search === null ? undefined : containsAll(agents.searchText, searchWords(search)),
      ),
    )
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
    after: hasMore ? encodeCursor([last.updatedAt.toISOString(), last.id]) : null,
  };
}

/** Where a page ended: what its order goes by. */
const placeSchema = z.tuple([placeTimeSchema, z.string().refine(isAgentId)]);

function isBehind(cursor: string | null): SQL | undefined {
  if (cursor === null) return undefined;
  const [updatedAt, id] = decodeCursor(cursor, placeSchema);
  return sql`(${agents.updatedAt}, ${agents.id}) < (${updatedAt}::timestamptz, ${id})`;
}

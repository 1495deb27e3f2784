import type { AgentFields } from '@openrouter-native/protocol';
import { and, eq, type SQL } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { agents, agentVersions, type StoredAgent } from './schema.ts';

/** An agent with what its current version is made of. */
export type AgentRecord = StoredAgent & { fields: AgentFields };

/** Ties an agent to its current version. */
export const isCurrentVersion = and(
  eq(agentVersions.agentId, agents.id),
  eq(agentVersions.version, agents.version),
);

/** Reads agents, in no particular order. */
export async function readAgents(queries: Queries, which: SQL | undefined): Promise<AgentRecord[]> {
  const rows = await queries
    .select({ agent: agents, fields: agentVersions.fields })
    .from(agents)
    .innerJoin(agentVersions, isCurrentVersion)
    .where(which);
  return rows.map(({ agent, fields }) => ({ ...agent, fields }));
}

/** What a search looks through. */
export function searchTextOf({ name, description }: AgentFields): string {
  return `${name ?? ''}\n${description ?? ''}`;
}

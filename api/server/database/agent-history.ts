import { isDeepStrictEqual } from 'node:util';
import { RequestError } from '@openrouter-native/plugin';
import type { AgentFields } from '@openrouter-native/protocol';
import { and, asc, desc, eq, lte, sql, type SQL } from 'drizzle-orm';
import { readAgents, searchTextOf, type AgentRecord } from './agent-record.ts';
import type { Queries } from './database.ts';
import { agents, agentVersions, type StoredAgentVersion } from './schema.ts';
import { storableJson } from './storable-json.ts';

/**
 * One of the versions of an agent: by its number, or by its place among those that are kept, which
 * counts from 0 with the oldest first.
 */
export type AgentVersionChoice = { version: number } | { index: number };

/** When one more is added, the oldest goes. */
export const VERSIONS_PER_AGENT = 200;
/** All versions of an agent are read at once, so large ones are kept for a shorter time. */
export const VERSION_BYTES_PER_AGENT = 16 * 1024 * 1024;

/** Bytes of what a version is made of, as JSON. */
export const versionBytes = sql`octet_length(${agentVersions.fields}::text)`.mapWith(Number);

/** Reads an agent that nobody else can change before the transaction ends. */
export async function lockAgent(
  transaction: Queries,
  which: SQL | undefined,
): Promise<AgentRecord | null> {
  await transaction.select({ id: agents.id }).from(agents).where(which).for('update');
  // Read again: who held the lock before may have added a version.
  const [agent] = await readAgents(transaction, which);
  return agent ?? null;
}

/** @throws RequestError `invalid_request` when there is no such version, or not any more. */
export async function findVersion(
  transaction: Queries,
  agentId: string,
  choice: AgentVersionChoice,
): Promise<StoredAgentVersion> {
  const ofAgent = eq(agentVersions.agentId, agentId);
  const query = transaction.select().from(agentVersions);
  const [version] =
    'version' in choice
      ? await query.where(and(ofAgent, eq(agentVersions.version, choice.version)))
      : await query
          .where(ofAgent)
          .orderBy(asc(agentVersions.version))
          .offset(choice.index)
          .limit(1);
  if (version) return version;
  throw new RequestError('invalid_request', 'The agent has no such version, or not any more.', {
    action: 'Choose one of the versions that are listed.',
  });
}

/** Makes a locked agent consist of other fields. @returns The agent itself when nothing differs. */
export async function addVersion(
  transaction: Queries,
  agent: AgentRecord,
  given: AgentFields,
  now: Date,
): Promise<AgentRecord> {
  const fields = storableJson(given);
  if (isDeepStrictEqual(fields, agent.fields)) return agent;
  const version = agent.version + 1;
  // Whoever waited for the lock took the time before; LibreChat's client tells versions apart by it.
  const updatedAt = new Date(Math.max(now.getTime(), agent.updatedAt.getTime() + 1));
  const changed = { version, searchText: searchTextOf(fields), updatedAt };
  await transaction
    .insert(agentVersions)
    .values({ agentId: agent.id, version, fields, createdAt: updatedAt });
  await transaction.update(agents).set(changed).where(eq(agents.id, agent.id));
  await dropOldVersions(transaction, agent.id);
  return { ...agent, ...changed, fields };
}

async function dropOldVersions(transaction: Queries, agentId: string): Promise<void> {
  const versions = await transaction
    .select({ version: agentVersions.version, bytes: versionBytes })
    .from(agentVersions)
    .where(eq(agentVersions.agentId, agentId))
    .orderBy(desc(agentVersions.version));
  let total = 0;
  const tooMuch = versions.findIndex(({ bytes }, place) => {
    total += bytes;
    return place > 0 && (place >= VERSIONS_PER_AGENT || total > VERSION_BYTES_PER_AGENT);
  });
  const newestToDrop = versions[tooMuch];
  if (!newestToDrop) return;
  await transaction
    .delete(agentVersions)
    .where(
      and(eq(agentVersions.agentId, agentId), lte(agentVersions.version, newestToDrop.version)),
    );
}

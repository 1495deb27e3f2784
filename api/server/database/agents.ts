import type { AgentFields } from '@openrouter-native/protocol';
import { RequestError } from '@openrouter-native/plugin';
import { and, asc, eq, type SQL } from 'drizzle-orm';
import { createAgentId, isAgentId } from '../agents/agent-id.ts';
import { addVersion, findVersion, lockAgent, type AgentVersionChoice } from './agent-history.ts';
import { readAgentPage, type AgentFilter } from './agent-page.ts';
import { readAgents, searchTextOf, type AgentRecord } from './agent-record.ts';
import type { Queries } from './database.ts';
import { agents, agentVersions, users, type StoredAgentVersion } from './schema.ts';
import { storableJson } from './storable-json.ts';

export type { AgentVersionChoice } from './agent-history.ts';
export type { AgentFilter } from './agent-page.ts';
export type { AgentRecord } from './agent-record.ts';

/** Agents in a database. Each method sees those of one user only; another's is not there. */
export interface Agents {
  /** @throws RequestError `conflict` for one more than {@link AGENTS_PER_USER}. */
  create(userId: string, fields: AgentFields, now: Date): Promise<AgentRecord>;
  find(userId: string, id: string): Promise<AgentRecord | null>;
  /** Latest change first. @throws RequestError `invalid_request` for a cursor that is none. */
  list(
    filter: AgentFilter,
  ): Promise<{ agents: AgentRecord[]; hasMore: boolean; after: string | null }>;
  /**
   * Adds a version; none when nothing differs. Of changes made at once, each is kept.
   *
   * @returns `null` when there is no such agent.
   */
  change(
    userId: string,
    id: string,
    change: Partial<AgentFields>,
    now: Date,
  ): Promise<AgentRecord | null>;
  /**
   * Adds a copy of an earlier version; none when nothing differs.
   *
   * @returns `null` when there is no such agent.
   * @throws RequestError `invalid_request` when it has no such version, or not any more.
   */
  revert(
    userId: string,
    id: string,
    to: AgentVersionChoice,
    now: Date,
  ): Promise<AgentRecord | null>;
  /** Oldest first; empty when there is no such agent. */
  versions(userId: string, id: string): Promise<StoredAgentVersion[]>;
  /** @returns false when there was none. */
  delete(userId: string, id: string): Promise<boolean>;
}

/** More than a person can tell apart; what one account may fill has to end somewhere. */
export const AGENTS_PER_USER = 1000;

/** The agents in a database. @param createId - Makes the id of a new agent. */
export function createAgents(queries: Queries, createId: () => string = createAgentId): Agents {
  return {
    create(userId, given, now) {
      const fields = storableJson(given);
      return queries.transaction(async (transaction) => {
        await requireRoom(transaction, userId);
        const agent = {
          id: createId(),
          userId,
          version: 1,
          searchText: searchTextOf(fields),
          createdAt: now,
          updatedAt: now,
        };
        await transaction.insert(agents).values(agent);
        await transaction
          .insert(agentVersions)
          .values({ agentId: agent.id, version: 1, fields, createdAt: now });
        return { ...agent, fields };
      });
    },
    find: (userId, id) => findAgent(queries, userId, id),
    list: (filter) => readAgentPage(queries, filter),
    async change(userId, id, change, now) {
      if (!isAgentId(id)) return null;
      return queries.transaction(async (transaction) => {
        const agent = await lockAgent(transaction, owned(userId, id));
        return agent && addVersion(transaction, agent, { ...agent.fields, ...change }, now);
      });
    },
    async revert(userId, id, to, now) {
      if (!isAgentId(id)) return null;
      return queries.transaction(async (transaction) => {
        const agent = await lockAgent(transaction, owned(userId, id));
        if (!agent) return null;
        const { fields } = await findVersion(transaction, id, to);
        return addVersion(transaction, agent, fields, now);
      });
    },
    async versions(userId, id) {
      if (!(await findAgent(queries, userId, id))) return [];
      return queries
        .select()
        .from(agentVersions)
        .where(eq(agentVersions.agentId, id))
        .orderBy(asc(agentVersions.version));
    },
    async delete(userId, id) {
      if (!isAgentId(id)) return false;
      const rows = await queries.delete(agents).where(owned(userId, id)).returning();
      return rows.length > 0;
    },
  };
}

async function findAgent(
  queries: Queries,
  userId: string,
  id: string,
): Promise<AgentRecord | null> {
  if (!isAgentId(id)) return null;
  const [agent] = await readAgents(queries, owned(userId, id));
  return agent ?? null;
}

function owned(userId: string, id: string): SQL | undefined {
  return and(eq(agents.userId, userId), eq(agents.id, id));
}

/** Holds the account until the transaction ends, so that of two at once only one is the last. */
async function requireRoom(transaction: Queries, userId: string): Promise<void> {
  await transaction
    .select({ id: users.id })
    .from(users)
    .where(eq(users.id, userId))
    .for('no key update');
  if ((await transaction.$count(agents, eq(agents.userId, userId))) < AGENTS_PER_USER) return;
  throw new RequestError('conflict', `An account can have ${AGENTS_PER_USER} agents at most.`, {
    action: 'Delete an agent that is no longer needed, then try again.',
  });
}

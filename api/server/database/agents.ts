import type { AgentFields } from '@openrouter-native/protocol';
import type { StoredAgent, StoredAgentVersion } from './schema.ts';

/** An agent with what its current version is made of. */
export type AgentRecord = StoredAgent & { fields: AgentFields };

/** Agents in a database. Each method sees those of one user only; another's is not there. */
export interface Agents {
  create(userId: string, fields: AgentFields, now: Date): Promise<AgentRecord>;
  find(userId: string, id: string): Promise<AgentRecord | null>;
  /** Latest change first. @param after - Cursor of the page before. @throws RequestError for a cursor that is none. */
  list(
    userId: string,
    limit: number,
    after: string | null,
  ): Promise<{ agents: AgentRecord[]; hasMore: boolean; after: string | null }>;
  /** Adds a version; none when nothing differs. @returns `null` when there is no such agent. */
  change(
    userId: string,
    id: string,
    change: Partial<AgentFields>,
    now: Date,
  ): Promise<AgentRecord | null>;
  /** Newest first; empty when there is no such agent. */
  versions(userId: string, id: string): Promise<StoredAgentVersion[]>;
  /** @returns false when there was none. */
  delete(userId: string, id: string): Promise<boolean>;
}

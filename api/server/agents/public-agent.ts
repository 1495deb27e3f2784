import type { Agent, AgentFields, AgentVersion } from '@openrouter-native/protocol';
import type { AgentRecord } from '../database/agents.ts';
import type { StoredAgentVersion } from '../database/schema.ts';
import type { AgentProblem } from './agent-problems.ts';

const MAX_NAME_CHARACTERS = 256; // What an agent can be called.

/** An agent as its owner sees it, with what LibreChat's clients look for beside our own fields. */
export function toPublicAgent(agent: AgentRecord, problem: AgentProblem): Agent {
  return {
    id: agent.id,
    author: agent.userId,
    ...toPublicFields(agent.fields),
    version: agent.version,
    created_at: toSeconds(agent.createdAt),
    createdAt: agent.createdAt.toISOString(),
    updatedAt: agent.updatedAt.toISOString(),
    problem,
  };
}

/** One of the versions of an agent, in the shape of an agent, as LibreChat's clients read it. */
export function toPublicVersion(agent: AgentRecord, version: StoredAgentVersion): AgentVersion {
  const savedAt = version.createdAt.toISOString();
  return {
    id: agent.id,
    author: agent.userId,
    ...toPublicFields(version.fields),
    version: version.version,
    created_at: toSeconds(agent.createdAt),
    createdAt: savedAt,
    updatedAt: savedAt,
  };
}

/** Tells a copy from what it was copied from. */
export function nameOfCopy(name: string | null): string {
  const suffix = ' (copy)';
  return `${(name ?? 'Agent').slice(0, MAX_NAME_CHARACTERS - suffix.length)}${suffix}`;
}

function toPublicFields(fields: AgentFields) {
  const { file_ids: fileIds } = fields;
  return {
    ...fields,
    avatar: null,
    ...(fileIds.length > 0 && { tool_resources: { context: { file_ids: fileIds } } }),
  };
}

function toSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

import { RequestError } from '@openrouter-native/plugin';
import type { Model, StartGeneration } from '@openrouter-native/protocol';
import { readModelParameters } from '../agents/model-parameters.ts';
import type { Agents } from '../database/agents.ts';
import type { ConversationSettings, StoredConversation } from '../database/schema.ts';
import type { RunRequest } from '../runs/run.ts';

/** Who gives an answer, and how. */
export interface Answerer {
  endpoint: StoredConversation['endpoint'];
  agentId: string | null;
  /** For a person. */
  name: string;
  run: Omit<RunRequest, 'userId' | 'history' | 'resume'>;
  /** Files that the conversation begins with, before those of its first question. */
  firstFileIds: readonly string[];
  /** What the conversation remembers for its next answer. */
  settings: ConversationSettings;
}

export interface AnswererDependencies {
  agents: Pick<Agents, 'find'>;
  /** Looks into OpenRouter's catalogue. */
  findListed: (model: string) => Promise<Model | undefined>;
  /** Calls of the model in one answer, where an agent names no limit. */
  recursionLimit: number;
}

/** What was asked for, and what the conversation remembers; the request wins. */
export interface Wish {
  userId: string;
  request: StartGeneration;
  /** `null` for a new one. */
  conversation: StoredConversation | null;
}

const PROVIDER = 'openrouter';

/**
 * A plain model.
 *
 * @throws RequestError `invalid_request` when none is named or a parameter is wrong.
 */
export async function findModel(
  { request, conversation }: Wish,
  { findListed, recursionLimit }: AnswererDependencies,
): Promise<Answerer> {
  const before = conversation?.endpoint === 'openrouter' ? conversation : null;
  const model = request.model ?? before?.model ?? null;
  if (model === null) {
    throw new RequestError('invalid_request', 'model: no model is named.', {
      action: 'Choose a model.',
      metadata: { fields: ['model'] },
    });
  }
  const settings: ConversationSettings = {
    promptPrefix: chosen(request.promptPrefix, before?.settings.promptPrefix),
    model_parameters: readModelParameters(
      chosen(request.model_parameters, before?.settings.model_parameters) ?? {},
      model,
    ),
    spending_limit: chosen(request.spending_limit, before?.settings.spending_limit),
  };
  const listed = await findListed(model);
  return {
    endpoint: 'openrouter',
    agentId: null,
    name: listed?.name ?? model,
    run: {
      provider: PROVIDER,
      model,
      instructions: settings.promptPrefix || null,
      modelParameters: settings.model_parameters ?? {},
      tools: [],
      recursionLimit: request.recursion_limit ?? recursionLimit,
      spendingLimitUsd: settings.spending_limit ?? null,
    },
    firstFileIds: [],
    settings,
  };
}

/**
 * A saved agent, as it is now.
 *
 * @throws RequestError `not_found` when it was deleted or is another user's, `invalid_request` when
 *   none is named.
 */
export async function findAgent(
  { userId, request, conversation }: Wish,
  { agents, recursionLimit }: AnswererDependencies,
): Promise<Answerer> {
  const before = conversation?.endpoint === 'agents' ? conversation : null;
  const agentId = request.agent_id ?? before?.agentId ?? null;
  if (agentId === null) {
    throw new RequestError('invalid_request', 'agent_id: no agent is named.', {
      action: 'Choose an agent.',
      metadata: { fields: ['agent_id'] },
    });
  }
  const agent = await agents.find(userId, agentId);
  if (!agent) {
    throw new RequestError('not_found', 'There is no such agent, or not any more.', {
      action: 'Choose another agent. What it said before can still be read.',
      metadata: { fields: ['agent_id'] },
    });
  }
  const { fields } = agent;
  const { spending_limit: spendingLimit, recursion_limit: recursion } = request;
  return {
    endpoint: 'agents',
    agentId,
    name: fields.name || fields.model,
    run: {
      provider: fields.provider,
      model: fields.model,
      instructions: fields.instructions,
      modelParameters: fields.model_parameters,
      tools: fields.tools,
      recursionLimit: recursion ?? fields.recursion_limit ?? recursionLimit,
      spendingLimitUsd: chosen(spendingLimit, fields.spending_limit),
    },
    firstFileIds: fields.file_ids,
    // For the page to say again: a request that leaves a limit out goes back to the agent's own.
    settings: {
      ...(spendingLimit !== undefined && { spending_limit: spendingLimit }),
      ...(recursion != null && { recursion_limit: recursion }),
    },
  };
}

/** `null` is a choice; leaving out is none. */
function chosen<T>(given: T | null | undefined, before: T | null | undefined): T | null {
  return given === undefined ? (before ?? null) : given;
}

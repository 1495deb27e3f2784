import { RequestError, type AllowedModels } from '@openrouter-native/plugin';
import type { Agent, AgentFields, Model } from '@openrouter-native/protocol';
import type { Files } from '../files/files.ts';
import { noNeeds } from '../runs/needs.ts';
import { isRetired } from '../runs/retirement.ts';
import { suggest } from '../runs/suggestions.ts';
import type { Toolbox } from '../tools/tool.ts';
import type { AgentProviders } from './agent-providers.ts';
import { createListedModels, type ListedModels } from './listed-models.ts';
import { within } from './within.ts';

/** Why an agent cannot be used as it is; `null` = it can, as far as is known. */
export type AgentProblem = Agent['problem'];

/** What tells that an agent has a problem. */
export interface AgentProblemsDependencies {
  providers: AgentProviders;
  /** The provider whose models are listed; `null` = there is none. */
  catalogue: { provider: string; models: () => Promise<readonly Model[]> } | null;
  allowedModels: AllowedModels;
  /** Models that can be had beside those that are listed. */
  directModels: ReadonlySet<string>;
  toolbox: Pick<Toolbox, 'isPossible'>;
  files: Pick<Files, 'references'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Finds out what became of the things that agents are made of. */
export interface AgentProblems {
  /** One for each of a user's agents, in their order. Never fails: what cannot be found out is no problem. */
  of(userId: string, agents: readonly AgentFields[]): Promise<AgentProblem[]>;
}

const PATIENCE_MS = 2000; // Better an agent without its problem than one that keeps people waiting.

export function createAgentProblems(dependencies: AgentProblemsDependencies): AgentProblems {
  const { providers, catalogue, allowedModels, directModels, toolbox, files, now } = dependencies;

  function problemOfModel(agent: AgentFields, listed: ListedModels): AgentProblem {
    const { provider, model, tools, spending_limit: limit } = agent;
    if (provider !== catalogue?.provider || namesPreset(model)) return null;
    const at = new Date(now());
    const isAllowed = allowedModels.includes(model);
    const found = listed.find(model);
    const isOffered = found ? !isRetired(found, at) : directModels.has(model);
    if (isAllowed && isOffered) return null;

    const needs = { ...noNeeds, tools: tools.length > 0, knownPrice: limit !== null };
    const suggestions = suggest(listed.models, needs, model, at).map(({ id }) => id);
    const [best] = suggestions;
    const why = isAllowed ? 'is not offered any more' : 'may not be used on this server';
    return {
      message: `The model ${model} ${why}.`,
      action: best ? `Choose another model, such as ${best}.` : 'Choose another model.',
      suggestions,
    };
  }

  function problemOfTools({ tools }: AgentFields): AgentProblem {
    const gone = tools.filter((name) => !toolbox.isPossible(name));
    if (gone.length === 0) return null;
    return {
      message: `This server does not have any more: ${gone.join(', ')}.`,
      action: 'Take it out of the tools of the agent, or choose another one.',
      suggestions: [],
    };
  }

  async function problemOfFiles(userId: string, ids: readonly string[]): Promise<AgentProblem> {
    try {
      if (ids.length > 0) await files.references(userId, ids);
      return null;
    } catch (error) {
      if (!(error instanceof RequestError)) return null;
      const action = 'Take it out of the files of the agent.';
      return { message: error.message, action, suggestions: [] };
    }
  }

  return {
    async of(userId, agents) {
      const models = catalogue && agents.length > 0 ? await readModels(catalogue.models) : null;
      const listed = models && createListedModels(models);
      const problems = agents.map(async (agent) => {
        const problem = providers.problemOf(agent.provider);
        if (problem) return { ...problem, suggestions: [] };
        return (
          (listed && problemOfModel(agent, listed)) ??
          problemOfTools(agent) ??
          problemOfFiles(userId, agent.file_ids)
        );
      });
      return Promise.all(problems);
    },
  };
}

/** @returns `null` when the list cannot be read, or not soon. */
function readModels(models: () => Promise<readonly Model[]>): Promise<readonly Model[] | null> {
  return within(PATIENCE_MS, models());
}

/** Which model a preset stands for is set in an account at OpenRouter. */
function namesPreset(model: string): boolean {
  return model.includes('@');
}

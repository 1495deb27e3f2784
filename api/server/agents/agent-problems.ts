import { RequestError } from '@openrouter-native/plugin';
import type { Agent, AgentFields, ChatRequest, Model } from '@openrouter-native/protocol';
import { z } from 'zod';
import type { Files } from '../files/files.ts';
import { needsOf, requireCapable } from '../runs/capabilities.ts';
import { stepRequest } from '../runs/request.ts';
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
  const { providers, catalogue, directModels, toolbox, files, now } = dependencies;

  /** What a run would be refused for before anything is asked. */
  function problemOfModel(agent: AgentFields, listed: ListedModels): AgentProblem {
    if (agent.provider !== catalogue?.provider) return null;
    try {
      const request = requestOf(agent);
      const needs = needsOf(request, agent.spending_limit !== null);
      const tools = needs.tools || agent.tools.length > 0;
      const offer = { listed, unlisted: directModels, at: new Date(now()) };
      requireCapable(request, { ...needs, tools }, offer);
      return null;
    } catch (error) {
      // What an earlier version let pass is no reason to hide the agent.
      if (!(error instanceof RequestError)) return null;
      const { action = 'Choose another model.', metadata } = error.details;
      const { suggestions } = suggestionsSchema.parse(metadata);
      return { message: error.message, action, suggestions };
    }
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

const suggestionsSchema = z.object({ suggestions: z.array(z.string()) });

/** The first question of all, without the question. */
function requestOf(agent: AgentFields): ChatRequest {
  const { model, instructions, model_parameters: modelParameters } = agent;
  return stepRequest({
    run: { model, instructions, modelParameters, history: [] },
    tools: [],
    missing: [],
    answer: [],
    hasResults: false,
  });
}

/** @returns `null` when the list cannot be read, or not soon. */
function readModels(models: () => Promise<readonly Model[]>): Promise<readonly Model[] | null> {
  return within(PATIENCE_MS, models());
}

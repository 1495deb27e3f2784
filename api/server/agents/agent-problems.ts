import type { AllowedModels } from '@openrouter-native/plugin';
import type { Agent, AgentFields, Model } from '@openrouter-native/protocol';
import { isRetired } from '../runs/retirement.ts';
import { noNeeds } from '../runs/needs.ts';
import { suggest } from '../runs/suggestions.ts';
import type { AgentProviders } from './agent-providers.ts';
import type { AgentTools } from './agent-tools.ts';
import { createListedModels } from './listed-models.ts';

/** Why an agent cannot be used as it is; `null` = it can, as far as is known. */
export type AgentProblem = Agent['problem'];

/** What tells that an agent has a problem. */
export interface AgentProblemsDependencies {
  providers: AgentProviders;
  /** The provider whose models are listed. */
  catalogue: { provider: string; models: () => Promise<readonly Model[]> } | null;
  allowedModels: AllowedModels;
  /** Whether a model that is not listed is offered here by other ways. */
  isServedDirectly: (model: string) => boolean;
  tools: AgentTools;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Finds out what became of the things that agents consist of. */
export interface AgentProblems {
  /** One for each, in their order. Never fails: what cannot be found out is no problem. */
  of(agents: readonly AgentFields[]): Promise<AgentProblem[]>;
}

const PATIENCE_MS = 2000; // An agent is shown without its problem rather than late.

export function createAgentProblems(dependencies: AgentProblemsDependencies): AgentProblems {
  const { providers, catalogue, allowedModels, isServedDirectly, tools, now } = dependencies;

  function problemOfModel(
    { provider, model, ...fields }: AgentFields,
    models: readonly Model[],
  ): AgentProblem {
    if (provider !== catalogue?.provider || model.includes('@')) return null; // A preset is the account's.
    const listed = createListedModels(models).find(model);
    const at = new Date(now());
    if (listed ? !isRetired(listed, at) : isServedDirectly(model)) return null;
    const needs = {
      ...noNeeds,
      tools: fields.tools.length > 0,
      knownPrice: fields.spending_limit !== null,
    };
    const suggestions = suggest(models, needs, model, at).map(({ id }) => id);
    const why = allowedModels.includes(model)
      ? 'is not offered any more'
      : 'may not be used on this server any more';
    return {
      message: `The model ${model} ${why}.`,
      action: `Choose another model${suggestions[0] ? `, such as ${suggestions[0]}` : ''}.`,
      suggestions,
    };
  }
  return {
    async of(agents) {
      const [models, unknown] = await Promise.all([
        within(PATIENCE_MS, catalogue?.models()),
        within(PATIENCE_MS, tools.unknown([...new Set(agents.flatMap((agent) => agent.tools))])),
      ]);
      return agents.map((agent) => {
        const problem = providers.problemOf(agent.provider);
        if (problem) return { ...problem, suggestions: [] };
        return (
          (models && problemOfModel(agent, models)) ?? problemOfTools(agent.tools, unknown ?? [])
        );
      });
    },
  };
}

function problemOfTools(names: readonly string[], unknown: readonly string[]): AgentProblem {
  const gone = names.filter((name) => unknown.includes(name));
  if (gone.length === 0) return null;
  return {
    message: `This server has no ${gone.length > 1 ? 'tools' : 'tool'} ${gone.join(', ')} any more.`,
    action: 'Save the agent without, or with other tools.',
    suggestions: [],
  };
}

/** @returns `null` when there is nothing to wait for, when it fails, or when it takes too long. */
async function within<T>(ms: number, answer: Promise<T> | undefined): Promise<T | null> {
  if (!answer) return null;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

import { randomUUID } from 'node:crypto';
import type { FallbackPresets, Logger } from '@openrouter-native/openrouter';
import { RequestError, toErrorBody } from '@openrouter-native/plugin';
import type { ChatRequest, FileReference } from '@openrouter-native/protocol';
import type { ListedModels } from '../agents/listed-models.ts';
import type { Toolbox } from '../tools/tool.ts';
import { createAnswer } from './answer.ts';
import { createBudget, type Budget } from './budget/budget.ts';
import { extrasOf } from './budget/extras.ts';
import { namedModels } from './budget/priced-models.ts';
import { needsOf, requireCapable } from './capabilities.ts';
import { answerMessages } from './history/answer-messages.ts';
import { loop, type Finish, type LoopOptions } from './loop.ts';
import { stepRequest } from './request.ts';
import type { RunRecord, Runner, RunRequest } from './run.ts';

export interface RunnerDependencies extends Pick<LoopOptions, 'agents' | 'now'> {
  toolbox: Pick<Toolbox, 'pick'>;
  /** Whose models are listed with their abilities and prices; of other providers nothing is known. */
  catalogue: { provider: string; list: () => Promise<ListedModels> } | null;
  /** Models that can be had beside those that are listed. */
  unlisted: ReadonlySet<string>;
  /** Chains of models that the provider falls back to by itself. */
  fallbacks: FallbackPresets;
  /** Keeps a picture that a model made. */
  storeImage: (userId: string, url: string, signal: AbortSignal) => Promise<FileReference>;
  /** Calls of the model in one answer, whatever is asked for. */
  maxRecursionLimit: number;
  logger: Logger;
}

/** Gives answers: checks what can be known beforehand, then lets model and tools take turns. */
export function createRunner(dependencies: RunnerDependencies): Runner {
  const { catalogue, unlisted, fallbacks, toolbox, logger, now } = dependencies;

  /** @returns `null` when nothing is known of this provider's models, or not at this moment. */
  async function listOf(provider: string): Promise<ListedModels | null> {
    if (catalogue?.provider !== provider) return null;
    return catalogue.list().catch(() => null); // Upstream then says what is wrong.
  }

  function pricesUnknown(provider: string): RequestError {
    if (catalogue?.provider !== provider) {
      const message = `What the models of ${provider} cost is not known, so no spending limit can be kept.`;
      return new RequestError('invalid_request', message, { action: 'Lift the spending limit.' });
    }
    return new RequestError(
      'upstream_unreachable',
      'The prices of the models are not known at this moment, so no spending limit can be kept.',
      { action: 'Try again in a moment, or lift the spending limit.' },
    );
  }

  async function budgetOf(run: RunRequest): Promise<Budget | null> {
    const { spendingLimitUsd: limitUsd } = run;
    if (limitUsd === null) return null;
    const listed = await listOf(run.provider);
    if (!listed) throw pricesUnknown(run.provider);
    return createBudget({ limitUsd, find: (id) => listed.find(id), presets: fallbacks });
  }

  async function* give(run: RunRequest, signal: AbortSignal): AsyncGenerator<RunRecord, Finish> {
    signal.throwIfAborted();
    const { tools, missing } = await toolbox.pick([...new Set(run.tools)], signal);
    for (const { name, title, problem } of missing) {
      yield { type: 'annotation', annotation: { type: 'missing_tool', name, title, problem } };
    }
    return yield* loop({
      ...dependencies,
      run: {
        ...run,
        recursionLimit: Math.min(run.recursionLimit, dependencies.maxRecursionLimit),
      },
      tools,
      missing,
      budget: await budgetOf(run),
      storeImage: (url) => dependencies.storeImage(run.userId, url, signal),
      newIdPrefix: () => `call_${randomUUID().slice(0, 18)}_`, // OpenAI takes no more than 40 characters.
      signal,
    });
  }

  return {
    async check(run) {
      const isLimited = run.spendingLimitUsd !== null;
      const listed = await listOf(run.provider);
      if (!listed) {
        if (isLimited) throw pricesUnknown(run.provider);
        return;
      }
      const models = [run.model, ...(run.modelParameters.models ?? [])];
      const answer = run.resume ? answerMessages(createAnswer(run.resume), models) : [];
      const request = stepRequest({ run, tools: [], missing: [], answer, hasResults: false });
      const needs = needsOf(request, isLimited);
      const tools = needs.tools || run.tools.length > 0;
      requireCapable(request, { ...needs, tools }, { listed, unlisted, at: new Date(now()) });
      if (isLimited) requireBounded(request, listed);
    },
    async *run(run, signal) {
      try {
        yield yield* give(run, signal);
      } catch (error) {
        if (signal.aborted) {
          yield { type: 'finish', ending: 'stopped', limit: null };
          return;
        }
        const { error: body } = toErrorBody(error);
        if (body.reason === 'internal') logger.error('A run failed unexpectedly', { error });
        yield { type: 'error', error: body };
        yield { type: 'finish', ending: 'failed', limit: null };
      }
    },
  };
}

/** @throws RequestError for what may cost any amount, under a limit. */
function requireBounded(request: ChatRequest, listed: ListedModels): void {
  const models = namedModels(request, (id) => listed.find(id)) ?? [];
  const { unbounded } = extrasOf(request, models);
  if (unbounded === null) return;
  throw new RequestError(
    'invalid_request',
    `The price of ${unbounded} has no upper limit, so it cannot be kept to a spending limit.`,
    { action: 'Take it out, or lift the spending limit.' },
  );
}

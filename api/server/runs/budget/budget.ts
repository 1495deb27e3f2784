import type { FallbackPresets } from '@openrouter-native/openrouter';
import type { ChatRequest, RunLimit, RunStep } from '@openrouter-native/protocol';
import type { CountedPrompt } from '../token-bounds.ts';
import { fitStep, MAX_CHARGED_CALLS } from './fit.ts';
import { formatUsd } from './format-usd.ts';
import { answeringModels, namedModels, type FindModel } from './priced-models.ts';
import { priceCeiling, toMaxPrice } from './rates.ts';
import { stepCost, type StepCeiling } from './spent.ts';
import { worstCase } from './worst-case.ts';

/** A step as it is asked for; US dollars. */
export interface PlannedStep {
  request: ChatRequest;
  /** What one call of the step can cost at most. */
  callUsd: number;
  /** What all of them can cost at most; `null` = money is not limited. */
  maxCostUsd: number | null;
  /** Calls that may be charged, at most; `undefined` = as many as it takes. */
  maxChargedCalls: number | undefined;
  /** The answer has fewer tokens than it would have had. */
  isShrunk: boolean;
}

/** Whether a step can be paid for, and how. */
export type StepPlan =
  | { outcome: 'go'; step: PlannedStep }
  /** @property reason - A sentence, also the first one of the limit's message. */
  | { outcome: 'stop'; reason: string; limit: RunLimit };

/** Keeps a run within its spending limit. All amounts are US dollars. */
export interface Budget {
  /**
   * Fits the next step to what is left: all calls that it may be charged for, by any model and endpoint
   * that may answer, at their worst. `max_tokens` shrinks where it must; where even a short answer does
   * not fit, the run is over.
   *
   * @param counted - The prompt of the step before, as it was charged.
   * @throws OpenRouterError `invalid_request` for a fallback preset that is not configured.
   */
  plan(request: ChatRequest, counted: CountedPrompt | null): StepPlan;
  /** Books a step that is over. @returns what it has cost at most. */
  book(step: Pick<RunStep, 'usage' | 'trace'>, ceiling: StepCeiling): number;
  /** Books a step of an earlier run, under whatever limit. @param request - What comes next: no shorter. */
  bookEarlier(step: RunStep, request: ChatRequest): void;
  /** The limit, as reached. @param reason - A sentence. */
  reached(reason: string): RunLimit;
}

export interface BudgetOptions {
  limitUsd: number;
  find: FindModel;
  presets: FallbackPresets;
}

export function createBudget({ limitUsd, find, presets }: BudgetOptions): Budget {
  let spentUsd = 0;

  function reached(reason: string): RunLimit {
    const used = Number.isFinite(spentUsd) ? spentUsd : limitUsd; // Unknown is as good as all of it.
    const message = `${reason} The limit of this answer is ${formatUsd(limitUsd)}, and ${formatUsd(used)} of it is spent. Raise the limit to let it go on.`;
    return { kind: 'spending_limit', message, limit: limitUsd, used };
  }

  const stop = (reason: string, needed?: number): StepPlan => ({
    outcome: 'stop',
    reason,
    limit: { ...reached(reason), ...(needed !== undefined && { needed }) },
  });

  function prepare(original: ChatRequest, counted: CountedPrompt | null) {
    const named = namedModels(original, find);
    if (!named) return null;
    const ceiling = priceCeiling(original, named);
    const provider = {
      ...original.provider,
      max_price: { ...(original.provider?.['max_price'] as object), ...toMaxPrice(ceiling) },
    };
    const capped = { ...original, provider };
    const { chain, models } = answeringModels(capped, find, presets);
    const [model, ...fallbacks] = chain;
    if (model === undefined) return null;
    const { models: _models, ...rest } = capped;
    const request: ChatRequest = {
      ...rest,
      model,
      ...(fallbacks.length > 0 && { models: fallbacks }),
      fallbacks: 'none', // They are in the chain already.
    };
    return { request, models, worst: worstCase({ request, models, ceiling, counted }) };
  }

  return {
    reached,
    plan(original, counted) {
      const prepared = prepare(original, counted);
      if (!prepared) return stop('The price of the model is not known beforehand.');
      const { unbounded } = prepared.worst.extras;
      if (unbounded !== null) return stop(`The price of ${unbounded} has no upper limit.`);
      const step = fitStep({ ...prepared, leftUsd: limitUsd - spentUsd });
      if ('usd' in step) {
        return stop(`The next step could cost up to ${formatUsd(step.usd)}.`, step.usd);
      }
      return { outcome: 'go', step };
    },
    book(step, ceiling) {
      const costUsd = stepCost(step, ceiling);
      spentUsd += costUsd;
      return costUsd;
    },
    bookEarlier(step, request) {
      const { worst } = step.max_cost == null ? (prepare(request, null) ?? {}) : {};
      const callUsd = worst?.usd(worst.completionTokens, worst.extras.serverToolCalls) ?? Infinity;
      const maxCostUsd = callUsd * MAX_CHARGED_CALLS; // As many as are made by default.
      spentUsd += step.max_cost ?? stepCost(step, { callUsd, maxCostUsd });
    },
  };
}

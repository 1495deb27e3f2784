import type { ChatRequest, Model } from '@openrouter-native/protocol';
import type { WorstCase } from './worst-case.ts';

/** A step that can be paid for; US dollars. */
export interface Fitted {
  request: ChatRequest;
  /** What one call of the step, and all of them, can cost at most. */
  callUsd: number;
  maxCostUsd: number;
  /** Calls that may be charged, at most. */
  maxChargedCalls: number;
  /** The answer has fewer tokens than it would have had. */
  isShrunk: boolean;
}

export interface FitOptions {
  request: ChatRequest;
  /** All that may answer. */
  models: readonly Model[];
  worst: WorstCase;
  leftUsd: number;
}

/** Fewer tokens than this are no answer, and no call of a tool. */
const MIN_ANSWER_TOKENS = 256;
/** Providers let a model think for no less. */
const MIN_THOUGHT_TOKENS = 1_024;
/** Enough for most steps: OpenRouter's own tools are called less often before answers get shorter. */
const USUAL_ANSWER_TOKENS = 4_096;
/** The first call, and two more where the answer is lost and they can be paid for. */
export const MAX_CHARGED_CALLS = 3;

/**
 * Makes a step as small as it must be.
 *
 * @returns The step, or what even the smallest one could cost.
 */
export function fitStep({ request, models, worst, leftUsd }: FitOptions): Fitted | { usd: number } {
  const wanted = request.max_completion_tokens ?? request.max_tokens ?? null;
  const field = fieldOf(request, models);
  const least = Math.min(wanted ?? Infinity, leastTokens(request, models));
  const bounded = field === null || wanted === null ? worst.completionTokens : wanted;
  const options = callOptions(worst.extras.serverToolCalls);
  const calls =
    options.find((count) => worst.usd(Math.min(bounded, USUAL_ANSWER_TOKENS), count) <= leftUsd) ??
    Math.min(...options);
  const affordable = worst.affordableTokens(leftUsd, calls);
  const isWhole = affordable >= bounded;
  if (!isWhole && (field === null || affordable < least)) {
    return { usd: worst.usd(field === null ? bounded : least, calls) };
  }

  const whole = wanted ?? Math.max(least, Math.floor(Math.min(usualEnd(models), worst.roomTokens)));
  const tokens = isWhole ? bounded : Math.min(affordable, whole);
  const callUsd = worst.usd(tokens, calls);
  const affordableCalls = callUsd > 0 ? Math.floor(leftUsd / callUsd) : MAX_CHARGED_CALLS;
  const maxChargedCalls = Math.max(1, Math.min(MAX_CHARGED_CALLS, affordableCalls));
  return {
    request: {
      ...(isWhole && wanted === null ? request : withMaxTokens(request, field, tokens)),
      ...(calls > 0 && { max_tool_calls: calls }),
    },
    callUsd,
    maxCostUsd: maxChargedCalls * callUsd,
    maxChargedCalls,
    isShrunk: !isWhole && tokens < whole,
  };
}

/** How the length of an answer is bounded; `null` where a model that may answer does not listen. */
function fieldOf(
  request: ChatRequest,
  models: readonly Model[],
): 'max_tokens' | 'max_completion_tokens' | null {
  const listens = (name: string) =>
    models.every(({ supported_parameters: known }) => !known?.length || known.includes(name));
  if (request.max_completion_tokens != null && listens('max_completion_tokens')) {
    return 'max_completion_tokens';
  }
  if (listens('max_tokens')) return 'max_tokens';
  return listens('max_completion_tokens') ? 'max_completion_tokens' : null;
}

/** One field, so that nobody can take the larger of two. */
function withMaxTokens(request: ChatRequest, field: string | null, tokens: number): ChatRequest {
  if (field === null) return request;
  const { max_tokens: _tokens, max_completion_tokens: _completion, ...rest } = request;
  return { ...rest, [field]: tokens };
}

/** What the shortest answer takes that is worth having. */
function leastTokens(request: ChatRequest, models: readonly Model[]): number {
  if (!models.some((model) => mayThink(request, model))) return MIN_ANSWER_TOKENS;
  const budget = request.reasoning?.['max_tokens'];
  return MIN_ANSWER_TOKENS + (typeof budget === 'number' ? budget : MIN_THOUGHT_TOKENS);
}

function mayThink(
  { reasoning: asked, reasoning_effort: short }: ChatRequest,
  model: Model,
): boolean {
  const { reasoning } = model;
  if (!reasoning) return false;
  if (reasoning.mandatory === true) return true;
  const effort = asked?.['effort'] ?? short;
  if (effort === 'none' || asked?.['enabled'] === false) return false;
  return effort != null || asked != null || reasoning.default_enabled === true;
}

/** Where the models end answers that nobody bounds. */
function usualEnd(models: readonly Model[]): number {
  return Math.min(...models.map(({ top_provider: top }) => top?.max_completion_tokens ?? Infinity));
}

/** Half as often, down to once. */
function callOptions(most: number): number[] {
  const options = [most];
  for (let count = most; count > 1;) options.push((count = Math.floor(count / 2)));
  return options;
}

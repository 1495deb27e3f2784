import { computeCost, type Pricing, type Usage } from '@openrouter-native/protocol';
import { roundUsd } from '../accounts/money.ts';
import type { AnswerStep } from './steps.ts';

/** What is known of the prompt once it was read. */
export interface PromptCount {
  readonly tokens: number;
  /** Read from the provider's cache. */
  readonly cached: number;
  /** Written to it. */
  readonly written: number;
}

/** What the steps that were sent come to. */
export interface Bill {
  readonly prompt: PromptCount;
  readonly steps: readonly AnswerStep[];
  readonly searches: number;
  readonly pricing: Pricing;
  readonly at: Date;
}

/** Where a catalogue names no price for a search: what OpenRouter's own engine costs, in US dollars. */
const DEFAULT_SEARCH_USD = '0.007';

/** Counts tokens and money; the cost is exactly what the prices make of the counts. */
export function usageOf({ prompt, steps, searches, pricing, at }: Bill): Usage & { cost: number } {
  const completionTokens = sum(steps, () => true);
  const counts: Usage = {
    prompt_tokens: prompt.tokens,
    completion_tokens: completionTokens,
    total_tokens: prompt.tokens + completionTokens,
    prompt_tokens_details: {
      cached_tokens: prompt.cached,
      cache_write_tokens: prompt.written,
      audio_tokens: 0,
      video_tokens: 0,
    },
    completion_tokens_details: {
      reasoning_tokens: sum(steps, ({ type }) => type === 'reasoning' || type === 'silence'),
      image_tokens: sum(steps, ({ type }) => type === 'image'),
      audio_tokens: 0,
    },
  };
  const searched: Usage = {
    ...counts,
    ...(searches > 0 && {
      server_tool_use_details: {
        web_search_requests: searches,
        tool_calls_requested: searches,
        tool_calls_executed: searches,
      },
    }),
  };
  const rates = { ...pricing, web_search: pricing.web_search ?? DEFAULT_SEARCH_USD };
  const costOf = (usage: Usage) => Number(computeCost(usage, rates, at) ?? 0);
  const inference = costOf(counts);
  const promptCost = costOf({ ...counts, completion_tokens: 0, completion_tokens_details: null });
  return {
    ...searched,
    cost: costOf(searched),
    is_byok: false,
    cost_details: {
      upstream_inference_cost: inference,
      upstream_inference_prompt_cost: promptCost,
      upstream_inference_completions_cost: roundUsd(inference - promptCost),
    },
  };
}

/** The usage of an answer that costs nothing: a cache hit, or a generation that failed. */
export const FREE_USAGE: Usage & { cost: number } = {
  prompt_tokens: 0,
  completion_tokens: 0,
  total_tokens: 0,
  cost: 0,
  is_byok: false,
  prompt_tokens_details: {
    cached_tokens: 0,
    cache_write_tokens: 0,
    audio_tokens: 0,
    video_tokens: 0,
  },
  completion_tokens_details: { reasoning_tokens: 0, image_tokens: 0, audio_tokens: 0 },
  cost_details: {
    upstream_inference_cost: 0,
    upstream_inference_prompt_cost: 0,
    upstream_inference_completions_cost: 0,
  },
};

function sum(steps: readonly AnswerStep[], counts: (step: AnswerStep) => boolean): number {
  return steps.reduce((total, step) => (counts(step) ? total + step.tokens : total), 0);
}

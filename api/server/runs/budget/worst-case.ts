import { contextOf, type ChatRequest, type Model } from '@openrouter-native/protocol';
import { isCompressed } from '../compression.ts';
import { mediaOf, ownPictures } from '../prompt-content.ts';
import { mostTokens, type CountedPrompt } from '../token-bounds.ts';
import { extrasOf, type Extras } from './extras.ts';
import { ratesOf, type PriceCeiling } from './rates.ts';

/** Sums of binary fractions may be a hair too small. */
const ROUNDING = 1 + 1e-9;
/** Where neither the request nor the catalogue bounds an answer. */
const MOST_COMPLETION_TOKENS = 32_768;

/** What one call of a step can cost, by what is still open about it. */
export interface WorstCase {
  extras: Extras;
  /** Tokens of an answer that the request does not bound. */
  completionTokens: number;
  /** Of the smallest context and the longest prompt that may meet; what is left for the answer. */
  roomTokens: number;
  /** @returns US dollars, with answers of so many tokens and so many calls of OpenRouter's own tools. */
  usd(completionTokens: number, serverToolCalls: number): number;
  /** @returns Whole tokens; the opposite of `usd`. `Infinity` where they cost nothing. */
  affordableTokens(usd: number, serverToolCalls: number): number;
}

export interface WorstCaseOptions {
  request: ChatRequest;
  /** All that may answer; of known price. */
  models: readonly Model[];
  ceiling: PriceCeiling;
  counted: CountedPrompt | null;
}

/** Bounds what one call may be charged. */
export function worstCase({ request, models, ceiling, counted }: WorstCaseOptions): WorstCase {
  const extras = extrasOf(request, models);
  const contexts = models.map(contextOf);
  const written = mostTokens(request, {
    counted: mayRely(request, models, extras) ? counted : null,
    isGpt4oMini: models.some(({ id }) => id.startsWith('openai/gpt-4o-mini')),
  });
  const context = Math.max(...contexts.map((tokens) => tokens ?? Infinity));
  const promptTokens = Math.min(context, extras.growsPrompt ? Infinity : written);
  const rates = ratesOf({ request, models, ceiling, promptTokens });
  const { messages } = request;
  const images =
    mediaOf(messages).filter(({ medium }) => medium === 'image').length + ownPictures(messages);

  const promptUsd =
    times(promptTokens, rates.perPromptToken) + rates.perRequest + images * rates.perImage;
  const fixed = (calls: number) =>
    (1 + calls) * (promptUsd + extras.ownSearches * rates.perSearch) +
    calls * rates.perSearch +
    extras.filesUsd;
  const perToken = (calls: number) => (1 + calls) * rates.perCompletionToken;
  const predicted = predictedTokens(request);
  return {
    extras,
    completionTokens: Math.max(...models.map(longestAnswer)),
    roomTokens:
      Math.min(...contexts.map((tokens) => tokens ?? Infinity)) - Math.min(written, context),
    usd: (tokens, calls) => (fixed(calls) + (tokens + predicted) * perToken(calls)) * ROUNDING,
    affordableTokens(usd, calls) {
      const left = usd / ROUNDING - fixed(calls);
      if (left < 0) return 0;
      if (perToken(calls) === 0) return Infinity;
      return Math.max(0, Math.floor(left / perToken(calls) - predicted));
    },
  };
}

/** Whether tokens that were charged for an earlier prompt say how many this one begins with. */
function mayRely(
  request: ChatRequest,
  models: readonly Model[],
  { serverToolCalls }: Extras,
): boolean {
  // Another tokenizer counts otherwise; a prompt that was shortened was longer than its tokens tell.
  const isShortened = models.some((model) => isCompressed(request, contextOf(model)));
  return models.length === 1 && !isShortened && serverToolCalls === 0;
}

function longestAnswer(model: Model): number {
  const listed = model.top_provider?.max_completion_tokens ?? MOST_COMPLETION_TOKENS;
  return Math.max(listed, contextOf(model) ?? 0);
}

/** Predicted tokens that do not come true are charged beside the answer. */
function predictedTokens({ prediction }: ChatRequest): number {
  return prediction == null ? 0 : Buffer.byteLength(JSON.stringify(prediction));
}

/** Where nothing is charged, an endless prompt is free as well. */
function times(tokens: number, usdPerToken: number): number {
  return usdPerToken === 0 ? 0 : tokens * usdPerToken;
}

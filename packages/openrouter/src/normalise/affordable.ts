import type { ChatRequest, Model } from '@openrouter-native/protocol';
import type { Normaliser } from './change.ts';

/** A character is at most this much of a token in most writing systems; erring on the dear side. */
const TOKENS_PER_CHARACTER = 0.5;
/** Fewer tokens are no answer: then upstream's own refusal says more. */
const MIN_TOKENS = 16;

/**
 * A request without `max_tokens` is checked against the model's maximum before it is let in, so a small
 * balance fails on a big model although the answer would be short. With prices and balance known, it
 * gets as many tokens as can be paid for.
 *
 * @param balanceUsd - `null` when unknown: nothing is changed.
 */
export function fitToBalance(model: Model, balanceUsd: number | null): Normaliser {
  return (request, note) => {
    const maximum = model.top_provider?.max_completion_tokens ?? model.context_length;
    const promptUsd = Number(model.pricing.prompt);
    const completionUsd = Number(model.pricing.completion);
    const isOpen = request.max_tokens == null && request.max_completion_tokens == null;
    if (!isOpen || balanceUsd === null || maximum == null || !(completionUsd > 0)) return request;

    const left = balanceUsd - promptTokens(request) * Math.max(promptUsd, 0);
    const affordable = Math.floor(left / completionUsd);
    if (affordable >= maximum || affordable < MIN_TOKENS) return request;
    note({ field: 'max_tokens', change: `set to ${affordable}, which is what the balance allows` });
    return { ...request, max_tokens: affordable };
  };
}

function promptTokens({ messages, tools }: ChatRequest): number {
  return Math.ceil(JSON.stringify([messages, tools ?? []]).length * TOKENS_PER_CHARACTER);
}

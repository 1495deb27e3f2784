import type { ChatRequest, Trace } from '@openrouter-native/protocol';
import type { OpenRouterError } from '../errors.ts';

/** A request that was made smaller, and how. */
export interface Refitted {
  request: ChatRequest;
  refit: NonNullable<Trace['refit']>;
}

const AFFORDABLE = /can only afford (\d+)/i;
/** Fewer tokens than this are no answer; some providers refuse less than 16. */
const MIN_TOKENS = 16;

/**
 * The request with as many tokens as a 402 says can be paid for; `null` when it does not say, when
 * that is too few for an answer, or no fewer than were asked for.
 */
export function refit(request: ChatRequest, error: OpenRouterError): Refitted | null {
  if (error.reason !== 'can_only_afford') return null;
  const affordable = Number(AFFORDABLE.exec(error.message)?.[1] ?? 0);
  if (affordable < MIN_TOKENS) return null;
  const { max_tokens: maxTokens, max_completion_tokens: maxCompletionTokens, ...rest } = request;
  const from = maxCompletionTokens ?? maxTokens ?? null;
  if (from !== null && affordable >= from) return null;
  const fitted = maxCompletionTokens == null ? 'max_tokens' : 'max_completion_tokens';
  return {
    request: { ...rest, [fitted]: affordable },
    refit: { from, max_tokens: affordable },
  };
}

import { ApiError } from '../errors.ts';
import { balanceUsd, limitRemainingUsd, type ApiKey } from './accounts.ts';
import { roundUsd } from './money.ts';

const CREDITS_URL = 'https://openrouter.ai/settings/credits';
const KEYS_URL = 'https://openrouter.ai/settings/keys';
/** Long enough for a usual answer to finish and free its reservation. */
const IN_FLIGHT_RETRY_SECONDS = 5;

/** The most a request can cost, and what it is made of. */
export interface CostEstimate {
  readonly promptTokens: number;
  readonly maxCompletionTokens: number;
  readonly promptUsd: number;
  readonly usdPerCompletionToken: number;
}

export function estimatedUsd(estimate: CostEstimate): number {
  return estimate.promptUsd + estimate.maxCompletionTokens * estimate.usdPerCompletionToken;
}

/** @throws {@link ApiError} 402 for an account that owes money; free models are no exception. */
export function requireNoDebt({ account }: ApiKey): void {
  if (balanceUsd(account) >= 0) return;
  throw refusal(`Insufficient credits. Add more using ${CREDITS_URL}`, 'openrouter_credits');
}

/**
 * The pre-flight check: the longest possible answer must be affordable, for the key's own cap, for
 * the account, and beside what running requests have reserved.
 *
 * @param keyLimitStatus - Status of a refusal by the key's cap: 402 by the documentation, 403 as seen.
 * @throws {@link ApiError} 402 (or 403) with `metadata.limit_source`.
 * @see https://openrouter.ai/docs/api-reference/limits
 */
export function requireAffordable(
  key: ApiKey,
  estimate: CostEstimate,
  keyLimitStatus: 402 | 403,
  now: number,
): void {
  const costUsd = estimatedUsd(estimate);
  if (costUsd === 0) return;

  const remaining = limitRemainingUsd(key, now);
  if (remaining !== null && costUsd > remaining) throw keyLimitRefusal(key, keyLimitStatus);

  const balance = balanceUsd(key.account);
  if (balance <= 0) {
    throw refusal(`Insufficient credits. Add more using ${CREDITS_URL}`, 'openrouter_credits');
  }
  if (costUsd > balance) throw tooLarge(estimate, balance);
  if (costUsd > roundUsd(balance - key.account.reservedUsd)) {
    throw new ApiError(402, 'Running requests have reserved the remaining credits.', {
      metadata: {
        error_type: 'payment_required',
        limit_source: 'openrouter_in_flight_budget',
        reason: 'in_flight_budget_exhausted',
      },
      headers: { 'Retry-After': String(IN_FLIGHT_RETRY_SECONDS) },
    });
  }
}

function keyLimitRefusal(key: ApiKey, status: 402 | 403): ApiError {
  const period = key.limitReset ?? 'total';
  return refusal(
    `Key limit exceeded (${period} limit). Manage it using ${KEYS_URL}`,
    'openrouter_key_limit',
    status,
  );
}

function tooLarge(estimate: CostEstimate, balance: number): ApiError {
  const left = balance - estimate.promptUsd;
  const { promptTokens, maxCompletionTokens, promptUsd, usdPerCompletionToken } = estimate;
  if (left < usdPerCompletionToken) {
    const affordable = Math.floor((promptTokens * balance) / Math.max(promptUsd, Number.MIN_VALUE));
    return refusal(
      `Prompt tokens limit exceeded: ${promptTokens} > ${Math.min(affordable, promptTokens - 1)}. To increase, visit ${CREDITS_URL} and add more credits`,
      'openrouter_credits',
    );
  }
  const affordable = Math.floor(left / usdPerCompletionToken);
  return refusal(
    `This request requires more credits, or fewer max_tokens. You requested up to ${maxCompletionTokens} tokens, but can only afford ${affordable}. To increase, visit ${CREDITS_URL} and add more credits`,
    'openrouter_credits',
    402,
    'weight_exceeds_budget',
  );
}

function refusal(message: string, source: string, status = 402, reason?: string): ApiError {
  return new ApiError(status, message, {
    metadata: {
      error_type: status === 402 ? 'payment_required' : 'permission_denied',
      limit_source: source,
      ...(reason !== undefined && { reason }),
    },
  });
}

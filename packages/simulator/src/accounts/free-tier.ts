import { ApiError } from '../errors.ts';
import { utcDay, type Account } from './accounts.ts';

const PER_MINUTE = 20;
const PER_DAY = 50;
const PER_DAY_WITH_CREDITS = 1000;
/** Credits ever bought, in US dollars, from which on the larger daily quota holds. */
const CREDITS_FOR_LARGER_QUOTA = 10;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The free-model quota of an account today, as `GET /key` shows it. */
export function freeQuota(
  account: Account,
  now: number,
): { used: number; limit: number; remaining: number } {
  const limit = dailyLimit(account);
  const used = account.freeRequests.day === utcDay(now) ? account.freeRequests.today : 0;
  return { used, limit, remaining: limit - used };
}

/**
 * Counts one request to a free model, over all keys of the account and all free models.
 *
 * @throws {@link ApiError} 429 when the minute's or the UTC day's quota is used up.
 * @see https://openrouter.ai/docs/api-reference/limits
 */
export function takeFreeRequest(account: Account, now: number): void {
  const { freeRequests: counter } = account;
  if (counter.day !== utcDay(now)) {
    counter.day = utcDay(now);
    counter.today = 0;
  }
  counter.lastMinute = counter.lastMinute.filter((at) => at > now - MINUTE_MS);

  const limit = dailyLimit(account);
  if (counter.today >= limit) {
    const hasCredits = limit === PER_DAY_WITH_CREDITS;
    const name = hasCredits ? 'free-models-per-day-high-balance' : 'free-models-per-day';
    const hint = `Add ${CREDITS_FOR_LARGER_QUOTA} credits to unlock ${PER_DAY_WITH_CREDITS} free model requests per day`;
    const resetsAt = Math.floor(now / DAY_MS) * DAY_MS + DAY_MS;
    throw refusal(
      hasCredits ? name : `${name}. ${hint}`,
      limit,
      resetsAt,
      'openrouter_free_tier_daily',
    );
  }
  if (counter.lastMinute.length >= PER_MINUTE) {
    const resetsAt = (counter.lastMinute[0] ?? now) + MINUTE_MS;
    throw refusal('free-models-per-min.', PER_MINUTE, resetsAt, 'openrouter_free_tier_minute');
  }
  counter.today += 1;
  counter.lastMinute.push(now);
}

function dailyLimit({ purchasedUsd }: Account): number {
  return purchasedUsd >= CREDITS_FOR_LARGER_QUOTA ? PER_DAY_WITH_CREDITS : PER_DAY;
}

/** The same three figures as headers and in the metadata; the reset is in epoch milliseconds. */
function refusal(words: string, limit: number, resetsAt: number, source: string): ApiError {
  const headers = {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': String(resetsAt),
  };
  return new ApiError(429, `Rate limit exceeded: ${words}`, {
    headers,
    metadata: {
      error_type: 'rate_limit_exceeded',
      headers,
      limit_source: source,
      provider_name: null,
    },
  });
}

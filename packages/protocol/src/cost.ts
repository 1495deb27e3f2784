import Big from 'big.js';
import type { Usage } from './upstream/chat.ts';
import type { Pricing } from './upstream/model.ts';

const FREE = new Big(0);
const WHOLE = new Big(1);

/**
 * What a generation costs at listed prices, in US dollars, as an exact decimal string such as
 * `"0.000887"`. Decimal arithmetic throughout: `0.1 + 0.2` is `"0.3"`.
 *
 * Cached prompt tokens are charged at `input_cache_read` and written ones at `input_cache_write`
 * where such prices are listed, otherwise as ordinary prompt tokens; reasoning tokens are part of
 * the completion and priced apart only where `internal_reasoning` is listed. The price per request,
 * searches, `overrides` and an endpoint's `discount` apply.
 *
 * @param at - When the request is made; some overrides hold for hours of the day only.
 * @returns `null` when it cannot be known: token counts are missing or contradict each other, or a
 *   price that is needed is missing, unreadable or `"-1"` (it depends on what a router picks).
 * @see https://openrouter.ai/docs/api-reference/list-available-models
 */
export function computeCost(usage: Usage, pricing: Pricing, at: Date): string | null {
  const counts = countUnits(usage);
  if (counts === null) return null;

  const rates = applyOverrides(pricing, usage.prompt_tokens ?? 0, at);
  const prompt = price(rates.prompt);
  const completion = price(rates.completion);
  if (prompt === null || completion === null) return null;

  const parts: [count: number, unit: Big | null][] = [
    [counts.prompt, prompt],
    [counts.cached, listed(rates.input_cache_read, prompt)],
    [counts.written, listed(rates.input_cache_write, prompt)],
    [counts.completion, completion],
    [counts.reasoning, listed(rates.internal_reasoning, completion)],
    [1, listed(rates.request, FREE)],
    [counts.searches, price(rates.web_search)],
  ];
  let total = FREE;
  for (const [count, unit] of parts) {
    if (count === 0) continue;
    if (unit === null) return null;
    total = total.plus(unit.times(count));
  }
  return total.times(WHOLE.minus(pricing.discount ?? 0)).toFixed();
}

/**
 * A price per token as a price per million tokens, exactly: `"0.0000015"` becomes `"1.5"`.
 *
 * @returns `null` for a missing, negative (`"-1"`) or unreadable price.
 */
export function perMillion(pricePerToken: string | null | undefined): string | null {
  return price(pricePerToken)?.times(1_000_000).toFixed() ?? null;
}

interface UnitCounts {
  /** Prompt tokens, neither read from the cache nor written to it. */
  prompt: number;
  cached: number;
  written: number;
  /** Completion tokens without reasoning. */
  completion: number;
  reasoning: number;
  searches: number;
}

/** How many of what are charged at which price; `null` when the counts make no sense. */
function countUnits(usage: Usage): UnitCounts | null {
  if (usage.prompt_tokens == null || usage.completion_tokens == null) return null;
  const cached = usage.prompt_tokens_details?.cached_tokens ?? 0;
  const written = usage.prompt_tokens_details?.cache_write_tokens ?? 0;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? 0;
  const counts = {
    prompt: usage.prompt_tokens - cached - written,
    cached,
    written,
    completion: usage.completion_tokens - reasoning,
    reasoning,
    searches: usage.server_tool_use_details?.web_search_requests ?? 0,
  };
  const makeSense = Object.values(counts).every((count) => Number.isFinite(count) && count >= 0);
  return makeSense ? counts : null;
}

/** A price that need not be listed: without it `otherwise` holds, but an unreadable one is unknown. */
function listed(text: string | null | undefined, otherwise: Big): Big | null {
  return text == null ? otherwise : price(text);
}

/** One decimal price minus another, exactly; `null` when either is unknown. */
export function subtractPrices(from: string | null, other: string | null): string | null {
  return from === null || other === null ? null : new Big(from).minus(other).toFixed();
}

function price(text: string | null | undefined): Big | null {
  if (text == null) return null;
  try {
    const value = new Big(text);
    return value.lt(0) ? null : value;
  } catch {
    return null;
  }
}

const MIDNIGHT = 2400; // as HHMM
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The prices in force: all conditions of an override must hold, and of several the later one wins. */
function applyOverrides(pricing: Pricing, promptTokens: number, at: Date): Pricing {
  const hhmm = at.getUTCHours() * 100 + at.getUTCMinutes();
  return (pricing.overrides ?? []).reduce<Pricing>((rates, override) => {
    const {
      min_prompt_tokens: minimum,
      utc_start: start,
      utc_end: end,
      utc_days: days,
      ...prices
    } = override;
    const holds =
      (minimum == null || promptTokens > minimum) &&
      isWithin(hhmm, start ?? 0, end ?? MIDNIGHT) &&
      (days == null || days.includes(DAYS[at.getUTCDay()] ?? ''));
    return holds ? { ...rates, ...prices } : rates;
  }, pricing);
}

function isWithin(hhmm: number, start: number, end: number): boolean {
  return start <= end ? hhmm >= start && hhmm < end : hhmm >= start || hhmm < end;
}

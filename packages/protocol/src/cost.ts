import Big from 'big.js';
import type { Usage } from './upstream/chat.ts';
import type { Pricing } from './upstream/model.ts';

/**
 * What a generation costs at catalogue prices, in US dollars, as an exact decimal string such as
 * `"0.000887"`. Decimal arithmetic throughout: `0.1 + 0.2` is `"0.3"`.
 *
 * Cached prompt tokens are charged at `input_cache_read` and written ones at `input_cache_write`
 * where the model lists such prices, otherwise as ordinary prompt tokens; reasoning tokens are part
 * of the completion and priced apart only where `internal_reasoning` is listed. `overrides` apply.
 *
 * @param at - When the request is made; some overrides hold for hours of the day only.
 * @returns `null` when the token counts or the prices are unknown, or the price is `"-1"` (it
 *   depends on the model that a router picks).
 * @see https://openrouter.ai/docs/api-reference/list-available-models
 */
export function computeCost(usage: Usage, pricing: Pricing, at: Date): string | null {
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = usage;
  if (promptTokens == null || completionTokens == null) return null;

  const rates = applyOverrides(pricing, promptTokens, at);
  const prompt = price(rates.prompt);
  const completion = price(rates.completion);
  if (prompt === null || completion === null) return null;

  const cached = usage.prompt_tokens_details?.cached_tokens ?? 0;
  const written = usage.prompt_tokens_details?.cache_write_tokens ?? 0;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? 0;
  return prompt
    .times(promptTokens - cached - written)
    .plus((price(rates.input_cache_read) ?? prompt).times(cached))
    .plus((price(rates.input_cache_write) ?? prompt).times(written))
    .plus(completion.times(completionTokens - reasoning))
    .plus((price(rates.internal_reasoning) ?? completion).times(reasoning))
    .plus(price(rates.request) ?? 0)
    .toFixed();
}

/**
 * A price per token as a price per million tokens, exactly: `"0.0000015"` becomes `"1.5"`.
 *
 * @returns `null` for a missing, negative (`"-1"`) or unreadable price.
 */
export function perMillion(pricePerToken: string | null | undefined): string | null {
  return price(pricePerToken)?.times(1_000_000).toFixed() ?? null;
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

/** The prices in force: all conditions of an override must hold, and of several the later one wins. */
function applyOverrides(pricing: Pricing, promptTokens: number, at: Date): Pricing {
  const hhmm = at.getUTCHours() * 100 + at.getUTCMinutes();
  return (pricing.overrides ?? []).reduce<Pricing>((rates, override) => {
    const {
      min_prompt_tokens: minimum,
      utc_start: start,
      utc_end: end,
      utc_days,
      ...prices
    } = override;
    const longEnough = minimum == null || promptTokens > minimum;
    const inWindow = start == null || end == null || isWithin(hhmm, start, end);
    const onDay = !Array.isArray(utc_days) || utc_days.includes(at.getUTCDay());
    return longEnough && inWindow && onDay ? { ...rates, ...prices } : rates;
  }, pricing);
}

function isWithin(hhmm: number, start: number, end: number): boolean {
  return start <= end ? hhmm >= start && hhmm < end : hhmm >= start || hhmm < end;
}

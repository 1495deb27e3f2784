import type { ChatRequest, Model, Pricing } from '@openrouter-native/protocol';
import { mediaOf } from '../prompt-content.ts';

/** What the calls of one step are charged at, at most; US dollars. */
export interface Rates {
  perPromptToken: number;
  perCompletionToken: number;
  /** For each call, and for each picture in its prompt. */
  perRequest: number;
  perImage: number;
  perSearch: number;
}

/** Comparing binary fractions with decimal ones must not keep the catalogue's own endpoint out. */
const TOLERANCE = 1 + 1e-9;
const MILLION = 1_000_000;
/** OpenRouter's own search engine and page fetch, where a model lists no price. */
const USD_PER_SEARCH = 0.007;

/** Every price of a prompt token: fresh, read from a cache, or written to one. */
const PROMPT_PRICES = ['prompt', 'input_cache_read', 'input_cache_write', 'image_token'];
const AUDIO_PRICES = ['audio', 'input_audio_cache'];
const COMPLETION_PRICES = ['completion', 'internal_reasoning'];

/** US dollars per token that `provider.max_price` allows. */
export interface PriceCeiling {
  prompt: number;
  completion: number;
}

/**
 * What endpoints may cost: the request's own `max_price`, or else the dearest of the models that it
 * names.
 */
export function priceCeiling(request: ChatRequest, named: readonly Model[]): PriceCeiling {
  const given = request.provider?.['max_price'] as Record<string, unknown> | null | undefined;
  const ceiling = (name: 'prompt' | 'completion') =>
    (ownLimit(given?.[name]) ?? Math.max(...named.map(({ pricing }) => Number(pricing[name])))) *
    TOLERANCE;
  return { prompt: ceiling('prompt'), completion: ceiling('completion') };
}

/** As `provider.max_price` wants it: US dollars per million tokens, without an exponent. */
export function toMaxPrice({ prompt, completion }: PriceCeiling): Record<string, string> {
  return {
    prompt: (prompt * MILLION).toFixed(12),
    completion: (completion * MILLION).toFixed(12),
  };
}

export interface RateOptions {
  request: ChatRequest;
  /** All that may answer; of known price. */
  models: readonly Model[];
  ceiling: PriceCeiling;
  /** At most. */
  promptTokens: number;
}

/**
 * Bounds the prices of a step. The catalogue lists the price of one endpoint of each model;
 * `max_price` keeps out those that are dearer, and the prices that it does not speak of are taken to
 * keep their proportion to the two that it does.
 */
export function ratesOf({ request, models, ceiling, promptTokens }: RateOptions): Rates {
  const { messages, modalities } = request;
  const mayAnswerIn = (modality: string) => modalities?.includes(modality) ?? true;
  const promptPrices = [
    ...PROMPT_PRICES,
    ...(mediaOf(messages).some(({ medium }) => medium === 'audio') ? AUDIO_PRICES : []),
    ...(asksForAnHour(request) ? ['input_cache_write_1h'] : []),
  ];
  const completionPrices = [
    ...COMPLETION_PRICES,
    ...(mayAnswerIn('image') ? ['image_output'] : []),
    ...(mayAnswerIn('audio') ? ['audio_output'] : []),
  ];

  const each = models.map(({ pricing }): Rates => {
    const highest = (name: string) => highestPrice(pricing, name, promptTokens);
    const listed = { prompt: Number(pricing.prompt), completion: Number(pricing.completion) };
    const factor = Math.max(
      inProportion(1, listed.prompt, ceiling.prompt),
      inProportion(1, listed.completion, ceiling.completion),
    );
    return {
      perPromptToken: inProportion(
        Math.max(...promptPrices.map(highest)),
        listed.prompt,
        ceiling.prompt,
      ),
      perCompletionToken: inProportion(
        Math.max(...completionPrices.map(highest)),
        listed.completion,
        ceiling.completion,
      ),
      perRequest: highest('request') * factor,
      perImage: highest('image') * factor,
      perSearch: Math.max(USD_PER_SEARCH, highest('web_search') * factor),
    };
  });
  const most = (name: keyof Rates) => Math.max(...each.map((rates) => rates[name]));
  return {
    perPromptToken: most('perPromptToken'),
    perCompletionToken: most('perCompletionToken'),
    perRequest: most('perRequest'),
    perImage: most('perImage'),
    perSearch: most('perSearch'),
  };
}

/** Whether anything is to be kept in a cache for an hour, wherever the request says so. */
function asksForAnHour(value: unknown): boolean {
  if (value === '1h') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(asksForAnHour);
}

/** A limit of the request's own, from US dollars per million tokens; `null` without one. */
function ownLimit(perMillion: unknown): number | null {
  const usd = perMillion == null || perMillion === '' ? NaN : Number(perMillion) / MILLION;
  return usd >= 0 && Number.isFinite(usd) ? usd : null;
}

/** A price of an endpoint whose main price may be as high as `ceilingUsd` instead of `listedUsd`. */
function inProportion(usd: number, listedUsd: number, ceilingUsd: number): number {
  if (listedUsd > 0) return Math.max(usd, (usd * ceilingUsd) / listedUsd);
  return Math.max(usd, ceilingUsd);
}

/** The highest price of that name that may be in force; 0 when none is listed. */
function highestPrice(pricing: Pricing, name: string, promptTokens: number): number {
  const overrides = (pricing.overrides ?? []).filter(
    ({ min_prompt_tokens: minimum }) => minimum == null || promptTokens > minimum,
  );
  return Math.max(0, ...[pricing, ...overrides].map((prices) => asUsd(prices[name])));
}

function asUsd(price: unknown): number {
  const usd = Number(price);
  return price != null && Number.isFinite(usd) ? Math.max(0, usd) : 0;
}

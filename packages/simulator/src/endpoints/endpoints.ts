import type { Model, Pricing } from '@openrouter-native/protocol';
import { answeringSlug, authorOf, isRouter } from '../catalogue/catalogue.ts';
import { catalogueVariant } from '../catalogue/model-id.ts';
import { createRandom, type Random } from '../generate/seed.ts';
import { firstParties, openModelHosts, providers, type Provider } from './providers.ts';
import { scalePricing } from './scale-pricing.ts';

/** Spread of a measurement over the last half hour. */
export interface Percentiles {
  p50: number;
  p75: number;
  p90: number;
  p99: number;
}

/** One provider's offer of one model. */
export interface Endpoint {
  readonly model: Model;
  readonly provider: Provider;
  /** Routing slug with the part that tells this endpoint from the provider's others: `deepinfra/fp8`. */
  readonly tag: string;
  readonly tier: 'default' | 'priority' | 'flex';
  readonly quantization: string | null;
  readonly pricing: Pricing;
  readonly contextTokens: number;
  readonly maxCompletionTokens: number | null;
  readonly supportedParameters: readonly string[];
  readonly latencyMs: Percentiles;
  readonly tokensPerSecond: Percentiles;
  /** Percent. */
  readonly uptime: { last5m: number; last30m: number; last1d: number };
  /** 0 is healthy, below is increasingly bad. */
  readonly status: number;
}

const QUANTIZATIONS = ['fp8', 'bf16', 'fp8', 'int4', 'fp16', 'fp4'] as const;
/** What a host of open models may leave out; everything else it offers like the author. */
const OPTIONAL_PARAMETERS = [
  'structured_outputs',
  'logprobs',
  'top_logprobs',
  'logit_bias',
  'min_p',
  'seed',
  'response_format',
];
const TIER_PRICE_FACTOR = { default: 1, priority: 2, flex: 0.5 } as const;

const derived = new WeakMap<Model, readonly Endpoint[]>();

/**
 * The endpoints of a model, derived from catalogue facts: always the same for the same model. The
 * first one is what the catalogue describes, price and limits included, and no standard endpoint is
 * cheaper. A router has none.
 */
export function endpointsOf(model: Model): readonly Endpoint[] {
  const known = derived.get(model);
  if (known) return known;
  const endpoints = isRouter(model) ? [] : deriveEndpoints(model);
  derived.set(model, endpoints);
  return endpoints;
}

function deriveEndpoints(model: Model): Endpoint[] {
  const random = createRandom(`endpoints of ${model.id}`);
  const standard = chooseProviders(model, random).map((provider, position) =>
    deriveEndpoint(model, provider, position, random.fork(provider.slug)),
  );
  const first = standard[0];
  if (!first || catalogueVariant(model.id) !== null) return standard;
  const tiers = first.provider.tiers.map((tier): Endpoint => ({
    ...first,
    tag: `${first.provider.slug}/${tier}`,
    tier,
    pricing: scalePricing(first.pricing, TIER_PRICE_FACTOR[tier]),
    latencyMs: scale(first.latencyMs, tier === 'priority' ? 0.6 : 2.5),
    tokensPerSecond: scale(first.tokensPerSecond, tier === 'priority' ? 1.6 : 0.7),
  }));
  return [...standard, ...tiers];
}

/** Closed models live at their author's and at a few clouds, open ones at many hosts. */
function chooseProviders(model: Model, random: Random): Provider[] {
  const own = firstParties(authorOf(model));
  const variant = catalogueVariant(model.id);
  const isOpen = Boolean(model['hugging_face_id']) || own.length === 0;
  const hosts = isOpen ? shuffle(openModelHosts, random).slice(0, random.between(2, 5)) : [];
  const all = [...new Set([...own, ...hosts])];
  if (variant === 'free') return all.slice(0, random.between(1, 2));
  return variant === null ? all : all.slice(0, 1);
}

function deriveEndpoint(
  model: Model,
  provider: Provider,
  position: number,
  random: Random,
): Endpoint {
  const isFirst = position === 0;
  const isHost = provider.hostsOpenModels && !isFirst;
  const quantization = provider.hostsOpenModels ? random.pick(QUANTIZATIONS) : null;
  const contextTokens = model.top_provider?.context_length ?? model.context_length ?? 32_768;
  const median = random.between(25, 160);
  const tail = quantization === null ? '' : `/${quantization}`;
  const factor = isHost ? 1 + random.between(0, 12) / 20 : 1;
  return {
    model,
    provider,
    tag: `${provider.slug}${tail}`,
    tier: 'default',
    quantization: quantization ?? 'unknown',
    pricing: scalePricing(model.pricing, factor),
    contextTokens: isHost && random.chance(0.3) ? Math.ceil(contextTokens / 2) : contextTokens,
    maxCompletionTokens: model.top_provider?.max_completion_tokens ?? null,
    supportedParameters: (model.supported_parameters ?? []).filter(
      (parameter) => !isHost || !OPTIONAL_PARAMETERS.includes(parameter) || random.chance(0.6),
    ),
    latencyMs: spread(random.between(180, 1400), 1.9),
    tokensPerSecond: spread(median, 0.6),
    uptime: {
      last5m: isFirst || random.chance(0.8) ? 100 : 100 - random.between(1, 60) / 10,
      last30m: isFirst ? 100 : 100 - random.between(0, 30) / 10,
      last1d: 100 - random.between(0, 20) / 10,
    },
    status: isFirst || random.chance(0.95) ? 0 : -2,
  };
}

function shuffle<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, weight: random.next() }))
    .toSorted((one, other) => one.weight - other.weight)
    .map(({ item }) => item);
}

function spread(p50: number, growth: number): Percentiles {
  const at = (power: number) => Math.round(p50 * growth ** power);
  return { p50, p75: at(0.5), p90: at(1), p99: at(2) };
}

function scale(values: Percentiles, factor: number): Percentiles {
  const times = (value: number) => Math.round(value * factor);
  return {
    p50: times(values.p50),
    p75: times(values.p75),
    p90: times(values.p90),
    p99: times(values.p99),
  };
}

/** The row of `GET /models/{author}/{slug}/endpoints`; speeds are for callers with a key. */
export function describeEndpoint(endpoint: Endpoint, withSpeeds: boolean): Record<string, unknown> {
  const { model, provider, supportedParameters, uptime } = endpoint;
  const hasTools = supportedParameters.includes('tools');
  return {
    name: `${provider.name} | ${answeringSlug(model)}`,
    model_id: model.id,
    model_name: model.name,
    provider_name: provider.name,
    tag: endpoint.tag,
    context_length: endpoint.contextTokens,
    pricing: { ...endpoint.pricing, discount: 0 },
    quantization: endpoint.quantization,
    max_completion_tokens: endpoint.maxCompletionTokens,
    max_prompt_tokens: null,
    supported_parameters: supportedParameters,
    supports_implicit_caching:
      endpoint.pricing.input_cache_read != null && endpoint.pricing.input_cache_write == null,
    supports_tool_choice: {
      auto: hasTools,
      none: hasTools,
      required: hasTools,
      function: supportedParameters.includes('tool_choice'),
    },
    supports_voice_cloning: false,
    uptime_last_5m: uptime.last5m,
    uptime_last_30m: uptime.last30m,
    uptime_last_1d: uptime.last1d,
    latency_last_30m: withSpeeds ? endpoint.latencyMs : null,
    throughput_last_30m: withSpeeds ? endpoint.tokensPerSecond : null,
    status: endpoint.status,
  };
}

/** The provider directory, `GET /providers`. No provider's own pages are known here. */
export function describeProviders(): Record<string, unknown>[] {
  return providers.map(({ name, slug, headquarters }) => ({
    name,
    slug,
    privacy_policy_url: null,
    terms_of_service_url: null,
    status_page_url: null,
    headquarters,
    datacenters: headquarters === null ? null : [headquarters],
  }));
}

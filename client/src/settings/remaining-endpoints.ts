import { perMillion, type Endpoint } from '@openrouter-native/protocol';
import { variantOf } from '../models/families.ts';
import { listAt, readNumber, takes, type ModelParameters } from './parameters.ts';
import type { ProviderPreferences, ProviderSort } from './provider-preferences.ts';
import { readFormat } from './response-format.ts';

/** What a request needs of whoever serves it. */
export interface EndpointRequest {
  /** With its variant, such as `:nitro`. */
  modelId: string;
  /** Names of the parameters that are sent. */
  parameters: readonly string[];
  needsTools: boolean;
  /** Tokens; `null` = as many as the model writes. */
  maxTokens: number | null;
  serviceTier: string | null;
}

/** Why an endpoint does not serve a request. */
export type Exclusion =
  | { why: 'ignored' | 'notOnly' | 'notInOrder' | 'quantization' | 'tools' | 'tier' | 'length' }
  | { why: 'promptPrice' | 'completionPrice' }
  | { why: 'parameters'; missing: readonly string[] };

/** Who may serve a request. */
export interface RemainingEndpoints {
  /** In the order in which they are tried, as far as that can be told. */
  remaining: readonly Endpoint[];
  excluded: readonly { endpoint: Endpoint; exclusion: Exclusion }[];
}

/** Endpoints of another service level than the usual one, at another price. */
const TIER = /\/(priority|flex)$/;

/**
 * The endpoints of a model that remain under somebody's preferences. What a provider does with prompts
 * is not part of the list of endpoints, so `deniesCollection` and `isZeroRetention` exclude nobody here.
 *
 * @see https://openrouter.ai/docs/features/provider-routing
 */
export function remainingEndpoints(
  endpoints: readonly Endpoint[],
  preferences: ProviderPreferences,
  request: EndpointRequest,
): RemainingEndpoints {
  const judged = endpoints.map((endpoint) => ({
    endpoint,
    exclusion: exclusionOf(endpoint, preferences, request),
  }));
  const remaining = judged.flatMap(({ endpoint, exclusion }) => (exclusion ? [] : endpoint));
  return {
    remaining: inOrder(remaining, preferences, request),
    excluded: judged.flatMap(({ endpoint, exclusion }) =>
      exclusion ? { endpoint, exclusion } : [],
    ),
  };
}

/**
 * What a request with these parameters needs.
 *
 * @param usesTools - Functions are sent along, as with an agent's tools.
 */
export function endpointRequest(
  modelId: string,
  parameters: ModelParameters,
  usesTools: boolean,
): EndpointRequest {
  const needsTools = usesTools || listAt(parameters, 'tools').length > 0;
  const tier = parameters['service_tier'];
  const isStructured = readFormat(parameters)?.type === 'json_schema';
  const sent = Object.keys(parameters).filter((name) => ABOUT_SUPPORT.has(name));
  return {
    modelId,
    parameters: [
      ...new Set([
        ...sent,
        ...(needsTools ? ['tools'] : []),
        ...(isStructured ? ['structured_outputs'] : []),
      ]),
    ],
    needsTools,
    maxTokens: readNumber(parameters, 'max_tokens'),
    serviceTier: typeof tier === 'string' ? tier : null,
  };
}

/** Parameters that an endpoint's list of supported ones speaks of. */
const ABOUT_SUPPORT: ReadonlySet<string> = new Set([
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'top_a',
  'frequency_penalty',
  'presence_penalty',
  'repetition_penalty',
  'max_tokens',
  'max_completion_tokens',
  'logit_bias',
  'logprobs',
  'top_logprobs',
  'prediction',
  'seed',
  'response_format',
  'stop',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'reasoning',
  'reasoning_effort',
  'verbosity',
  'web_search_options',
]);

/** A base slug (`google-vertex`) means all of a provider but its tiers, a full tag exactly one. */
export function matchesSlug({ tag }: Endpoint, slug: string): boolean {
  if (tag == null) return false;
  if (tag === slug) return true;
  return !TIER.test(tag) && tag.split('/', 1)[0] === slug;
}

function exclusionOf(
  endpoint: Endpoint,
  preferences: ProviderPreferences,
  request: EndpointRequest,
): Exclusion | null {
  const { order, only, ignore, allowsFallbacks, maxPromptUsd, maxCompletionUsd } = preferences;
  const isAny = (slugs: readonly string[]) => slugs.some((slug) => matchesSlug(endpoint, slug));
  if (isAny(ignore)) return { why: 'ignored' };
  if (!servesTier(endpoint, preferences, request)) return { why: 'tier' };
  if (only.length > 0 && !isAny(only)) return { why: 'notOnly' };
  if (!allowsFallbacks && order.length > 0 && !isAny(order)) return { why: 'notInOrder' };
  const precision = endpoint.quantization ?? 'unknown';
  if (preferences.quantizations.length > 0 && !preferences.quantizations.includes(precision)) {
    return { why: 'quantization' };
  }
  if (isOver(endpoint, 'prompt', maxPromptUsd)) return { why: 'promptPrice' };
  if (isOver(endpoint, 'completion', maxCompletionUsd)) return { why: 'completionPrice' };
  if (request.needsTools && !supports(endpoint, 'tools')) return { why: 'tools' };
  const { max_completion_tokens: longest } = endpoint;
  if (request.maxTokens !== null && longest != null && longest < request.maxTokens) {
    return { why: 'length' };
  }
  if (!preferences.requiresParameters) return null;
  const missing = request.parameters.filter((name) => !supports(endpoint, name));
  return missing.length > 0 ? { why: 'parameters', missing } : null;
}

/** Who says nothing of what they support is not excluded for it. */
function supports(endpoint: Endpoint, name: string): boolean {
  return takes({ ...endpoint, id: '' }, name) !== false;
}

/** Tiers serve only who asks for them, by the full tag, by a variant, or by name. */
function servesTier(
  { tag }: Endpoint,
  { only, order }: ProviderPreferences,
  { modelId, serviceTier }: EndpointRequest,
): boolean {
  const tier = TIER.exec(tag ?? '')?.[1];
  if (tier === undefined || tag == null) return true;
  if (only.includes(tag) || order.includes(tag) || serviceTier === tier) return true;
  const variant = variantOf(modelId);
  return tier === 'priority' ? variant === 'nitro' : variant === 'floor';
}

/** An unknown price keeps no limit. */
function isOver(endpoint: Endpoint, kind: 'prompt' | 'completion', limit: number | null): boolean {
  return limit !== null && !(priceUsd(endpoint, kind) <= limit);
}

/** US dollars per million tokens, after the discount; `NaN` when unknown. */
export function priceUsd({ pricing }: Endpoint, kind: 'prompt' | 'completion'): number {
  const price = perMillion(pricing[kind]);
  return price === null ? Number.NaN : Number(price) * (1 - (pricing.discount ?? 0));
}

function inOrder(
  endpoints: readonly Endpoint[],
  { order, sort }: ProviderPreferences,
  { modelId }: EndpointRequest,
): Endpoint[] {
  const variant = variantOf(modelId);
  const by = VARIANT_SORTS[variant] ?? sort ?? 'price';
  const place = (endpoint: Endpoint) => {
    const index = order.findIndex((slug) => matchesSlug(endpoint, slug));
    return index < 0 ? order.length : index;
  };
  return endpoints.toSorted((a, b) => place(a) - place(b) || rank(a, by) - rank(b, by) || 0);
}

const VARIANT_SORTS: Readonly<Partial<Record<string, ProviderSort>>> = {
  nitro: 'throughput',
  floor: 'price',
  exacto: 'exacto',
};

/** Smaller is better; what is unknown comes last. */
function rank(endpoint: Endpoint, by: ProviderSort): number {
  switch (by) {
    case 'price': {
      const sum = priceUsd(endpoint, 'prompt') + priceUsd(endpoint, 'completion');
      return Number.isNaN(sum) ? UNKNOWN : sum;
    }
    case 'throughput':
      return -(median(endpoint['throughput_last_30m']) ?? -UNKNOWN);
    case 'latency':
      return median(endpoint['latency_last_30m']) ?? UNKNOWN;
    case 'exacto':
      return 0; // By how well tools are called, of which the list says nothing.
    default:
      return by satisfies never;
  }
}

/** Finite, so that two of them compare as equal. */
const UNKNOWN = Number.MAX_VALUE;

function median(percentiles: unknown): number | null {
  const value = (percentiles as { p50?: unknown } | null | undefined)?.p50;
  return typeof value === 'number' ? value : null;
}

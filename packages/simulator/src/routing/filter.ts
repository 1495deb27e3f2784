import type { Model } from '@openrouter-native/protocol';
import type { Endpoint } from '../endpoints/endpoints.ts';
import { ApiError } from '../errors.ts';
import type { RoutingVariant } from '../catalogue/model-id.ts';
import type { Preferences } from './preferences.ts';

const DOCS_URL = 'https://openrouter.ai/docs/guides/routing/provider-selection';
const PRIVACY_URL = 'https://openrouter.ai/settings/privacy';

/** What a request needs from an endpoint. */
export interface RoutingNeeds {
  readonly preferences: Preferences;
  /** Of the asked id, such as `:nitro`. */
  readonly variants: readonly RoutingVariant[];
  readonly serviceTier: 'default' | 'priority' | 'flex';
  /** A guardrail of the key insists on zero retention, whatever the request says. */
  readonly enforceZdr: boolean;
  readonly inputModalities: readonly string[];
  readonly needsTools: boolean;
  /** Names of the parameters that were sent. */
  readonly parameters: readonly string[];
  readonly promptTokens: number;
}

/** One step of the funnel: what it keeps, and how its refusal is worded. */
interface FilterStep {
  readonly name: string;
  readonly keep: (endpoint: Endpoint, needs: RoutingNeeds, input: readonly Endpoint[]) => boolean;
  readonly message: (model: Model, needs: RoutingNeeds, input: readonly Endpoint[]) => string;
  readonly availability: 'constraint_filtered' | 'privacy_restricted' | 'no_endpoints';
  readonly excludedBy: string | null;
}

const STEPS: readonly FilterStep[] = [
  {
    name: 'service_tier',
    keep: keepTier,
    message: ({ id }) => `No endpoints found for ${id}.`,
    availability: 'no_endpoints',
    excludedBy: null,
  },
  {
    name: 'data_policy',
    keep: ({ provider }, { preferences, enforceZdr }) => {
      if (preferences.zdr || enforceZdr) return provider.retains === 'nothing';
      return !preferences.denyDataCollection || provider.retains !== 'trains';
    },
    message: (_model, _needs, input) =>
      `0 endpoints out of ${input.length} requested are available matching your guardrail restrictions and data policy. Configure: ${PRIVACY_URL}`,
    availability: 'privacy_restricted',
    excludedBy: 'data_policy:zdr',
  },
  {
    name: 'allowed_providers',
    keep: (endpoint, { preferences: { only, ignore, order, allowFallbacks } }) => {
      if (ignore.some((slug) => matchesSlug(endpoint, slug))) return false;
      if (only && !only.some((slug) => matchesSlug(endpoint, slug))) return false;
      return allowFallbacks || !order || order.some((slug) => matchesSlug(endpoint, slug));
    },
    message: () => 'No allowed providers are available for the selected model.',
    availability: 'constraint_filtered',
    excludedBy: 'allowed_providers',
  },
  {
    name: 'quantization',
    keep: ({ quantization }, { preferences: { quantizations } }) =>
      !quantizations || quantizations.includes(quantization ?? 'unknown'),
    message: ({ id }) => `No endpoints found for ${id} with the requested quantization.`,
    availability: 'constraint_filtered',
    excludedBy: 'quantization',
  },
  {
    name: 'max_price',
    keep: ({ pricing }, { preferences: { maxPrice } }) =>
      Number(pricing.prompt) * 1e6 <= (maxPrice.prompt ?? Infinity) &&
      Number(pricing.completion) * 1e6 <= (maxPrice.completion ?? Infinity),
    message: () => 'No endpoints found that satisfy the max price for this request',
    availability: 'constraint_filtered',
    excludedBy: 'max_price',
  },
  {
    name: 'input_modalities',
    keep: ({ model }, { inputModalities }) =>
      inputModalities.every(
        (modality) => model.architecture?.input_modalities?.includes(modality) ?? false,
      ),
    message: (model, { inputModalities }) => {
      const known = model.architecture?.input_modalities ?? [];
      const missing = inputModalities.find((modality) => !known.includes(modality));
      return `No endpoints found that support ${missing ?? 'this'} input`;
    },
    availability: 'constraint_filtered',
    excludedBy: null,
  },
  {
    name: 'tools',
    keep: ({ supportedParameters }, { needsTools }) =>
      !needsTools || supportedParameters.includes('tools'),
    message: () =>
      `No endpoints found that support tool use. To learn more about provider routing, visit: ${DOCS_URL}`,
    availability: 'constraint_filtered',
    excludedBy: 'require_parameters',
  },
  {
    name: 'require_parameters',
    keep: ({ supportedParameters }, { preferences, parameters }) =>
      !preferences.requireParameters ||
      parameters.every((parameter) => supportedParameters.includes(parameter)),
    message: () =>
      `No endpoints found that can handle the requested parameters. To learn more about provider routing, visit: ${DOCS_URL}`,
    availability: 'constraint_filtered',
    excludedBy: 'require_parameters',
  },
];

/**
 * The endpoints that may serve a request, in the order they came in.
 *
 * @throws {@link ApiError} 404 with the routing funnel when a step leaves nothing, and 400 when every
 *   endpoint is too small for the prompt.
 */
export function filterEndpoints(
  model: Model,
  endpoints: readonly Endpoint[],
  needs: RoutingNeeds,
): readonly Endpoint[] {
  const funnel = [{ step: 'model', endpoint_count: endpoints.length }];
  let left = endpoints;
  for (const step of STEPS) {
    const input = left;
    left = input.filter((endpoint) => step.keep(endpoint, needs, input));
    funnel.push({ step: step.name, endpoint_count: left.length });
    if (left.length === 0) throw refusal(model, needs, step, input, funnel);
  }
  const large = left.filter(({ contextTokens }) => contextTokens >= needs.promptTokens);
  if (large.length === 0) throw tooLong(model, left, needs);
  return large;
}

function refusal(
  model: Model,
  needs: RoutingNeeds,
  step: FilterStep,
  input: readonly Endpoint[],
  funnel: object[],
): ApiError {
  const isDataPolicy = step.name === 'data_policy';
  const wantsZdr = needs.preferences.zdr || needs.enforceZdr;
  const excludedBy = isDataPolicy && !wantsZdr ? 'data_policy:training' : step.excludedBy;
  return new ApiError(404, step.message(model, needs, input), {
    metadata: {
      error_type: 'not_found',
      routing_funnel: funnel,
      failed_routing_step: step.name,
      ...(isDataPolicy && {
        input_endpoint_count: input.length,
        ineligibility_reasons: [
          { reason: excludedBy, endpoint_count: input.length, configure_url: PRIVACY_URL },
        ],
      }),
    },
    availability: {
      code: step.availability,
      retryable: false,
      requested_models: [model.id],
      docs_url: DOCS_URL,
      ...(excludedBy !== null && { excluded_by: [excludedBy] }),
    },
  });
}

function tooLong(model: Model, endpoints: readonly Endpoint[], needs: RoutingNeeds): ApiError {
  const largest = Math.max(...endpoints.map(({ contextTokens }) => contextTokens));
  return new ApiError(
    400,
    `This endpoint's maximum context length is ${largest} tokens. However, you requested about ${needs.promptTokens} tokens. Please reduce the length of the messages, or use the context-compression plugin.`,
    {
      metadata: { error_type: 'context_length_exceeded' },
      availability: {
        code: 'constraint_filtered',
        retryable: false,
        requested_models: [model.id],
        docs_url: DOCS_URL,
        excluded_by: ['context_length'],
      },
    },
  );
}

/**
 * A base slug (`google-vertex`) means every standard endpoint of that provider; a full tag
 * (`openai/priority`, `deepinfra/fp8`) means exactly that one.
 */
export function matchesSlug({ tag, tier, provider }: Endpoint, slug: string): boolean {
  return slug === tag || (tier === 'default' && slug === provider.slug);
}

/** Tier endpoints serve only those who ask for the tier, by parameter, by variant or by full tag. */
function keepTier(
  { tier, tag }: Endpoint,
  needs: RoutingNeeds,
  input: readonly Endpoint[],
): boolean {
  const { only, order } = needs.preferences;
  const isNamed = [...(only ?? []), ...(order ?? [])].includes(tag);
  if (needs.serviceTier === 'flex' && input.some((other) => other.tier === 'flex')) {
    return tier === 'flex';
  }
  if (tier === 'default') return true;
  if (tier === 'priority') {
    return isNamed || needs.serviceTier === 'priority' || needs.variants.includes('nitro');
  }
  return isNamed || needs.variants.includes('floor');
}

import type { ErrorReason } from '@openrouter-native/protocol';

/**
 * The stable names by which upstream says what is wrong, and the reason that each of them settles.
 *
 * @see https://openrouter.ai/docs/api-reference/errors
 */
export const upstreamNames = {
  /** `error.availability.code`. */
  availability: table({
    model_not_found: 'invalid_model_id',
    wrong_endpoint: 'invalid_request',
    no_endpoints: 'no_endpoints',
    model_deprecated: 'model_unavailable',
    model_unavailable_upstream: 'model_unavailable',
    free_variant_ended: 'model_unavailable',
    privacy_restricted: 'data_policy',
    constraint_filtered: 'no_endpoints',
    region_restricted: 'region_blocked',
    capacity_exhausted: 'rate_limited_provider',
    temporarily_unavailable: 'provider_overloaded',
  }),
  /** `error.availability.excluded_by`, as far as another reason says it better. */
  excludedBy: table({
    geo: 'region_blocked',
    data_region: 'region_blocked',
    'data_policy:zdr': 'data_policy',
    'data_policy:training': 'data_policy',
    context_length: 'context_length_exceeded',
    require_parameters: 'parameter_not_supported',
  }),
  /** `error.metadata.limit_source`, where it settles the matter alone. */
  limitSource: table({
    openrouter_key_limit: 'key_limit_exceeded',
    openrouter_in_flight_budget: 'in_flight_budget',
    upstream_provider_shared_pool: 'rate_limited_provider',
    openrouter_free_tier_daily: 'free_tier_limit',
  }),
  /** `error.metadata.error_type`, where it says more than the status. */
  errorType: table({
    context_length_exceeded: 'context_length_exceeded',
    token_limit_exceeded: 'context_length_exceeded',
    string_too_long: 'context_length_exceeded',
    content_policy_violation: 'moderation_blocked',
    refusal: 'moderation_blocked',
    authentication: 'key_invalid',
    payment_required: 'insufficient_credits',
    permission_denied: 'permission_denied',
    payload_too_large: 'payload_too_large',
    rate_limit_exceeded: 'rate_limited_platform',
    server: 'provider_error',
    provider_unavailable: 'provider_error',
    provider_overloaded: 'provider_overloaded',
    timeout: 'upstream_timeout',
  }),
};

/** Not an object: a word of upstream such as `constructor` must find nothing. */
function table(reasons: Record<string, ErrorReason>): ReadonlyMap<string, ErrorReason> {
  return new Map(Object.entries(reasons));
}

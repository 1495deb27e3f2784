import type { ErrorReason } from '@openrouter-native/protocol';
import type { FailedExchange } from '../verdict/verdict.ts';

/** One failure as it comes over the wire, and what it means. */
export interface KnownFailure {
  name: string;
  exchange: Partial<FailedExchange>;
  reason: ErrorReason;
  /** HTTP status that our own answer has. */
  status: number;
  retryable: boolean;
}

type Fields = Record<string, unknown>;

/** A body in the documented envelope; its `code` is the HTTP status. */
const said = (code: number, message: string, metadata?: Fields, more: Fields = {}) => ({
  status: code,
  body: { error: { code, message, ...(metadata && { metadata }), ...more }, user_id: 'user_x' },
});

/** An error inside a 200: in a stream, or in a whole answer. */
const inBand = (error: Fields) => ({ status: 200, body: { error } });

const unavailable = (code: number, name: string, rest: Fields = {}) =>
  said(code, `Unavailable: ${name}`, undefined, {
    availability: { code: name, requested_models: ['a/b'], docs_url: 'https://a.test', ...rest },
  });

/** The forms without an `error.code`, as documentation samples show them. */
const uncoded = (http_status: number, error_type: string) => ({
  status: http_status,
  body: { error: { message: 'x', error_type, http_status } },
});

const html = (status: number) => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<!DOCTYPE html><html><head><title>${status}</title></head></html>`,
});

function failure(
  name: string,
  exchange: Partial<FailedExchange>,
  reason: ErrorReason,
  status: number,
  retryable = false,
): KnownFailure {
  return { name, exchange, reason, status, retryable };
}

/**
 * Documented and observed failures of OpenRouter, and of what may stand between.
 *
 * @see https://openrouter.ai/docs/api-reference/errors
 */
export const knownFailures: readonly KnownFailure[] = [
  // The key.
  failure('no key', said(401, 'Missing Authentication header'), 'key_missing', 401),
  failure('no key, older', said(401, 'No auth credentials found'), 'key_missing', 401),
  failure('no key, oldest', said(401, 'No cookie auth credentials found'), 'key_missing', 401),
  failure('unknown key', said(401, 'User not found.'), 'key_invalid', 401),
  failure('disabled key', said(401, 'API key is disabled'), 'key_disabled', 401),
  failure('expired key', said(401, 'This API key has expired'), 'key_disabled', 401),
  failure(
    'authentication by its type alone',
    said(401, 'No.', { error_type: 'authentication' }),
    'key_invalid',
    401,
  ),
  failure(
    'a management key that chats',
    said(403, 'Management keys cannot be used for inference requests'),
    'key_invalid',
    403,
  ),
  failure(
    'an ordinary key at /credits',
    { operation: 'credits', ...said(403, 'Only management keys can perform this operation') },
    'management_key_required',
    403,
  ),
  failure(
    'any 403 of /credits',
    { operation: 'credits', ...said(403, 'Forbidden') },
    'management_key_required',
    403,
  ),
  failure(
    'a 403 of /key itself',
    { operation: 'key', ...said(403, 'Forbidden') },
    'account_restricted',
    403,
  ),
  failure(
    'a suspended account',
    said(403, 'Your account has been suspended.'),
    'account_restricted',
    403,
  ),

  // The provider's credentials, which are none of our key.
  failure(
    'a provider that refuses its credentials',
    said(401, 'Provider returned error', {
      provider_name: 'Anthropic',
      raw: '{"error":{"type":"authentication_error","message":"invalid x-api-key"}}',
    }),
    'provider_error',
    502,
  ),
  failure(
    "a provider's account without money",
    said(402, 'Provider returned error', {
      provider_name: 'DeepSeek',
      raw: 'Insufficient Balance',
    }),
    'provider_error',
    502,
  ),

  // Money.
  failure(
    'no credits',
    said(402, 'Insufficient credits. Add more using https://openrouter.ai/settings/credits', {
      limit_source: 'openrouter_credits',
    }),
    'insufficient_credits',
    402,
  ),
  failure('no credits, older', said(402, 'Insufficient credits'), 'insufficient_credits', 402),
  failure(
    'a request that is too dear',
    said(
      402,
      'This request requires more credits, or fewer max_tokens. You requested up to 64000 tokens, but can only afford 1210.',
      { limit_source: 'openrouter_credits' },
    ),
    'can_only_afford',
    402,
  ),
  failure(
    'a request that is too dear, by its word',
    said(402, 'Payment required', {
      limit_source: 'openrouter_credits',
      reason: 'weight_exceeds_budget',
    }),
    'can_only_afford',
    402,
  ),
  failure(
    'a prompt that is too dear',
    said(402, 'Prompt tokens limit exceeded: 5012 > 2490'),
    'can_only_afford',
    402,
  ),
  failure(
    'a negative balance',
    said(402, 'Your account has a negative balance.'),
    'negative_balance',
    402,
  ),
  failure(
    'running requests that hold the budget',
    said(402, 'Too much in flight', {
      limit_source: 'openrouter_in_flight_budget',
      reason: 'in_flight_budget_exhausted',
    }),
    'in_flight_budget',
    402,
    true,
  ),
  failure(
    'running requests that hold the budget, without a source',
    said(402, 'Too much in flight', { reason: 'in_flight_budget_exhausted' }),
    'in_flight_budget',
    402,
    true,
  ),
  failure(
    "the key's cap as documented",
    said(402, 'Key limit exceeded', { limit_source: 'openrouter_key_limit' }),
    'key_limit_exceeded',
    402,
  ),
  failure(
    "the key's cap as seen",
    said(
      403,
      'Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys',
    ),
    'key_limit_exceeded',
    402,
  ),
  failure(
    "the key's daily cap",
    said(403, 'Key limit exceeded (daily limit).'),
    'key_limit_exceeded',
    402,
  ),
  failure(
    'payment by its type alone',
    inBand({ code: 'payment_required', message: 'Pay.' }),
    'insufficient_credits',
    402,
  ),

  // Permission.
  failure(
    'moderation',
    said(403, 'Input was flagged by moderation', {
      reasons: ['violence'],
      flagged_input: 'how do I … the building',
      provider_name: 'OpenAI',
      model_slug: 'openai/gpt-5-mini',
    }),
    'moderation_blocked',
    403,
  ),
  failure(
    'moderation by its reasons alone',
    said(403, 'No.', { reasons: ['hate'] }),
    'moderation_blocked',
    403,
  ),
  failure(
    'a content policy',
    said(400, 'Rejected', { error_type: 'content_policy_violation' }),
    'moderation_blocked',
    400,
  ),
  failure('a refusal', said(400, 'Rejected', { error_type: 'refusal' }), 'moderation_blocked', 400),
  failure(
    'a guardrail on content',
    said(403, 'Request blocked', { patterns: ['credit_card'] }),
    'guardrail_blocked',
    403,
  ),
  failure(
    'a guardrail on models',
    said(403, 'This model is not allowed by a guardrail of your workspace.'),
    'guardrail_blocked',
    403,
  ),
  failure(
    'a budget of the workspace',
    said(403, 'Workspace budget exceeded'),
    'guardrail_blocked',
    403,
  ),
  failure(
    'a region',
    said(403, 'This model is not available in your region.'),
    'region_blocked',
    403,
  ),
  failure(
    "a provider's region",
    said(403, 'Provider returned error', {
      provider_name: 'OpenAI',
      raw: '{"error":{"message":"Country, region, or territory not supported"}}',
    }),
    'region_blocked',
    403,
  ),
  failure('an unexplained refusal', said(403, 'Forbidden'), 'permission_denied', 403),
  failure(
    'a refusal by its type alone',
    inBand({ code: 'permission_denied', message: 'No.' }),
    'permission_denied',
    403,
  ),

  // The model, and who serves it.
  failure(
    'an unknown model',
    said(400, 'acme/nope is not a valid model ID'),
    'invalid_model_id',
    400,
  ),
  failure('no endpoints', said(404, 'No endpoints found for acme/nope.'), 'no_endpoints', 404),
  failure(
    'a model for batches only',
    said(404, 'This model is only available through the Batch API'),
    'no_endpoints',
    404,
  ),
  failure(
    'no allowed provider',
    said(404, 'No allowed providers are available for the selected model.'),
    'no_endpoints',
    404,
  ),
  failure(
    'a price limit',
    said(404, 'No endpoints found that satisfy the max price for this request'),
    'no_endpoints',
    404,
  ),
  failure(
    'a router without a choice',
    said(404, 'No models match your request and model restrictions'),
    'no_endpoints',
    404,
  ),
  failure(
    'routing that left nothing',
    said(404, 'No endpoints found.', {
      routing_funnel: [{ step: 'price', endpoint_count: 0 }],
      failed_routing_step: 'price',
    }),
    'no_endpoints',
    404,
  ),
  failure('tools', said(404, 'No endpoints found that support tool use.'), 'no_tool_endpoint', 404),
  failure(
    'pictures',
    said(404, 'No endpoints found that support image input'),
    'parameter_not_supported',
    404,
  ),
  failure(
    'required parameters',
    said(404, 'No endpoints found that can handle the requested parameters'),
    'parameter_not_supported',
    404,
  ),
  failure(
    'a mandatory reasoner',
    said(400, 'Reasoning is mandatory for this endpoint and cannot be disabled.'),
    'parameter_not_supported',
    400,
  ),
  failure(
    "a provider's unsupported parameter",
    said(400, 'Provider returned error', {
      provider_name: 'OpenAI',
      raw: '{"error":{"message":"Unsupported parameter: \'temperature\'"}}',
    }),
    'parameter_not_supported',
    400,
  ),
  failure(
    'a data policy, older',
    said(
      404,
      'No endpoints found matching your data policy (Free model publication). Configure: https://openrouter.ai/settings/privacy',
    ),
    'data_policy',
    404,
  ),
  failure(
    'a data policy, newer',
    said(
      404,
      '0 endpoints out of 3 requested are available matching your guardrail restrictions and data policy.',
    ),
    'data_policy',
    404,
  ),
  failure(
    'a data policy by its evidence',
    said(404, 'No endpoints.', {
      input_endpoint_count: 3,
      ineligibility_reasons: [
        { reason: 'zdr', endpoint_count: 3, configure_url: 'https://a.test' },
      ],
    }),
    'data_policy',
    404,
  ),

  // Availability, the newer form.
  failure('model_not_found', unavailable(400, 'model_not_found'), 'invalid_model_id', 400),
  failure('wrong_endpoint', unavailable(400, 'wrong_endpoint'), 'invalid_request', 400),
  failure('no_endpoints', unavailable(404, 'no_endpoints'), 'no_endpoints', 404),
  failure('model_deprecated', unavailable(404, 'model_deprecated'), 'model_unavailable', 404),
  failure(
    'model_unavailable_upstream',
    unavailable(404, 'model_unavailable_upstream'),
    'model_unavailable',
    404,
  ),
  failure('free_variant_ended', unavailable(404, 'free_variant_ended'), 'model_unavailable', 404),
  failure('privacy_restricted', unavailable(404, 'privacy_restricted'), 'data_policy', 404),
  failure('constraint_filtered', unavailable(404, 'constraint_filtered'), 'no_endpoints', 404),
  failure(
    'constraint_filtered by price',
    unavailable(404, 'constraint_filtered', { excluded_by: ['max_price'] }),
    'no_endpoints',
    404,
  ),
  failure(
    'constraint_filtered by parameters',
    unavailable(404, 'constraint_filtered', { excluded_by: ['require_parameters'] }),
    'parameter_not_supported',
    404,
  ),
  failure(
    'constraint_filtered by length',
    unavailable(404, 'constraint_filtered', { constraint: { field: 'context_length' } }),
    'context_length_exceeded',
    404,
  ),
  failure(
    'constraint_filtered by two policies that are one to the reader',
    unavailable(404, 'constraint_filtered', {
      excluded_by: ['data_policy:zdr', 'data_policy:training'],
    }),
    'data_policy',
    404,
  ),
  failure(
    'constraint_filtered by two things',
    unavailable(404, 'constraint_filtered', { excluded_by: ['geo', 'max_price'] }),
    'no_endpoints',
    404,
  ),
  failure('region_restricted', unavailable(403, 'region_restricted'), 'region_blocked', 403),
  failure(
    'capacity_exhausted',
    unavailable(429, 'capacity_exhausted', { retryable: true }),
    'rate_limited_provider',
    429,
    true,
  ),
  failure(
    'capacity_exhausted that will not come back',
    unavailable(429, 'capacity_exhausted', { retryable: false }),
    'rate_limited_provider',
    429,
  ),
  failure(
    'temporarily_unavailable',
    unavailable(503, 'temporarily_unavailable', { retryable: true }),
    'provider_overloaded',
    503,
    true,
  ),
  failure(
    'an availability that is new',
    unavailable(404, 'moon_phase', { retryable: true }),
    'no_endpoints',
    404,
    true,
  ),

  // The request.
  failure(
    'a context that is too long',
    said(
      400,
      "This endpoint's maximum context length is 8192 tokens. However, you requested about 9001 tokens.",
    ),
    'context_length_exceeded',
    400,
  ),
  failure(
    "a provider's words for it",
    said(400, 'Provider returned error', {
      provider_name: 'Anthropic',
      raw: '{"error":{"message":"prompt is too long: 210000 tokens > 200000 maximum"}}',
    }),
    'context_length_exceeded',
    400,
  ),
  failure(
    'its stable name',
    said(400, 'Bad request', { error_type: 'context_length_exceeded' }),
    'context_length_exceeded',
    400,
  ),
  failure(
    'its stable name without a code',
    uncoded(400, 'token_limit_exceeded'),
    'context_length_exceeded',
    400,
  ),
  failure(
    'too many fallback models',
    said(400, "'models' array must have 3 items or fewer."),
    'invalid_request',
    400,
  ),
  failure(
    'a picture nobody can read',
    said(400, 'Bad image', { error_type: 'invalid_image' }),
    'invalid_request',
    400,
  ),
  failure('too much', said(413, 'Payload too large'), 'payload_too_large', 413),
  failure('something that cannot be processed', said(422, 'Unprocessable'), 'invalid_request', 422),
  failure('a condition', said(412, 'Precondition failed'), 'invalid_request', 412),
  failure('a retired route', said(410, 'Gone'), 'invalid_request', 410),
  failure('a conflict', said(409, 'Conflict'), 'invalid_request', 409, true),
  failure('too early', said(425, 'Too early'), 'invalid_request', 425, true),
  failure('a teapot', said(418, 'I am a teapot'), 'invalid_request', 418),
  failure(
    'a generation that is not there yet',
    { operation: 'generation', ...said(404, 'Generation not found') },
    'not_found',
    404,
    true,
  ),
  failure(
    'endpoints of an unknown model',
    { operation: 'endpoints', ...said(404, 'Model not found') },
    'not_found',
    404,
  ),

  // Rate limits.
  failure(
    "OpenRouter's own limit",
    said(429, 'Rate limit exceeded'),
    'rate_limited_platform',
    429,
    true,
  ),
  failure(
    'its stable name in a stream',
    inBand({ code: 'rate_limit_exceeded', message: 'Slow down' }),
    'rate_limited_platform',
    429,
    true,
  ),
  failure(
    "a provider's limit",
    said(429, 'Provider returned error', {
      raw: 'z-ai/glm-5.2:free is temporarily rate-limited upstream',
      provider_name: 'Z.AI',
      is_byok: false,
      limit_source: 'upstream_provider_shared_pool',
    }),
    'rate_limited_provider',
    429,
    true,
  ),
  failure(
    "a provider's limit, older",
    said(429, 'Provider returned error', { provider_name: 'DeepInfra', raw: 'Too many requests' }),
    'rate_limited_provider',
    429,
    true,
  ),
  failure(
    'free models, by the day',
    said(
      429,
      'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day',
      { limit_source: 'openrouter_free_tier_daily', provider_name: null },
    ),
    'free_tier_limit',
    429,
  ),
  failure(
    'free models, by the day, with credits',
    said(429, 'Rate limit exceeded: free-models-per-day-high-balance.'),
    'free_tier_limit',
    429,
  ),
  failure(
    'free models, by the minute',
    said(429, 'Rate limit exceeded: free-models-per-min.'),
    'free_tier_limit',
    429,
    true,
  ),
  failure(
    'a free tier limit that is new',
    said(429, 'Rate limit exceeded', { limit_source: 'openrouter_free_tier_weekly' }),
    'free_tier_limit',
    429,
  ),

  // The provider, and the way to it.
  failure(
    'an internal error',
    said(500, 'Internal Server Error', { error_type: 'server' }),
    'provider_error',
    500,
    true,
  ),
  failure(
    'a provider that broke',
    said(502, 'Provider returned error', { provider_name: 'DeepInfra', raw: 'upstream error' }),
    'provider_error',
    502,
    true,
  ),
  failure('an overload', said(503, 'No instances available'), 'provider_overloaded', 503, true),
  failure('an overload, 529', said(529, 'Overloaded'), 'provider_overloaded', 503, true),
  failure(
    'an overload without a code',
    uncoded(503, 'provider_overloaded'),
    'provider_overloaded',
    503,
    true,
  ),
  failure('a timeout, 408', said(408, 'Request timed out'), 'upstream_timeout', 408, true),
  failure('a timeout, 504', said(504, 'Gateway timeout'), 'upstream_timeout', 504, true),
  failure('a timeout at the edge', html(524), 'upstream_timeout', 504, true),
  failure('a provider unreachable', html(522), 'upstream_unreachable', 503, true),
  failure('an edge that lost OpenRouter', html(521), 'upstream_unreachable', 503, true),
  failure('a not implemented', said(501, 'Not implemented'), 'provider_error', 501, true),

  // Inside a 200.
  failure(
    'a disconnect in the documented form',
    inBand({
      code: 502,
      message: 'Provider disconnected',
      metadata: { error_type: 'provider_unavailable' },
    }),
    'provider_error',
    502,
    true,
  ),
  failure(
    'a word of the provider',
    inBand({ code: 'server_error', message: 'Oops' }),
    'provider_error',
    502,
    true,
  ),
  failure(
    'a code in digits',
    inBand({ code: '429', message: 'x' }),
    'rate_limited_platform',
    429,
    true,
  ),
  failure(
    'a timeout by its name',
    inBand({ code: 'timeout', message: 'x' }),
    'upstream_timeout',
    504,
    true,
  ),
  failure(
    'an overload by its name',
    inBand({ code: 'provider_overloaded' }),
    'provider_overloaded',
    503,
    true,
  ),
  failure(
    'nothing but a message',
    inBand({ message: 'Something broke' }),
    'provider_error',
    502,
    true,
  ),
  failure('nothing at all', inBand({}), 'provider_error', 502, true),
  failure(
    'a code that is no status',
    inBand({ code: 1234, message: 'x' }),
    'provider_error',
    502,
    true,
  ),

  // Not OpenRouter's own form.
  failure('an HTML page, 200', html(200), 'malformed_response', 502, true),
  failure('an HTML page, 403', html(403), 'permission_denied', 403),
  failure('an HTML page, 404', html(404), 'no_endpoints', 404),
  failure('an HTML page, 429', html(429), 'rate_limited_platform', 429, true),
  failure('an HTML page, 502', html(502), 'provider_error', 502, true),
  failure('an HTML page, 503', html(503), 'provider_overloaded', 503, true),
  failure('an empty 401', { status: 401, body: '' }, 'key_invalid', 401),
  failure('an empty 402', { status: 402, body: '' }, 'insufficient_credits', 402),
  failure('an empty 409', { status: 409, body: '' }, 'invalid_request', 409, true),
  failure('an empty 500', { status: 500, body: '' }, 'provider_error', 500, true),
  failure('a redirect', { status: 302, body: '' }, 'malformed_response', 502, true),
  failure('an empty object', { status: 200, body: {} }, 'malformed_response', 502, true),
  failure('a list', { status: 200, body: [] }, 'malformed_response', 502, true),
  failure(
    "a gateway's short form",
    { status: 429, body: { error: 'Too many requests' } },
    'rate_limited_platform',
    429,
    true,
  ),
  failure(
    "a gateway's other form",
    { status: 403, body: { message: 'Forbidden' } },
    'permission_denied',
    403,
  ),
  failure(
    'metadata that is a text',
    { status: 404, body: { error: { code: 404, message: 'No endpoints found', metadata: 'x' } } },
    'no_endpoints',
    404,
  ),
];

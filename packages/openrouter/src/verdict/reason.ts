import type { ErrorReason } from '@openrouter-native/protocol';
import { asRecord, asText, type Clues } from './clues.ts';
import { upstreamNames } from './names.ts';

/**
 * Names what went wrong. Stable names decide before words do: `availability`, then `limit_source`,
 * then the finer clues in order, then `error_type`, and in the end the bare status.
 *
 * @see https://openrouter.ai/docs/api-reference/errors
 */
export function reasonOf(clues: Clues): ErrorReason {
  return (
    reasonOfAvailability(clues) ??
    upstreamNames.limitSource.get(clues.limitSource) ??
    rules.find(([, holds]) => holds(clues))?.[0] ??
    upstreamNames.errorType.get(clues.errorType) ??
    reasonOfStatus(clues)
  );
}

function reasonOfAvailability({ availability }: Clues): ErrorReason | undefined {
  const reason = upstreamNames.availability.get(asText(availability['code']));
  return reason === 'no_endpoints' ? (reasonOfFilter(availability) ?? reason) : reason;
}

/** The one filter that left no endpoint, where the error names exactly one. */
function reasonOfFilter(availability: Clues['availability']): ErrorReason | undefined {
  const { excluded_by: excluded } = availability;
  const names = Array.isArray(excluded)
    ? excluded.map(asText)
    : [asText(asRecord(availability['constraint'])['field'])];
  const [reason, ...others] = new Set(names.map((name) => upstreamNames.excludedBy.get(name)));
  return others.length === 0 ? reason : undefined;
}

/** Finer clues; the first that holds decides. */
const rules: readonly [ErrorReason, (clues: Clues) => boolean][] = [
  // The provider refuses OpenRouter's credentials or credit, or the user's own key for it.
  ['provider_error', ({ status, provider }) => provider !== '' && [401, 402].includes(status)],

  [
    'key_missing',
    ({ status, text }) =>
      status === 401 && /missing authentication|no (cookie )?auth credentials/.test(text),
  ],
  ['key_disabled', ({ status, text }) => status === 401 && /disabled|expired/.test(text)],

  [
    'key_limit_exceeded',
    ({ status, text }) => (status === 402 || status === 403) && text.includes('key limit exceeded'),
  ],
  [
    'in_flight_budget',
    ({ status, metadata }) => status === 402 && metadata['reason'] === 'in_flight_budget_exhausted',
  ],
  [
    'can_only_afford',
    ({ status, text, metadata }) =>
      status === 402 &&
      (/can only afford|prompt tokens limit exceeded/.test(text) ||
        metadata['reason'] === 'weight_exceeds_budget'),
  ],
  ['negative_balance', ({ status, text }) => status === 402 && text.includes('negative')],

  // A management key calls no models, so it is the wrong key and not a missing permission.
  [
    'key_invalid',
    ({ status, text, operation }) =>
      status === 403 && operation === 'chat' && text.includes('management key'),
  ],
  [
    'management_key_required',
    ({ status, text, operation }) =>
      status === 403 && (operation === 'credits' || text.includes('management key')),
  ],
  [
    'account_restricted',
    ({ status, operation, text }) =>
      status === 403 &&
      (operation === 'key' ||
        /account [^.]{0,40}(suspended|banned|restricted|disabled)/.test(text)),
  ],
  [
    'moderation_blocked',
    ({ status, metadata, text }) =>
      status === 403 && (Array.isArray(metadata['reasons']) || text.includes('moderation')),
  ],
  [
    'guardrail_blocked',
    ({ status, metadata, text }) =>
      status === 403 && (Array.isArray(metadata['patterns']) || /guardrail|budget/.test(text)),
  ],
  ['region_blocked', ({ status, text }) => status === 403 && /region|country|territory/.test(text)],

  [
    'invalid_model_id',
    ({ status, text }) => status === 400 && text.includes('not a valid model id'),
  ],
  [
    'context_length_exceeded',
    ({ status, text }) =>
      status === 400 && /context (length|window)|prompt is too long|too many tokens/.test(text),
  ],
  [
    'parameter_not_supported',
    ({ status, text }) =>
      status === 400 &&
      /unsupported (parameter|value)|not supported|reasoning is mandatory/.test(text),
  ],

  ['no_tool_endpoint', ({ status, text }) => status === 404 && text.includes('support tool use')],
  [
    'data_policy',
    ({ status, metadata, text }) =>
      status === 404 && ('ineligibility_reasons' in metadata || text.includes('data policy')),
  ],
  [
    'parameter_not_supported',
    ({ status, text }) => status === 404 && /requested parameters|support image input/.test(text),
  ],

  [
    'free_tier_limit',
    ({ status, text, limitSource }) =>
      status === 429 &&
      (text.includes('free-models-per') || limitSource.startsWith('openrouter_free_tier')),
  ],
  ['rate_limited_provider', ({ status, provider }) => status === 429 && provider !== ''],
];

/** The safe default: what the status alone says on this route. */
function reasonOfStatus({ status, operation }: Clues): ErrorReason {
  switch (status) {
    case 401:
      return 'key_invalid';
    case 402:
      return 'insufficient_credits';
    case 403:
      return 'permission_denied';
    case 404:
      return operation === 'chat' ? 'no_endpoints' : 'not_found';
    case 408:
    case 504:
    case 524:
      return 'upstream_timeout';
    case 413:
      return 'payload_too_large';
    case 429:
      return 'rate_limited_platform';
    case 503:
    case 529:
      return 'provider_overloaded';
    default:
      if (status > 519) return 'upstream_unreachable'; // The edge network cannot reach OpenRouter.
      return status >= 500 ? 'provider_error' : 'invalid_request';
  }
}

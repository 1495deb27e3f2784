import { z } from 'zod';
import { errorTypeOf, type ErrorType } from './types.ts';

/** What follows from a reason, before any detail of the single case is known. */
export interface ReasonFacts {
  /** HTTP status when the failure has none of its own. */
  status: number;
  type: ErrorType;
  /** The same attempt, sent again later, can succeed. */
  retryable: boolean;
  /** Another model can answer the same request. */
  anotherModelMayWork: boolean;
  /** Another key or provider can answer the same request. */
  anotherRouteMayWork: boolean;
  /** What the reader can do now. */
  action: string;
}

function facts(
  status: number,
  ways: '' | 'retry' | 'model' | 'route' | 'retry route' | 'model route' | 'retry model route',
  action: string,
): ReasonFacts {
  return {
    status,
    type: errorTypeOf(status),
    retryable: ways.includes('retry'),
    anotherModelMayWork: ways.includes('model'),
    anotherRouteMayWork: ways.includes('route'),
    action,
  };
}

/**
 * Every failure this product can name, and what is known about it. The upper part is OpenRouter's
 * doing, the lower part (from `invalid_request` on) is decided by our own server, and
 * `server_unreachable` by a reader who got no answer from it.
 *
 * @see https://openrouter.ai/docs/api-reference/errors
 */
export const reasonFacts = {
  key_missing: facts(401, 'route', 'Set OPENROUTER_API_KEY and restart.'),
  key_malformed: facts(
    503,
    'route',
    'Correct OPENROUTER_API_KEY: it starts with sk-or- and has no quotes or spaces. Then restart.',
  ),
  key_invalid: facts(
    401,
    'route',
    'Create a new key at https://openrouter.ai/settings/keys and set it as OPENROUTER_API_KEY.',
  ),
  key_disabled: facts(
    401,
    'route',
    'Enable the key at https://openrouter.ai/settings/keys or use another one.',
  ),
  key_limit_exceeded: facts(
    402,
    'route',
    'Raise the limit of this key at https://openrouter.ai/settings/keys or wait for its reset.',
  ),
  management_key_required: facts(
    403,
    '',
    'Set OPENROUTER_MANAGEMENT_KEY to a management key to see the account balance.',
  ),
  account_restricted: facts(
    403,
    'route',
    'Sign in at https://openrouter.ai and check the state of the account.',
  ),
  insufficient_credits: facts(
    402,
    'route',
    'Add credits at https://openrouter.ai/settings/credits.',
  ),
  can_only_afford: facts(
    402,
    'model route',
    'Lower max_tokens, choose a cheaper model, or add credits at https://openrouter.ai/settings/credits.',
  ),
  in_flight_budget: facts(
    402,
    'retry model route',
    'Wait for running requests to finish, then try again.',
  ),
  negative_balance: facts(
    402,
    'route',
    'Add credits at https://openrouter.ai/settings/credits; a negative balance blocks free models too.',
  ),
  guardrail_blocked: facts(
    403,
    'route',
    'Change the message, or ask the owner of the OpenRouter workspace about its guardrails.',
  ),
  moderation_blocked: facts(
    403,
    'model route',
    'Change the message, or choose a model without moderation.',
  ),
  region_blocked: facts(403, 'model route', 'Choose a model that is offered in your region.'),
  model_not_allowed: facts(
    403,
    'model',
    'Choose one of the models in the list, or ask the admin to allow this one.',
  ),
  invalid_model_id: facts(400, 'model', 'Choose a model from the list.'),
  model_unavailable: facts(404, 'model', 'Choose another model: this one is no longer offered.'),
  no_endpoints: facts(404, 'model', 'Choose another model, or loosen the provider preferences.'),
  data_policy: facts(
    404,
    'model route',
    'Choose another model, or allow more providers at https://openrouter.ai/settings/privacy.',
  ),
  no_tool_endpoint: facts(404, 'model', 'Choose a model that supports tools, or remove the tools.'),
  parameter_not_supported: facts(
    400,
    'model',
    'Remove the parameter, or choose a model that supports it.',
  ),
  context_length_exceeded: facts(
    400,
    'model',
    'Shorten the conversation, or choose a model with a longer context.',
  ),
  payload_too_large: facts(413, '', 'Send less: remove attachments or shorten the conversation.'),
  rate_limited_platform: facts(429, 'retry route', 'Wait a moment, then try again.'),
  rate_limited_provider: facts(
    429,
    'retry model route',
    'Try again in a moment, or choose another model.',
  ),
  free_tier_limit: facts(
    429,
    'model route',
    'Choose a paid model, or wait: free models allow 20 requests a minute and 50 or 1,000 a day.',
  ),
  provider_error: facts(502, 'retry model route', 'Try again, or choose another model.'),
  provider_overloaded: facts(
    503,
    'retry model route',
    'Try again in a moment, or choose another model.',
  ),
  upstream_unreachable: facts(
    503,
    'retry route',
    'Check the network of the server and https://status.openrouter.ai, then try again.',
  ),
  upstream_timeout: facts(504, 'retry model route', 'Try again, or choose a faster model.'),
  stream_cut: facts(
    502,
    'retry model route',
    'The answer is incomplete. Try again, or ask the model to continue.',
  ),
  stream_stalled: facts(
    504,
    'retry model route',
    'The answer is incomplete. Try again, or choose another model.',
  ),
  malformed_response: facts(
    502,
    'retry model route',
    'Try again. If it persists, check OPENROUTER_BASE_URL and any proxy in between.',
  ),
  tool_calls_malformed: facts(
    502,
    'retry model route',
    'Try again, or choose another model: this one wrote tool calls that cannot be told apart.',
  ),
  model_lacks_capability: facts(400, 'model', 'Choose a model that can do what is asked.'),
  invalid_request: facts(400, '', 'Correct the request as the message says.'),
  permission_denied: facts(403, 'model route', 'Ask an admin for access.'),
  unauthenticated: facts(401, '', 'Sign in and try again.'),
  admin_required: facts(403, '', 'Ask an admin.'),
  not_found: facts(404, '', 'Check the address.'),
  method_not_allowed: facts(405, '', 'Use the method that is documented.'),
  conflict: facts(409, '', 'Change the value that is taken, then try again.'),
  unsupported_media_type: facts(415, '', 'Send JSON with Content-Type: application/json.'),
  too_many_requests: facts(429, 'retry', 'Wait a moment, then try again.'),
  too_many_generations: facts(
    429,
    'retry',
    'Wait for a running answer to end, or stop it, then try again.',
  ),
  shutting_down: facts(503, 'retry', 'The server is restarting. Try again in a few seconds.'),
  server_unreachable: facts(
    503,
    'retry',
    'Check that you are online and that the server runs, then try again.',
  ),
  internal: facts(500, '', 'Try again. If it persists, give the request id to the admin.'),
} as const satisfies Record<string, ReasonFacts>;

/** The fine-grained verdict on a failure. */
export type ErrorReason = keyof typeof reasonFacts;

/** Any of the reasons. */
export const errorReasonSchema = z.enum(
  Object.keys(reasonFacts) as [ErrorReason, ...ErrorReason[]],
);

export function isErrorReason(value: unknown): value is ErrorReason {
  return typeof value === 'string' && Object.hasOwn(reasonFacts, value);
}

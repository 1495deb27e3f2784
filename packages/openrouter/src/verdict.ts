import { isDeepStrictEqual } from 'node:util';
import {
  reasonFacts,
  upstreamErrorBodySchema,
  type ErrorReason,
  type UpstreamError,
} from '@openrouter-native/protocol';
import { OpenRouterError } from './errors.ts';
import { parseRetryAfter } from './retry-after.ts';
import { scrubText, scrubValue } from './scrub.ts';

/** Which call failed: the same status means different things on different routes. */
export type Operation = 'chat' | 'models' | 'endpoints' | 'key' | 'credits' | 'generation';

/** One failed exchange, as it came over the wire. */
export interface FailedExchange {
  operation: Operation;
  status: number;
  headers: Readonly<Record<string, unknown>>;
  /** Parsed JSON, or the text of a body that was none. */
  body: unknown;
  /** Epoch milliseconds; `Retry-After` may be a date. */
  now: number;
}

/**
 * Turns a failed exchange into the error that says what is wrong and what to do. Pure. An unknown
 * combination gets a safe default: of 4xx only 408, 409, 425 and 429 may be retried.
 *
 * @see https://openrouter.ai/docs/api-reference/errors
 */
export function verdictOf(exchange: FailedExchange): OpenRouterError {
  const parsed = upstreamErrorBodySchema.safeParse(exchange.body);
  if (!parsed.success) return withoutErrorObject(exchange);

  const error = parsed.data.error;
  const clues = readClues(error, exchange);
  const reason = reasonOf(clues);
  return new OpenRouterError(reason, messageOf(error, clues, reason), {
    status: statusOf(reason, clues.status),
    retryAfterMs: retryAfterMs(error, exchange),
    retryable: retryableOf(reason, error),
    metadata: evidence(error),
  });
}

/** The verdict on an `error` inside a 200, or inside a stream whose status is long sent. */
export function verdictOfInBandError(error: UpstreamError, now: number): OpenRouterError {
  return verdictOf({ operation: 'chat', status: 200, headers: {}, body: { error }, now });
}

interface Clues {
  operation: Operation;
  /** Never below 400: an in-band error without a code counts as 502. */
  status: number;
  /** Lower case. */
  text: string;
  errorType: string;
  availability: string;
  limitSource: string;
  metadata: Record<string, unknown>;
}

function readClues(error: UpstreamError, exchange: FailedExchange): Clues {
  const metadata: Record<string, unknown> = error.metadata ?? {};
  const code = typeof error.code === 'string' ? Number(error.code) : error.code;
  const status = [code, error.http_status, exchange.status].find(
    (candidate) => typeof candidate === 'number' && candidate >= 400 && candidate < 600,
  );
  return {
    operation: exchange.operation,
    status: status ?? 502,
    text: `${error.message ?? ''} ${word(metadata['raw'])}`.toLowerCase(),
    errorType: word(metadata['error_type']) || word(error.error_type) || wordCode(error.code),
    availability: word(error.availability?.['code']),
    limitSource: word(metadata['limit_source']),
    metadata,
  };
}

function reasonOf(clues: Clues): ErrorReason {
  return (
    AVAILABILITY[clues.availability] ??
    LIMITS[clues.limitSource] ??
    rules.find(([, holds]) => holds(clues))?.[0] ??
    ERROR_TYPES[clues.errorType] ??
    defaultReason(clues)
  );
}

/** `error.availability.code`. */
const AVAILABILITY: Record<string, ErrorReason> = {
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
};

/** `error.metadata.limit_source`, where it settles the matter alone. */
const LIMITS: Record<string, ErrorReason> = {
  openrouter_key_limit: 'key_limit_exceeded',
  openrouter_in_flight_budget: 'in_flight_budget',
  upstream_provider_shared_pool: 'rate_limited_provider',
  openrouter_free_tier_daily: 'free_tier_limit',
};

/** `error.metadata.error_type`, the stable name; consulted after the finer clues of `rules`. */
const ERROR_TYPES: Record<string, ErrorReason> = {
  context_length_exceeded: 'context_length_exceeded',
  token_limit_exceeded: 'context_length_exceeded',
  string_too_long: 'context_length_exceeded',
  authentication: 'key_invalid',
  payment_required: 'insufficient_credits',
  content_policy_violation: 'moderation_blocked',
  payload_too_large: 'payload_too_large',
  rate_limit_exceeded: 'rate_limited_platform',
  provider_unavailable: 'provider_error',
  provider_overloaded: 'provider_overloaded',
  timeout: 'upstream_timeout',
};

/** Finer clues, in order: the first that holds decides. */
const rules: [ErrorReason, (clues: Clues) => boolean][] = [
  [
    'key_missing',
    ({ status, text }) =>
      status === 401 && /missing authentication|no (cookie )?auth credentials/.test(text),
  ],
  ['key_disabled', ({ status, text }) => status === 401 && /disabled|expired/.test(text)],
  ['key_invalid', ({ status }) => status === 401],
  [
    'key_limit_exceeded',
    ({ status, text }) => (status === 402 || status === 403) && text.includes('key limit exceeded'),
  ],
  ['can_only_afford', ({ status, text }) => status === 402 && text.includes('can only afford')],
  ['negative_balance', ({ status, text }) => status === 402 && text.includes('negative')],
  ['insufficient_credits', ({ status }) => status === 402],
  [
    'management_key_required',
    ({ status, text, operation }) =>
      status === 403 && (operation === 'credits' || text.includes('management key')),
  ],
  ['account_restricted', ({ status, operation }) => status === 403 && operation === 'key'],
  [
    'moderation_blocked',
    ({ status, metadata, text }) =>
      status === 403 && (Array.isArray(metadata['reasons']) || text.includes('moderation')),
  ],
  [
    'guardrail_blocked',
    ({ status, metadata, text }) =>
      status === 403 && (Array.isArray(metadata['patterns']) || text.includes('guardrail')),
  ],
  ['region_blocked', ({ status, text }) => status === 403 && text.includes('region')],
  [
    'invalid_model_id',
    ({ status, text }) => status === 400 && text.includes('not a valid model id'),
  ],
  [
    'context_length_exceeded',
    ({ status, text }) => status === 400 && /context (length|window)|maximum context/.test(text),
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
    'no_endpoints',
    ({ status, text }) =>
      status === 404 && /no (allowed )?(endpoints|providers)|no models match/.test(text),
  ],
  ['free_tier_limit', ({ status, text }) => status === 429 && text.includes('free-models-per')],
  [
    'rate_limited_provider',
    ({ status, metadata }) => status === 429 && word(metadata['provider_name']) !== '',
  ],
];

function defaultReason({ status, operation }: Clues): ErrorReason {
  switch (status) {
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
      return status >= 500 ? 'provider_error' : 'invalid_request';
  }
}

/** A body without an error object: an HTML page of a proxy, an empty answer, somebody else's JSON. */
function withoutErrorObject(exchange: FailedExchange): OpenRouterError {
  const { status } = exchange;
  const metadata = { upstream_status: status };
  if (status < 400) {
    return new OpenRouterError(
      'malformed_response',
      'The answer was not what OpenRouter sends. A proxy or a wrong OPENROUTER_BASE_URL may have answered instead.',
      { metadata },
    );
  }
  const clues: Clues = {
    operation: exchange.operation,
    status,
    text: '',
    errorType: '',
    availability: '',
    limitSource: '',
    metadata: {},
  };
  const reason = reasonOf(clues);
  return new OpenRouterError(reason, `Upstream answered ${status} without an explanation.`, {
    status: statusOf(reason, status),
    retryAfterMs: retryAfterMs(undefined, exchange),
    metadata,
  });
}

function messageOf(error: UpstreamError, clues: Clues, reason: ErrorReason): string {
  const own = scrubText(error.message?.trim() ?? '');
  const provider = word(clues.metadata['provider_name']);
  const raw = rawMessage(clues.metadata['raw']);
  // "Provider returned error" says nothing; the provider's own sentence does.
  if (raw && /^provider returned error/i.test(own)) return provider ? `${provider}: ${raw}` : raw;
  return own || reasonFacts[reason].action;
}

/** The sentence inside `metadata.raw`, which is text or JSON text of the provider's own shape. */
function rawMessage(raw: unknown): string {
  const text = word(raw);
  if (!text.startsWith('{')) return scrubText(text);
  try {
    const value = JSON.parse(text) as { message?: unknown; error?: { message?: unknown } | string };
    const inner = typeof value.error === 'string' ? value.error : value.error?.message;
    return scrubText(word(inner) || word(value.message) || text);
  } catch {
    return scrubText(text);
  }
}

/**
 * The status we answer with: upstream's own, except where it contradicts what is documented for the
 * reason (a key's cap comes as 403), or is one that only an edge network uses (524, 529).
 */
function statusOf(reason: ErrorReason, status: number): number {
  if (reason === 'key_limit_exceeded') return reasonFacts[reason].status;
  if (status === 524) return 504;
  if (status === 529) return 503;
  return status;
}

function retryableOf(reason: ErrorReason, error: UpstreamError): boolean {
  const told = error.availability?.['retryable'];
  return typeof told === 'boolean' ? told : reasonFacts[reason].retryable;
}

function retryAfterMs(
  error: UpstreamError | undefined,
  exchange: FailedExchange,
): number | undefined {
  const header = exchange.headers['retry-after'];
  const fromHeader = parseRetryAfter(typeof header === 'string' ? header : undefined, exchange.now);
  if (fromHeader !== undefined) return fromHeader;

  const seconds = error?.availability?.['retry_after'] ?? error?.metadata?.['retry_after'];
  if (typeof seconds === 'number' && seconds >= 0) return seconds * 1000;

  const limits = error?.metadata?.['headers'];
  const reset = isRecord(limits) ? Number(limits['X-RateLimit-Reset']) : Number.NaN; // epoch milliseconds
  return Number.isNaN(reset) ? undefined : Math.max(0, reset - exchange.now);
}

function evidence(error: UpstreamError): Record<string, unknown> {
  const scrubbed = scrubValue({ ...error.metadata, availability: error.availability ?? undefined });
  const fields = isRecord(scrubbed) ? scrubbed : {};
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && !isDeepStrictEqual(value, {}),
    ),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function wordCode(code: UpstreamError['code']): string {
  return typeof code === 'string' && Number.isNaN(Number(code)) ? code : '';
}

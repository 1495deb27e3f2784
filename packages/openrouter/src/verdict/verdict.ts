import {
  reasonFacts,
  upstreamErrorBodySchema,
  type ErrorReason,
  type UpstreamError,
} from '@openrouter-native/protocol';
import { OpenRouterError } from '../errors.ts';
import type { Operation } from '../operation.ts';
import { scrubValue } from '../scrub.ts';
import { asText, isRecord, readClues, type Clues } from './clues.ts';
import { messageOf } from './message.ts';
import { reasonOf } from './reason.ts';
import { waitOf } from './wait.ts';

/** One failed exchange, as it came over the wire. */
export interface FailedExchange {
  operation: Operation;
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, unknown>>;
  /** Parsed JSON, or the text of a body that was none. */
  body: unknown;
  /** Epoch milliseconds; `Retry-After` may be a date. */
  now: number;
  /** HTTP status of `GET /key`, asked with the same key right after: tells whose fault a refusal is. */
  keyStatus?: number | undefined;
}

/**
 * Turns a failed exchange into the error that says what is wrong and what to do. Pure. An unknown
 * combination gets a safe default: of 4xx only 408, 409, 425 and 429 may be retried.
 *
 * @see https://openrouter.ai/docs/api-reference/errors
 */
export function verdictOf(exchange: FailedExchange): OpenRouterError {
  const { operation, status, headers, now } = exchange;
  const error = errorObject(exchange.body, status);
  if (error === null) return withoutExplanation(exchange);

  const clues = readClues(error, operation, status);
  const reason = reasonAfterProbe(reasonOf(clues), exchange.keyStatus);
  return new OpenRouterError(reason, messageOf(clues, reason), {
    status: statusOf(reason, clues.status),
    retryAfterMs: waitOf(clues, headers, now),
    retryable: isRetryable(reason, clues),
    metadata: evidenceOf(clues),
  });
}

/** Whether asking `GET /key` would tell more: the refusal does not say whom it is about. */
export function isUnclear({ reason }: OpenRouterError): boolean {
  return reason === 'permission_denied';
}

/** A key that is refused everywhere is the problem; a key that is fine leaves model and provider. */
function reasonAfterProbe(reason: ErrorReason, keyStatus: number | undefined): ErrorReason {
  if (reason !== 'permission_denied') return reason;
  if (keyStatus === 401) return 'key_invalid';
  return keyStatus === 403 ? 'account_restricted' : reason;
}

/** The verdict on an `error` inside a 200, or inside a stream whose status is long sent. */
export function verdictOfInBandError(error: UpstreamError, now: number): OpenRouterError {
  return verdictOf({ operation: 'chat', status: 200, headers: {}, body: { error }, now });
}

/** The error in a body, in OpenRouter's form or in the short forms of gateways and proxies. */
function errorObject(body: unknown, status: number): UpstreamError | null {
  const parsed = upstreamErrorBodySchema.safeParse(body);
  if (parsed.success) return parsed.data.error;
  if (!isRecord(body)) return null;
  const text = asText(body['error']) || (status >= 400 ? asText(body['message']) : '');
  return text === '' ? null : { message: text };
}

/** A body without an error: an HTML page of a proxy, an empty answer, somebody else's JSON. */
function withoutExplanation({ operation, status, headers, now }: FailedExchange): OpenRouterError {
  const metadata = { upstream_status: status };
  if (status < 400) {
    return new OpenRouterError(
      'malformed_response',
      'The answer was not what OpenRouter sends. A proxy or a wrong OPENROUTER_BASE_URL may have answered instead.',
      { metadata },
    );
  }
  const clues = readClues({}, operation, status);
  const reason = reasonOf(clues);
  return new OpenRouterError(reason, `Upstream answered ${status} without an explanation.`, {
    status: statusOf(reason, status),
    retryAfterMs: waitOf(clues, headers, now),
    retryable: isRetryable(reason, clues),
    metadata,
  });
}

/**
 * The status we answer with: upstream's own, except where it contradicts what is documented for the
 * reason (a key's cap comes as 403), blames the caller for a provider's failure, or is one that only
 * edge networks use (520–530).
 */
function statusOf(reason: ErrorReason, status: number): number {
  const { status: documented } = reasonFacts[reason];
  if (reason === 'key_limit_exceeded') return documented;
  if (reason === 'provider_error' && isRefusal(status)) return documented;
  return status >= 520 ? documented : status;
}

function isRetryable(reason: ErrorReason, { operation, status, text, availability }: Clues) {
  if (typeof availability['retryable'] === 'boolean') return availability['retryable'];
  if (reason === 'invalid_request') return status === 409 || status === 425;
  // The bookkeeping of an answer appears a moment after the answer.
  if (reason === 'not_found') return operation === 'generation';
  if (reason === 'free_tier_limit') return text.includes('free-models-per-min');
  if (reason === 'provider_error' && isRefusal(status)) return false;
  return reasonFacts[reason].retryable;
}

/** The provider turned OpenRouter, or the user's key for it, away; it would do so again. */
function isRefusal(status: number): boolean {
  return status < 500;
}

/** Upstream's own words, scrubbed and bounded. */
function evidenceOf({ metadata, availability, raw }: Clues): Record<string, unknown> {
  const said = isRecord(raw) || Array.isArray(raw) ? JSON.stringify(scrubValue(raw)) : raw;
  const evidence = scrubValue({
    ...metadata,
    ...(said !== '' && { raw: said }),
    ...(Object.keys(availability).length > 0 && { availability }),
  });
  return isRecord(evidence) ? { ...evidence } : {};
}

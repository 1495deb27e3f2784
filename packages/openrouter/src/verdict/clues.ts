import type { UpstreamError } from '@openrouter-native/protocol';
import type { Operation } from '../operation.ts';

/** What an error says about itself, in one form whatever form it came in. */
export interface Clues {
  operation: Operation;
  /** HTTP status, never below 400. An error that names none counts as 502. */
  status: number;
  /** Upstream's own sentence; may be empty. */
  message: string;
  /** Message and raw answer of the provider in lower case, for looking for words. */
  text: string;
  /** `error_type`, the stable name; empty when there is none. */
  errorType: string;
  /** `metadata.limit_source`. */
  limitSource: string;
  /** Display name of the provider that failed; empty when it was OpenRouter itself. */
  provider: string;
  /** What the provider answered: parsed when it was JSON. */
  raw: unknown;
  metadata: Readonly<Record<string, unknown>>;
  /** Empty unless the model was not to be had. */
  availability: Readonly<Record<string, unknown>>;
}

const MAX_SEARCHED = 10_000; // characters; what tells one failure from another stands at the start

/** Reads an error object. @param status - Of the answer that carried it, which may be 200. */
export function readClues(error: UpstreamError, operation: Operation, status: number): Clues {
  const metadata = asRecord(error.metadata);
  const raw = asText(metadata['raw']);
  const message = error.message?.trim() ?? '';
  const errorType =
    asText(metadata['error_type']) || (error.error_type ?? '') || wordCode(error.code);
  return {
    operation,
    status: statusOf(error, status) ?? STATUS_OF_TYPE.get(errorType) ?? 502,
    message,
    text: `${message} ${raw}`.slice(0, MAX_SEARCHED).toLowerCase(),
    errorType,
    limitSource: asText(metadata['limit_source']),
    provider: asText(metadata['provider_name']),
    raw: parseRaw(raw),
    metadata,
    availability: asRecord(error.availability),
  };
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The status that goes with each `error_type`, for errors inside a stream that have no other. */
const STATUS_OF_TYPE = new Map(
  Object.entries({
    context_length_exceeded: 400,
    max_tokens_exceeded: 400,
    token_limit_exceeded: 400,
    string_too_long: 400,
    invalid_request: 400,
    invalid_prompt: 400,
    content_policy_violation: 400,
    refusal: 400,
    invalid_image: 400,
    image_too_large: 400,
    image_too_small: 400,
    unsupported_image_format: 400,
    image_download_failed: 400,
    authentication: 401,
    payment_required: 402,
    permission_denied: 403,
    not_found: 404,
    image_not_found: 404,
    precondition_failed: 412,
    payload_too_large: 413,
    unprocessable: 422,
    rate_limit_exceeded: 429,
    server: 500,
    unmapped: 500,
    provider_unavailable: 502,
    provider_overloaded: 503,
    timeout: 504,
  }),
);

function statusOf(error: UpstreamError, status: number): number | undefined {
  const code = typeof error.code === 'string' ? Number(error.code) : error.code;
  return [code, error.http_status, status].find(
    (candidate): candidate is number =>
      typeof candidate === 'number' && candidate >= 400 && candidate < 600,
  );
}

function wordCode(code: UpstreamError['code']): string {
  return typeof code === 'string' && Number.isNaN(Number(code)) ? code : '';
}

function parseRaw(raw: string): unknown {
  if (!/^\s*[[{]/.test(raw)) return raw;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return raw;
  }
}

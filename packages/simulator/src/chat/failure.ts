import type { ScriptedFailure } from '../script.ts';
import { ApiError } from '../errors.ts';
import { chunkHead, type AnswerPlan } from './answer.ts';
import { toMessage, type AnswerStep } from './steps.ts';

/** Stable names by status, as in `error.metadata.error_type`. */
const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'authentication',
  402: 'payment_required',
  403: 'permission_denied',
  404: 'not_found',
  408: 'timeout',
  412: 'precondition_failed',
  413: 'payload_too_large',
  422: 'unprocessable',
  429: 'rate_limit_exceeded',
  500: 'server',
  502: 'provider_unavailable',
  503: 'provider_overloaded',
  504: 'timeout',
  524: 'timeout',
  529: 'provider_overloaded',
};

const DEFAULT_STATUS = 502;

/** The failure of a provider before its first byte, in upstream's envelope. */
export function toProviderError(failure: ScriptedFailure, providerName: string): ApiError {
  const status = failure.status ?? DEFAULT_STATUS;
  const isShared = status === 429;
  return new ApiError(status, failure.message ?? 'Provider returned error', {
    metadata: {
      provider_name: providerName,
      raw: failure.raw ?? `The simulator was told to fail with ${status}`,
      is_byok: false,
      error_type: ERROR_TYPES[status] ?? 'unmapped',
      ...(isShared && { limit_source: 'upstream_provider_shared_pool' }),
      ...failure.metadata,
    },
    ...(failure.retryAfterSeconds !== undefined && {
      headers: { 'Retry-After': String(failure.retryAfterSeconds) },
    }),
  });
}

/** The event that ends a stream which had begun, in the form the failure asks for. */
export function toErrorChunk(plan: AnswerPlan, failure: ScriptedFailure): Record<string, unknown> {
  const error = errorObject(failure);
  const choice = {
    index: 0,
    delta: { content: '' },
    finish_reason: 'error',
    native_finish_reason: null,
  };
  const { form = 'documented' } = failure;
  switch (form) {
    case 'documented':
      return { ...chunkHead(plan), error, choices: [choice] };
    case 'empty-choices':
      return { ...chunkHead(plan), error, choices: [] };
    case 'bare':
      return { error };
    case 'native':
      return {
        ...chunkHead(plan),
        choices: [{ ...choice, finish_reason: null, native_finish_reason: 'network_error' }],
      };
    default:
      return form satisfies never;
  }
}

/** A whole answer that broke off: 200 with an error inside. The bare form has no choices at all. */
export function toFailedCompletion(
  plan: AnswerPlan,
  failure: ScriptedFailure,
  steps: readonly AnswerStep[],
): Record<string, unknown> {
  const error = errorObject(failure);
  if (failure.form === 'bare') return { error };
  return {
    ...chunkHead(plan),
    object: 'chat.completion',
    system_fingerprint: null,
    choices: [
      {
        index: 0,
        finish_reason: 'error',
        native_finish_reason: null,
        logprobs: null,
        message: toMessage(steps),
        error,
      },
    ],
  };
}

function errorObject(failure: ScriptedFailure): Record<string, unknown> {
  const status = failure.status ?? DEFAULT_STATUS;
  return {
    code: status,
    message: failure.message ?? 'Provider disconnected',
    metadata: { error_type: ERROR_TYPES[status] ?? 'unmapped', ...failure.metadata },
  };
}

import type { ErrorBody } from '@openrouter-native/protocol';

/** What every chunk of an answer begins with. */
export interface ChunkHead {
  /** Of the answer; the request's own while upstream has named none. */
  id: string;
  model: string;
  /** Epoch milliseconds. */
  nowMs: number;
}

/**
 * The chunk that tells a reader of a chat stream that the answer has failed. It has every field that
 * OpenRouter's description requires of one, `error_type` among them: its own client checks.
 *
 * @see https://openrouter.ai/docs/api-reference/streaming
 */
export function errorChunk({ error }: ErrorBody, { id, model, nowMs }: ChunkHead): string {
  const type = ERROR_TYPES[error.code] ?? 'unmapped';
  return JSON.stringify({
    id,
    object: 'chat.completion.chunk',
    created: Math.floor(nowMs / 1000),
    model,
    error: { ...error, metadata: { error_type: type, ...error.metadata } },
    choices: [{ index: 0, delta: {}, finish_reason: 'error' }],
  });
}

/** OpenRouter's stable names of failures, by HTTP status; where upstream gave one itself, it stays. */
const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'authentication',
  402: 'payment_required',
  403: 'permission_denied',
  404: 'not_found',
  408: 'timeout',
  413: 'payload_too_large',
  422: 'unprocessable',
  429: 'rate_limit_exceeded',
  500: 'server',
  502: 'provider_unavailable',
  503: 'provider_overloaded',
  504: 'timeout',
};

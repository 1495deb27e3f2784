/** What a refusal carries beside its status and message. */
export interface ApiErrorDetails {
  metadata?: Record<string, unknown>;
  /** Why the model cannot be had; beside `metadata`, as upstream sends it. */
  availability?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/**
 * A refusal in OpenRouter's words. The error middleware turns it into the envelope
 * `{ error: { code, message, metadata }, user_id }` with the same HTTP status.
 *
 * @see https://openrouter.ai/docs/api-reference/errors
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  readonly status: number;
  readonly details: ApiErrorDetails;

  constructor(status: number, message: string, details: ApiErrorDetails = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

/** The `error` object of an answer's body or of a stream's event. */
export function toErrorObject(error: ApiError): Record<string, unknown> {
  const { metadata, availability } = error.details;
  return {
    code: error.status,
    message: error.message,
    ...(metadata && { metadata }),
    ...(availability && { availability }),
  };
}

import {
  createErrorBody,
  type ErrorBody,
  type ErrorDetails,
  type ErrorReason,
} from '@openrouter-native/protocol';

/** A request that this server itself refuses. The message is shown to the one who asked. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly reason: ErrorReason;
  readonly details: ErrorDetails;

  constructor(reason: ErrorReason, message: string, details: ErrorDetails = {}) {
    super(message);
    this.reason = reason;
    this.details = details;
  }

  /** The error body of our routes. */
  toBody(requestId?: string): ErrorBody {
    return createErrorBody(this.reason, this.message, { ...this.details, requestId });
  }
}

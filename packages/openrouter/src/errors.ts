import {
  createErrorBody,
  reasonFacts,
  type ErrorBody,
  type ErrorReason,
} from '@openrouter-native/protocol';

const brand = Symbol.for('openrouter-native.OpenRouterError');

/** What is known about one failure beyond its reason. */
export interface OpenRouterErrorDetails {
  /** HTTP status to answer with; the reason's own when absent. */
  status?: number | undefined;
  /** Milliseconds upstream asks us to wait. */
  retryAfterMs?: number | undefined;
  retryable?: boolean | undefined;
  /** What the reader can do now; the reason's own when absent. */
  action?: string | undefined;
  /** The upstream's own words, scrubbed and bounded; safe to show to the one who asked. */
  metadata?: Record<string, unknown> | undefined;
}

/**
 * Every failure of a call to OpenRouter, at whatever stage: refused by upstream, unreachable, too
 * slow, cut, or not understood. Not used for an abort by the caller: that rejects with the signal's
 * own reason. The message is safe to show: no key, no prompt, no raw body.
 */
export class OpenRouterError extends Error {
  override readonly name = 'OpenRouterError';
  readonly [brand] = true;
  readonly reason: ErrorReason;
  readonly details: OpenRouterErrorDetails;

  constructor(
    reason: ErrorReason,
    message: string,
    details: OpenRouterErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.reason = reason;
    this.details = details;
  }

  /** The same call, sent again later, can succeed. */
  get retryable(): boolean {
    return this.details.retryable ?? reasonFacts[this.reason].retryable;
  }

  /** Another model can answer the same request. */
  get anotherModelMayWork(): boolean {
    return reasonFacts[this.reason].anotherModelMayWork;
  }

  /** Another key or provider can answer the same request. */
  get anotherRouteMayWork(): boolean {
    return reasonFacts[this.reason].anotherRouteMayWork;
  }

  /** The error body of our routes. */
  toBody(requestId?: string): ErrorBody {
    return createErrorBody(this.reason, this.message, { ...this.details, requestId });
  }
}

/** Narrows by brand, so two installed copies of the package still recognise each other. */
export function isOpenRouterError(error: unknown): error is OpenRouterError {
  return typeof error === 'object' && error !== null && brand in error;
}

/** The error for an answer that is not what OpenRouter sends. */
export function malformed(message: string): OpenRouterError {
  return new OpenRouterError('malformed_response', message);
}

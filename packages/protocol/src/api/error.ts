import { z } from 'zod';
import { errorReasonSchema, reasonFacts, type ErrorReason } from '../errors/reasons.ts';
import { errorTypeOf } from '../errors/types.ts';

/** The one body of every failure, from the plugin and from the host. */
export const errorBodySchema = z.looseObject({
  error: z.looseObject({
    message: z.string().describe('Safe to show: no key, no prompt, no stack.'),
    type: z.string().describe('The coarse class of the failure, one for each status.'),
    code: z.number().describe('The HTTP status.'),
    reason: errorReasonSchema,
    retryable: z.boolean().describe('The same request, sent again later, can succeed.'),
    retry_after: z.number().nullable().describe('Seconds to wait; `null` when unknown.'),
    action: z.string().describe('What the reader can do now.'),
    request_id: z.string().nullable().describe('As in `X-Request-Id` and in the log.'),
    metadata: z.record(z.string(), z.unknown()).describe("The upstream's own words, scrubbed."),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** What a caller knows beyond the reason; everything else comes from the table of reasons. */
export interface ErrorDetails {
  status?: number | undefined;
  /** Milliseconds; the body carries whole seconds, rounded up. */
  retryAfterMs?: number | undefined;
  retryable?: boolean | undefined;
  action?: string | undefined;
  requestId?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
}

/** Builds the body of a failure from its reason, a message that is safe to show, and what else is known. */
export function createErrorBody(
  reason: ErrorReason,
  message: string,
  details: ErrorDetails = {},
): ErrorBody {
  const facts = reasonFacts[reason];
  const status = details.status ?? facts.status;
  return {
    error: {
      message,
      type: errorTypeOf(status),
      code: status,
      reason,
      retryable: details.retryable ?? facts.retryable,
      retry_after:
        details.retryAfterMs === undefined ? null : Math.ceil(details.retryAfterMs / 1000),
      action: details.action ?? facts.action,
      request_id: details.requestId ?? null,
      metadata: details.metadata ?? {},
    },
  };
}

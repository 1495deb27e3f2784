import { z } from 'zod';
import { isErrorReason, type ErrorReason } from '../errors/reasons.ts';

/** One call that was made, or passed over, on the way to an answer. */
export const tracedAttemptSchema = z.looseObject({
  model: z.string().nullable(),
  /** `openrouter`, `openrouter-2`, or a direct provider's name; never a key. */
  route: z.string(),
  /** Who served it, as upstream tells; `null` when unknown. */
  provider: z.string().nullable(),
  /** HTTP status; 200 for the answer, `null` when nothing was sent. */
  status: z.number().nullable(),
  /** `null` for the answer itself; `circuit_open` for a call that was spared. */
  reason: z
    .custom<ErrorReason | 'circuit_open'>(
      (value) => value === 'circuit_open' || isErrorReason(value),
    )
    .nullable(),
  /** Milliseconds from the call to its failure, or to its first content. */
  ms: z.number(),
  /** The call failed in a way that does not tell whether it was charged. */
  may_be_charged: z.boolean().optional(),
});
export type TracedAttempt = z.infer<typeof tracedAttemptSchema>;

/**
 * How an answer came about: `openrouter_native` on the last chunk of a stream and on a JSON answer.
 * Clients that do not know it ignore it.
 */
export const traceSchema = z.looseObject({
  requested: z.string().nullable(),
  /** Dated slug of the model that answered; `null` until it is known. */
  served: z.string().nullable(),
  attempts: z.array(tracedAttemptSchema),
  /** The request was made smaller, because the balance did not allow for more. */
  refit: z
    .looseObject({
      /** Tokens that were asked for; `null` when the model's own maximum was meant. */
      from: z.number().nullable(),
      max_tokens: z.number(),
    })
    .optional(),
  /** What was translated or left out before sending. */
  adjusted: z
    .array(
      z.looseObject({
        /** Where, as a path: `reasoning.effort`. */
        field: z.string(),
        /** What was done, for a person: `not supported by a/b, left out`. */
        change: z.string(),
      }),
    )
    .optional(),
  /** US dollars per million tokens, served minus requested, as decimal strings. */
  cost_delta: z.looseObject({ prompt: z.string(), completion: z.string() }).optional(),
});
export type Trace = z.infer<typeof traceSchema>;

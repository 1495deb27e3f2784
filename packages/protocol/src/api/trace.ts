import { z } from 'zod';
import { errorReasonSchema } from '../errors/reasons.ts';

/** One call that was made, or passed over, on the way to an answer. */
export const tracedAttemptSchema = z.looseObject({
  model: z.string().nullable(),
  route: z
    .string()
    .describe("`openrouter`, `openrouter-2`, or a direct provider's name; never a key."),
  provider: z
    .string()
    .nullable()
    .describe('Who served it, as upstream tells; `null` when unknown.'),
  status: z
    .number()
    .nullable()
    .describe('HTTP status; 200 for the answer, `null` when nothing was sent.'),
  reason: z
    .enum([...errorReasonSchema.options, 'circuit_open'])
    .nullable()
    .describe('`null` for the answer itself; `circuit_open` for a call that was spared.'),
  ms: z.number().describe('Milliseconds from the call to its failure, or to its first content.'),
  may_be_charged: z
    .boolean()
    .optional()
    .describe('The call failed in a way that does not tell whether it was charged.'),
});
export type TracedAttempt = z.infer<typeof tracedAttemptSchema>;

/**
 * How an answer came about: `openrouter_native` on the last chunk of a stream and on a JSON answer.
 * Clients that do not know it ignore it.
 */
export const traceSchema = z.looseObject({
  requested: z.string().nullable(),
  served: z
    .string()
    .nullable()
    .describe('Dated slug of the model that answered; `null` until it is known.'),
  attempts: z.array(tracedAttemptSchema),
  refit: z
    .looseObject({
      from: z
        .number()
        .nullable()
        .describe("Tokens that were asked for; `null` when the model's own maximum was meant."),
      max_tokens: z.number(),
    })
    .optional()
    .describe('The request was made smaller, because the balance did not allow for more.'),
  adjusted: z
    .array(
      z.looseObject({
        field: z.string().describe('Where, as a path: `reasoning.effort`.'),
        change: z
          .string()
          .describe('What was done, for a person: `not supported by a/b, left out`.'),
      }),
    )
    .optional()
    .describe('What was translated or left out before sending.'),
  cost_delta: z
    .looseObject({ prompt: z.string(), completion: z.string() })
    .optional()
    .describe('US dollars per million tokens, served minus requested, as decimal strings.'),
});
export type Trace = z.infer<typeof traceSchema>;

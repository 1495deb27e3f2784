import { z } from 'zod';
import { traceSchema } from '../api/trace.ts';
import { endings } from '../chat/events.ts';
import { usageSchema } from '../upstream/chat.ts';

/** One call of the model: an answer consists of one, or of several with tools run in between. */
export const runStepSchema = z.looseObject({
  step: z.int().nonnegative(),
  /** `gen-…`, for `GET /generation`. */
  generation_id: z.string().nullable(),
  /** Dated slug of the model that answered. */
  model: z.string().nullable(),
  provider: z.string().nullable(),
  /** The unified word (`stop`, `tool_calls`, …). */
  finish_reason: z.string().nullable(),
  /** `null` while it goes on. */
  ending: z.enum(endings).nullable(),
  /** As received; `null` when none came. */
  usage: usageSchema.nullable(),
  trace: traceSchema.nullable(),
  /**
   * US dollars that the step can cost at most, and once it is over what it has cost at most; absent
   * where money was not limited.
   */
  max_cost: z.number().nullish(),
});
export type RunStep = z.infer<typeof runStepSchema>;

/** Why a run ended before its model was done: a limit that its owner can raise. */
export const runLimitSchema = z.looseObject({
  kind: z.enum(['spending_limit', 'recursion_limit', 'repeated_call']),
  /** For a person: what was reached, and what can be done. */
  message: z.string(),
  /** US dollars, or a number of steps or calls. */
  limit: z.number(),
  /** The same unit. What was used; for money, what was surely or possibly charged. */
  used: z.number(),
  /** The same unit. What the next step could take at most; absent where that is not known. */
  needed: z.number().nullish(),
});
export type RunLimit = z.infer<typeof runLimitSchema>;

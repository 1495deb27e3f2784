import { z } from 'zod';

/**
 * The error object of OpenRouter, in a failed answer's body or inside a 200. `code` is a number in
 * the schema and sometimes a word on the wire; availability errors may carry `http_status` instead.
 *
 * @see https://openrouter.ai/docs/api-reference/errors
 */
export const upstreamErrorSchema = z.looseObject({
  code: z.union([z.number(), z.string()]).nullish(),
  http_status: z.number().nullish(),
  message: z.string().nullish(),
  error_type: z.string().nullish(),
  /** An object, with fields that differ from case to case; never worth losing the message over. */
  metadata: z.unknown().optional(),
  /** An object, when the model is not to be had. */
  availability: z.unknown().optional(),
});
export type UpstreamError = z.infer<typeof upstreamErrorSchema>;

/** A body that carries an error, whatever its HTTP status. */
export const upstreamErrorBodySchema = z.looseObject({ error: upstreamErrorSchema });

import { z } from 'zod';

/**
 * What `GET /api/openrouter/credits` answers. Money is in US dollars; `null` means unknown, or for
 * `limit` that the key has no cap. Unknown is never 0.
 */
export const creditsSchema = z.strictObject({
  /** Of the account with a management key, otherwise what is left of the key's cap. */
  balance: z.number().nullable(),
  currency: z.literal('USD'),
  usage: z.number().nullable(),
  /** Credits ever bought; known only with a management key. */
  total: z.number().nullable(),
  limit: z.number().nullable(),
  limit_remaining: z.number().nullable(),
  is_free_tier: z.boolean().nullable(),
  source: z.enum(['account', 'key']),
  /** ISO 8601. */
  updated_at: z.string(),
  /** True when upstream could not be asked and this is the last known answer. */
  stale: z.boolean(),
});
export type Credits = z.infer<typeof creditsSchema>;

import { z } from 'zod';

/**
 * What `GET /api/openrouter/credits` answers. Money is in US dollars; `null` means unknown, or for
 * `limit` that the key has no cap. Unknown is never 0.
 */
export const creditsSchema = z.strictObject({
  balance: z
    .number()
    .nullable()
    .describe("Of the account with a management key, otherwise what is left of the key's cap."),
  currency: z.literal('USD'),
  usage: z.number().nullable(),
  total: z.number().nullable().describe('Credits ever bought; known only with a management key.'),
  limit: z.number().nullable().describe('Cap of the key; `null` when it has none.'),
  limit_remaining: z.number().nullable(),
  is_free_tier: z.boolean().nullable(),
  source: z.enum(['account', 'key']),
  updated_at: z.string().describe('ISO 8601.'),
  stale: z
    .boolean()
    .describe('True when upstream could not be asked and this is the last known answer.'),
});
export type Credits = z.infer<typeof creditsSchema>;

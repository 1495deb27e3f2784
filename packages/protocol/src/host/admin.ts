import { z } from 'zod';
import { healthSchema, providerModes } from '../api/health.ts';

/** What `GET /api/admin/openrouter` answers to an administrator. Holds no key, not even a part. */
export const providerStatusSchema = z.looseObject({
  configured: z.boolean(),
  mode: z.enum(providerModes).nullable(),
  /** Why the provider is not offered; `null` when it is. */
  problem: z
    .looseObject({ variable: z.string().nullable(), message: z.string(), action: z.string() })
    .nullable(),
  /** One sentence each, such as quotes that were trimmed off the key. */
  warnings: z.array(z.string()),
  /** `null` when there is no provider whose health could be told. */
  health: healthSchema.nullable(),
  /** Where requests go, without scheme and path. */
  base_url_host: z.string().nullable(),
});
export type ProviderStatus = z.infer<typeof providerStatusSchema>;

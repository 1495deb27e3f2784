import { z } from 'zod';
import { errorReasonSchema } from '../errors/reasons.ts';

/** Whom the provider talks to, and with whose key. */
export const providerModes = ['live', 'simulator', 'user_provided'] as const;
export type ProviderMode = (typeof providerModes)[number];

/** What `GET /api/openrouter/health` answers; public, so it holds no secrets. */
export const healthSchema = z.strictObject({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  provider: z.strictObject({ configured: z.boolean(), mode: z.enum(providerModes) }),
  models: z.strictObject({
    count: z.number().nullable(),
    age_ms: z
      .number()
      .nullable()
      .describe('Milliseconds since the catalogue was read from upstream.'),
    stale: z.boolean(),
  }),
  credits: z.strictObject({ known: z.boolean() }),
  upstream: z.strictObject({
    reachable: z
      .boolean()
      .nullable()
      .describe('`null` until upstream was asked for the first time.'),
    last_error_reason: errorReasonSchema.nullable(),
    last_ok_at: z.string().nullable().describe('ISO 8601.'),
  }),
  routes: z.strictObject({
    resting: z
      .number()
      .describe(
        'How many keys and providers are given a rest, because something is wrong with their key.',
      ),
    open_circuits: z
      .number()
      .describe(
        'How many models of a route are passed over, because they failed several times in a row.',
      ),
  }),
  version: z.string(),
});
export type Health = z.infer<typeof healthSchema>;

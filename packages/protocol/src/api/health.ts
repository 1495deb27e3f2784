import { z } from 'zod';
import { isErrorReason, type ErrorReason } from '../errors/reasons.ts';

/** Whom the provider talks to, and with whose key. */
export const providerModes = ['live', 'simulator', 'user_provided'] as const;
export type ProviderMode = (typeof providerModes)[number];

/** What `GET /api/openrouter/health` answers; public, so it holds no secrets. */
export const healthSchema = z.strictObject({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  provider: z.strictObject({ configured: z.boolean(), mode: z.enum(providerModes) }),
  models: z.strictObject({
    count: z.number().nullable(),
    /** Milliseconds since the catalogue was read from upstream. */
    age_ms: z.number().nullable(),
    stale: z.boolean(),
  }),
  credits: z.strictObject({ known: z.boolean() }),
  upstream: z.strictObject({
    /** `null` until upstream was asked for the first time. */
    reachable: z.boolean().nullable(),
    last_error_reason: z.custom<ErrorReason>(isErrorReason).nullable(),
    /** ISO 8601. */
    last_ok_at: z.string().nullable(),
  }),
  routes: z.strictObject({
    /** How many keys and providers are given a rest, because something is wrong with their key. */
    resting: z.number(),
    /** How many models of a route are passed over, because they failed several times in a row. */
    open_circuits: z.number(),
  }),
  version: z.string(),
});
export type Health = z.infer<typeof healthSchema>;

import { z } from 'zod';
import { providerModes } from '../api/health.ts';

/** What `GET /api/config` answers, before anybody has signed in. Lenient: hosts add to it. */
export const hostConfigSchema = z.looseObject({
  appTitle: z.string(),
  registrationEnabled: z.boolean(),
  /** True until the first account exists; that account becomes the administrator. */
  setup: z.boolean(),
  openrouter: z.looseObject({
    configured: z.boolean(),
    mode: z.enum(providerModes).nullable(),
  }),
  version: z.string(),
});
export type HostConfig = z.infer<typeof hostConfigSchema>;

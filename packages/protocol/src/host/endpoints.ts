import { z } from 'zod';

/** What `GET /api/endpoints` answers. A provider that is not configured has no entry. */
export const hostEndpointsSchema = z.looseObject({
  openrouter: z.looseObject({ modelDisplayLabel: z.string().nullish() }).nullish(),
});
export type HostEndpoints = z.infer<typeof hostEndpointsSchema>;

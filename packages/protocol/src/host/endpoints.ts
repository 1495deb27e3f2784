import { z } from 'zod';

/** What `GET /api/endpoints` answers. A provider that is not configured has no entry. */
export const hostEndpointsSchema = z.looseObject({
  openrouter: z
    .looseObject({
      modelDisplayLabel: z.string().nullish(),
      /**
       * The administrator's chains of models that answer when others fail, by name. The one called
       * `default` follows where a request names none. Absent on older hosts.
       */
      fallbacks: z.record(z.string(), z.array(z.string())).nullish(),
    })
    .nullish(),
});
export type HostEndpoints = z.infer<typeof hostEndpointsSchema>;

import { z } from 'zod';
import { endpointSchema } from '../upstream/model.ts';

/** What `GET /api/openrouter/models/{author}/{slug}/endpoints` answers; upstream's fields are kept. */
export const modelEndpointsSchema = z.strictObject({
  data: z.strictObject({
    id: z.string().describe('The model: `author/slug`.'),
    endpoints: z.array(endpointSchema).describe('Who serves it, in upstream order.'),
  }),
});
export type ModelEndpoints = z.infer<typeof modelEndpointsSchema>;

import { z } from 'zod';
import { modelSchema } from '../upstream/model.ts';

/**
 * What `GET /api/openrouter/models` answers: every upstream field, in upstream order. All that are
 * listed, unless a page of them was asked for.
 */
export const modelsResponseSchema = z.strictObject({
  data: z.array(modelSchema),
  total_count: z.number().int().optional().describe('How many are listed on all pages together.'),
  links: z
    .strictObject({
      next: z.string().nullable().describe('Path of the next page; `null` when this is the last.'),
    })
    .optional(),
});
export type ModelsResponse = z.infer<typeof modelsResponseSchema>;

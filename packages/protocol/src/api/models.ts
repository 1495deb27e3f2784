import { z } from 'zod';
import { modelSchema } from '../upstream/model.ts';

/** What `GET /api/openrouter/models` answers: every upstream field, in upstream order. */
export const modelsResponseSchema = z.strictObject({ data: z.array(modelSchema) });
export type ModelsResponse = z.infer<typeof modelsResponseSchema>;

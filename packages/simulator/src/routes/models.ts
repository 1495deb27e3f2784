import { Router } from 'express';
import { requireKey } from '../authenticate.ts';
import type { SimulatorContext } from '../context.ts';

/** The catalogue: answered without a key, except the list of what one's own key may use. */
export function createModelRoutes(context: SimulatorContext): Router {
  const router = Router();
  const { models } = context;

  router.get('/models', (_request, response) => {
    response.json({ data: models, total_count: models.length, links: { next: null } });
  });

  router.get('/models/count', (_request, response) => {
    response.json({ data: { count: models.length } });
  });

  router.get('/models/user', (_request, response) => {
    requireKey(response, context);
    response.json({ data: models, total_count: models.length, links: { next: null } });
  });

  return router;
}

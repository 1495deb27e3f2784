import {
  createDoctorRouter,
  createErrorHandler,
  createOpenApiHandler,
  RequestError,
  requestId,
  type DoctorRouteOptions,
} from '@openrouter-native/plugin';
import type { Logger } from '@openrouter-native/openrouter';
import type { Health } from '@openrouter-native/protocol';
import { Router, type RequestHandler } from 'express';

/** What the routes work with. */
export interface ProviderAwayDependencies {
  requireAuth: RequestHandler;
  /** Works all the same: it is for finding out why the provider is away. */
  doctor: DoctorRouteOptions;
  version: string;
  logger: Logger;
}

/** Stands at `/api/openrouter` when the key cannot be one: every route but the doctor's and the description says so, with 503. */
export function createProviderAwayRouter(dependencies: ProviderAwayDependencies): Router {
  const { requireAuth, doctor, version, logger } = dependencies;
  const router = Router();
  router.use(requestId());
  router.get('/health', (_request, response) => {
    const health: Health = {
      status: 'unhealthy',
      provider: { configured: false, mode: 'live' },
      models: { count: null, age_ms: null, stale: false },
      credits: { known: false },
      upstream: { reachable: null, last_error_reason: 'key_malformed', last_ok_at: null },
      routes: { resting: 0, open_circuits: 0 },
      version,
    };
    response.status(503).set('Cache-Control', 'no-store').json(health);
  });
  router.get('/openapi.json', createOpenApiHandler({ version, hasDoctor: true }));
  router.use('/doctor', createDoctorRouter(doctor, logger));
  router.use(requireAuth, () => {
    throw new RequestError('key_malformed', 'OpenRouter is not set up on this server.', {
      action: 'Ask an admin to correct the OpenRouter key.',
    });
  });
  router.use(createErrorHandler({ logger }));
  return router;
}

import { jsonBody } from '@openrouter-native/plugin';
import { Router } from 'express';
import { createAgentHandlers, type AgentHandlersDependencies } from '../agents/agent-handlers.ts';
import { refuseOtherMethods } from '../middleware/refuse-other-methods.ts';

/** A million characters of instructions, which JSON may write with six bytes each. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/** `/api/agents`: the agents of the one who asks, in LibreChat's paths and shapes. */
export function createAgentsRouter(dependencies: AgentHandlersDependencies): Router {
  const handlers = createAgentHandlers(dependencies);
  const readBody = jsonBody(BODY_LIMIT_BYTES);
  const router = Router();
  router
    .route('/')
    .get(handlers.list)
    .post(readBody, handlers.create)
    .all(refuseOtherMethods('GET, POST'));
  router
    .route('/:id')
    .get(handlers.read)
    .patch(readBody, handlers.change)
    .delete(handlers.remove)
    .all(refuseOtherMethods('GET, PATCH, DELETE'));
  // LibreChat tells less to those who may use an agent and not change it; here they are the same.
  router.route('/:id/expanded').get(handlers.read).all(refuseOtherMethods('GET'));
  router.route('/:id/versions').get(handlers.listVersions).all(refuseOtherMethods('GET'));
  router.route('/:id/revert').post(readBody, handlers.revert).all(refuseOtherMethods('POST'));
  router.route('/:id/duplicate').post(handlers.duplicate).all(refuseOtherMethods('POST'));
  return router;
}

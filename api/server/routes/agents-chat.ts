import { jsonBody, RequestError } from '@openrouter-native/plugin';
import { Router } from 'express';
import { createFollowHandler, type FollowDependencies } from '../generations/follow.ts';
import type { Generations } from '../generations/generations.ts';
import { createGenerationHandlers } from '../generations/handlers.ts';
import { smallJsonBody } from '../middleware/read-body.ts';
import { refuseOtherMethods } from '../middleware/refuse-other-methods.ts';

/** What the routes work with. */
export interface AgentsChatDependencies extends FollowDependencies {
  generations: Generations;
}

/** A question and instructions of a million characters each, which JSON may write with six bytes apiece. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * `/api/agents/chat`: answers that are stored, and that go on when the page is left, in LibreChat's
 * paths. Stands behind `requireAuth`, and before the routes of agents, whose ids are any word.
 */
export function createAgentsChatRouter(dependencies: AgentsChatDependencies): Router {
  const handlers = createGenerationHandlers(dependencies.generations);
  const readBody = jsonBody(BODY_LIMIT_BYTES);
  const router = Router();
  router.route('/').post(readBody, handlers.startAgent).all(refuseOtherMethods('POST'));
  router.route('/openrouter').post(readBody, handlers.startModel).all(refuseOtherMethods('POST'));
  router
    .route('/stream/:streamId')
    .get(createFollowHandler(dependencies))
    .all(refuseOtherMethods('GET'));
  router.route('/status/:conversationId').get(handlers.readStatus).all(refuseOtherMethods('GET'));
  router.route('/abort').post(smallJsonBody, handlers.abort).all(refuseOtherMethods('POST'));
  router.route('/active').get(handlers.listActive).all(refuseOtherMethods('GET'));
  router.use(() => {
    throw new RequestError('not_found', 'There is no such route.');
  });
  return router;
}

import { Router, type RequestHandler } from 'express';
import { requireInferenceKey } from '../authenticate.ts';
import { completeChat } from '../chat/complete.ts';
import { readChatCall } from '../chat/request.ts';
import { requestFacts, type SimulatorContext } from '../context.ts';
import { readJsonBody } from '../intake.ts';

/** `POST /chat/completions`. */
export function createChatRoutes(context: SimulatorContext): Router {
  const router = Router();
  router.post('/chat/completions', createChatHandler(context));
  return router;
}

/** The key is judged before the body is looked at. */
function createChatHandler(context: SimulatorContext): RequestHandler {
  return async function handleChat(request, response) {
    const key = requireInferenceKey(response, context);
    const body = readJsonBody(requestFacts(response).rawBody);
    const call = readChatCall(body, request.headers);
    await completeChat(context, response, key, call);
  };
}

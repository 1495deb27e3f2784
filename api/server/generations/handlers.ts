import { requestIdOf } from '@openrouter-native/plugin';
import { startGenerationSchema } from '@openrouter-native/protocol';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { parseBody } from '../middleware/read-body.ts';
import { identityOf } from '../middleware/require-auth.ts';
import type { Generations } from './generations.ts';

/** Read, ask, answer: one handler for each route of stored answers but the stream itself. */
export interface GenerationHandlers {
  startAgent: RequestHandler;
  startModel: RequestHandler;
  readStatus: RequestHandler<{ conversationId: string }>;
  abort: RequestHandler;
  listActive: RequestHandler;
}

const abortSchema = z
  .looseObject({ streamId: z.string().nullish(), conversationId: z.string().nullish() })
  .refine(({ streamId, conversationId }) => (streamId ?? conversationId) != null, {
    error: 'Name the answer to stop: streamId or conversationId.',
  });

export function createGenerationHandlers(generations: Generations): GenerationHandlers {
  return {
    startAgent: createStartHandler(generations, 'agents'),
    startModel: createStartHandler(generations, 'openrouter'),
    async readStatus({ params }, response) {
      response.json(await generations.status(identityOf(response).userId, params.conversationId));
    },
    async abort(request, response) {
      const { userId } = identityOf(response);
      const { streamId, conversationId } = parseBody(request, abortSchema);
      const stopped = await generations.stop(userId, (session) =>
        streamId == null
          ? session.conversationId === conversationId
          : session.streamId === streamId,
      );
      if (stopped.length === 0) {
        // One that has just ended is no mistake of the reader; one that is not known is.
        if (streamId == null) await generations.status(userId, conversationId ?? '');
        else await generations.find(userId, streamId);
      }
      response.json({ success: stopped.length > 0, aborted: stopped[0]?.streamId ?? null });
    },
    async listActive(_request, response) {
      const running = await generations.running(identityOf(response).userId);
      // LibreChat's client looks for its conversations in this list.
      response.json({ activeJobIds: running.map(({ conversationId }) => conversationId) });
    },
  };
}

function createStartHandler(
  generations: Generations,
  endpoint: 'agents' | 'openrouter',
): RequestHandler {
  return async function startGeneration(request, response) {
    const { userId } = identityOf(response);
    const body = parseBody(request, startGenerationSchema);
    const traceId = requestIdOf(response) ?? null;
    response.json(await generations.start(userId, endpoint, body, traceId));
  };
}

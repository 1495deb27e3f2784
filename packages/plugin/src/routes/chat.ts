import type { Logger } from '@openrouter-native/openrouter';
import { chatRequestSchema, type Ending } from '@openrouter-native/protocol';
import type { RequestHandler } from 'express';
import { requestIdOf } from '../middleware/request-id.ts';
import { validate } from '../middleware/validate.ts';
import type { ChatService } from '../services/chat.ts';
import { abortWhenClosed } from '../sse/abort-when-closed.ts';
import { sendChat } from '../sse/send-chat.ts';
import { createEventStreamWriter } from '../sse/writer.ts';

export interface ChatRouteDependencies {
  chat: ChatService;
  /** Silence in milliseconds after which a stream gets a comment. */
  heartbeatMs: number;
  logger: Logger;
}

/**
 * `POST /chat/completions`: OpenRouter's own protocol, as JSON or as an event stream. A reader that
 * hangs up stops the upstream call.
 */
export function createChatHandler({
  chat,
  heartbeatMs,
  logger,
}: ChatRouteDependencies): RequestHandler {
  return async function handleChat(request, response) {
    const body = validate(chatRequestSchema, request.body);
    const left = abortWhenClosed(response);
    try {
      const ending = await chat.track(left, async (signal): Promise<Ending> => {
        if (!body.stream) {
          const completion = await chat.complete(body, signal);
          if (completion.id) response.set('X-Generation-Id', completion.id);
          response.json(completion);
          return 'complete';
        }
        let generationId: string | null = null;
        const writer = createEventStreamWriter(response, {
          heartbeatMs,
          headers: () => (generationId === null ? {} : { 'X-Generation-Id': generationId }),
          signal,
        });
        const open = async () => {
          const stream = await chat.stream(body, signal);
          generationId = stream.generationId;
          return stream;
        };
        return sendChat(open, writer, requestIdOf(response));
      });
      logger.debug('[OpenRouter] Answered', { model: body.model, ending });
    } catch (error) {
      if (!left.aborted) throw error; // Nobody is left to be told.
    }
  };
}

import { isOpenRouterError, type Logger } from '@openrouter-native/openrouter';
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
          response.set(answerHeaders(completion.id, completion['openrouter_native']));
          response.json(completion);
          return 'complete';
        }
        let headers = {};
        const writer = createEventStreamWriter(response, {
          heartbeatMs,
          headers: () => headers,
          signal,
        });
        const open = async () => {
          const stream = await chat.stream(body, signal);
          headers = answerHeaders(stream.generationId, stream.trace);
          return stream;
        };
        return sendChat(open, writer, requestIdOf(response));
      });
      logger.debug('[OpenRouter] Answered', { model: body.model, ending });
    } catch (error) {
      if (left.aborted) return; // Nobody is left to be told.
      if (!response.headersSent && isOpenRouterError(error)) {
        response.set(answerHeaders(null, error.details.metadata));
      }
      throw error;
    }
  };
}

/** The id of the answer, and how many calls it took: known before its first byte, or not told. */
function answerHeaders(generationId: string | null | undefined, trace: unknown) {
  const attempts = (trace as { attempts?: unknown } | null | undefined)?.attempts;
  return {
    ...(generationId && { 'X-Generation-Id': generationId }),
    ...(Array.isArray(attempts) && { 'X-OpenRouter-Attempts': String(attempts.length) }),
  };
}

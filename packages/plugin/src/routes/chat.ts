import { isOpenRouterError, type Logger } from '@openrouter-native/openrouter';
import {
  chatRequestSchema,
  emptyAnswer,
  endingOf,
  type ChatRequest,
  type Ending,
  type ErrorReason,
} from '@openrouter-native/protocol';
import type { RequestHandler, Response } from 'express';
import { toErrorBody } from '../middleware/error-handler.ts';
import { requestIdOf } from '../middleware/request-id.ts';
import { validate } from '../middleware/validate.ts';
import type { PermitOf } from '../permit.ts';
import type { ChatService, PermittedCallOptions } from '../services/chat.ts';
import { abortWhenClosed } from '../sse/abort-when-closed.ts';
import { errorChunk } from '../sse/error-chunk.ts';
import { sendChat, type TellFailure } from '../sse/send-chat.ts';
import { createEventStreamWriter } from '../sse/writer.ts';
import type { UserClients } from '../users.ts';

export interface ChatRouteDependencies {
  chat: ChatService;
  users: UserClients | undefined;
  permitOf: PermitOf;
  /** Silence in milliseconds after which a stream gets a comment. */
  heartbeatMs: number;
  /** Epoch milliseconds. */
  now: () => number;
  logger: Logger;
}

/**
 * `POST /chat/completions`: OpenRouter's own protocol, as JSON or as an event stream. A reader that
 * hangs up stops the upstream call. Every request leaves one record in the log, at level debug: the
 * model, how the answer ended, and why if there was none; no word of question or answer.
 */
export function createChatHandler(dependencies: ChatRouteDependencies): RequestHandler {
  const { chat, users, permitOf, logger } = dependencies;
  return async function handleChat(request, response) {
    const body = validate(chatRequestSchema, request.body);
    const user = users?.userOf(request, response);
    const permit = permitOf(request, response);
    const left = abortWhenClosed(response);
    const record = (ending: Ending, reason?: ErrorReason) =>
      logger.debug('[OpenRouter] Answered', {
        request_id: requestIdOf(response),
        model: body.model,
        ending,
        ...(reason && { reason }),
      });
    try {
      const answer = body.stream ? answerStream : answerWhole;
      record(
        await chat.track(left, (signal) =>
          answer(body, response, { signal, user, permit }, dependencies),
        ),
      );
    } catch (error) {
      if (left.aborted) {
        record('stopped');
        return; // Nobody is left to be told.
      }
      record('failed', toErrorBody(error).error.reason);
      if (!response.headersSent && isOpenRouterError(error)) {
        response.set(answerHeaders(null, error.details.metadata));
      }
      throw error;
    }
  };
}

type Answer = (
  body: ChatRequest,
  response: Response,
  options: PermittedCallOptions,
  dependencies: ChatRouteDependencies,
) => Promise<Ending>;

const answerWhole: Answer = async (body, response, options, { chat }) => {
  const completion = await chat.complete(body, options);
  response.set(answerHeaders(completion.id, completion['openrouter_native']));
  response.json(completion);
  const finishReason = completion.choices?.[0]?.finish_reason ?? null;
  return endingOf({ ...emptyAnswer, finishReason, terminated: true });
};

const answerStream: Answer = async (body, response, options, { chat, heartbeatMs, now }) => {
  const { signal } = options;
  const requestId = requestIdOf(response);
  let headers = {};
  const writer = createEventStreamWriter(response, { heartbeatMs, headers: () => headers, signal });
  const open = async () => {
    const stream = await chat.stream(body, options);
    headers = answerHeaders(stream.generationId, stream.trace);
    return stream;
  };
  const tellFailure: TellFailure = (error, { generationId, model }) =>
    errorChunk(toErrorBody(error, requestId), {
      id: generationId ?? requestId ?? '',
      model: model ?? body.model ?? '',
      nowMs: now(),
    });
  return sendChat(open, writer, tellFailure, signal);
};

/** Upstream’s word goes into a header, which takes no line breaks: a strange id is left out. */
const GENERATION_ID = /^[\w.:-]{1,128}$/;

/** The id of the answer, and how many calls it took: known before its first byte, or not told. */
function answerHeaders(generationId: string | null | undefined, trace: unknown) {
  const attempts = (trace as { attempts?: unknown } | null | undefined)?.attempts;
  return {
    ...(GENERATION_ID.test(generationId ?? '') && { 'X-Generation-Id': generationId }),
    ...(Array.isArray(attempts) && { 'X-OpenRouter-Attempts': String(attempts.length) }),
  };
}

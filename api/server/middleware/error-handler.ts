import type { Logger } from '@openrouter-native/openrouter';
import { createErrorHandler, toErrorBody } from '@openrouter-native/plugin';
import type { ErrorRequestHandler } from 'express';

/** Answers every failure of the host's routes with the one error body. Comes last. */
export function createHostErrorHandler(logger: Logger): ErrorRequestHandler[] {
  return [repeatMessage, createErrorHandler({ logger })];
}

/** LibreChat's clients read `message` at the top of an error body, so it stands there as well. */
const repeatMessage: ErrorRequestHandler = function repeatMessage(error, _request, response, next) {
  const { message } = toErrorBody(error).error;
  const json = response.json.bind(response);
  response.json = (body: object) => json({ message, ...body });
  next(error);
};

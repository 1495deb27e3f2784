import { RequestError } from '@openrouter-native/plugin';
import type { RequestHandler } from 'express';

/** Answers 405 to whatever got past the handler of the documented method. */
export function refuseOtherMethods(allowed: string): RequestHandler {
  return function refuseMethod(request, response) {
    response.set('Allow', allowed);
    throw new RequestError('method_not_allowed', `Use ${allowed}, not ${request.method}.`);
  };
}

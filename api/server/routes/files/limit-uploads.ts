import { RequestError } from '@openrouter-native/plugin';
import type { RequestHandler } from 'express';
import { identityOf } from '../../middleware/require-auth.ts';

/**
 * Lets each user send only so many files at once: each of them holds a file and a connection open for
 * as long as its sender likes.
 */
export function limitUploads(atOnce: number): RequestHandler {
  const running = new Map<string, number>();

  return function limitUpload(_request, response, next) {
    const { userId } = identityOf(response);
    const before = running.get(userId) ?? 0;
    if (before >= atOnce) {
      throw new RequestError('too_many_requests', `${atOnce} uploads are running already.`, {
        action: 'Wait for one of them to end, then try again.',
      });
    }
    running.set(userId, before + 1);
    response.once('close', () => {
      const left = (running.get(userId) ?? 1) - 1;
      if (left > 0) running.set(userId, left);
      else running.delete(userId);
    });
    next();
  };
}

import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

const ACCEPTED = /^[\w.-]{1,64}$/;

/**
 * Gives every answer an `X-Request-Id`: the caller's own when it is harmless, otherwise a new one.
 * Later handlers find it in `response.locals.requestId`. An id set further out is kept.
 */
export function requestId(): RequestHandler {
  return function setRequestId(request, response, next) {
    const locals = response.locals as { requestId?: string };
    const given = request.get('x-request-id');
    locals.requestId ??= given !== undefined && ACCEPTED.test(given) ? given : randomUUID();
    response.setHeader('X-Request-Id', locals.requestId);
    next();
  };
}

/** The id of the request that is being answered; `undefined` outside of {@link requestId}. */
export function requestIdOf(response: { locals: Record<string, unknown> }): string | undefined {
  const { requestId: id } = response.locals;
  return typeof id === 'string' ? id : undefined;
}

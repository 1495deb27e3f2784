import { RequestError, requestIdOf } from '@openrouter-native/plugin';
import type { Request, RequestHandler, Response } from 'express';
import type { AccessTokens, Identity } from '../auth/access-token.ts';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Lets requests with a valid access token pass and notes who sent them; see {@link identityOf}.
 * Answers all others by itself, with the `message` that LibreChat's clients read beside the error.
 */
export function createRequireAuth(accessTokens: AccessTokens): RequestHandler {
  return async function requireAuth(request, response, next) {
    const token = bearerOf(request);
    if (token === undefined) return refuse(response, 'No auth token');
    const identity = await accessTokens.verify(token);
    if (!identity) return refuse(response, 'Invalid auth token');
    response.locals.identity = identity;
    next();
  };
}

/** The token of `Authorization: Bearer …`; `undefined` without one. */
export function bearerOf(request: Request): string | undefined {
  return BEARER.exec(request.get('authorization') ?? '')?.[1];
}

/** Who sent the request. @throws Error outside of routes that require a sign-in. */
export function identityOf(response: Response): Identity {
  const { identity } = response.locals as { identity?: Identity };
  if (!identity) throw new Error('This route is not behind requireAuth');
  return identity;
}

function refuse(response: Response, message: string): void {
  const error = new RequestError('unauthenticated', message);
  response
    .status(401)
    .set('WWW-Authenticate', 'Bearer')
    .json({ message, ...error.toBody(requestIdOf(response)) });
}

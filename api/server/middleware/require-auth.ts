import { RequestError, requestIdOf } from '@openrouter-native/plugin';
import type { RequestHandler, Response } from 'express';
import type { AccessTokens, Identity } from '../auth/access-token.ts';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Lets requests with a valid access token pass and notes who sent them; see {@link identityOf}.
 * Answers all others by itself, with the `message` that LibreChat's clients read beside the error.
 */
export function createRequireAuth(accessTokens: AccessTokens): RequestHandler {
  return async function requireAuth(request, response, next) {
    const header = request.get('authorization');
    const token = BEARER.exec(header ?? '')?.[1];
    if (token === undefined) {
      refuse(response, header === undefined ? 'No auth token' : 'Invalid auth token');
      return;
    }
    const identity = await accessTokens.verify(token);
    if (!identity) {
      refuse(response, 'Invalid auth token');
      return;
    }
    response.locals.identity = identity;
    next();
  };
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

import { RequestError, requestIdOf } from '@openrouter-native/plugin';
import type { Request, RequestHandler, Response } from 'express';
import { looksLikeAppToken } from '../app-tokens/token-text.ts';
import type { AccessTokens, Identity } from '../auth/access-token.ts';

const BEARER = /^Bearer +(\S+)$/i;
const NOT_FOR_APPS = 'App tokens are good for models, credits and chat below /api/openrouter only.';
const WHERE_FOR_APPS =
  'Use the token with /api/openrouter/models, /credits or /chat/completions, or sign in.';

/**
 * Lets requests with a valid access token pass and notes who sent them; see {@link identityOf}.
 * Answers all others by itself.
 */
export function createRequireAuth(accessTokens: AccessTokens): RequestHandler {
  return async function requireAuth(request, response, next) {
    const token = bearerOf(request);
    if (token === undefined) return refuse(response, 'No auth token');
    if (looksLikeAppToken(token)) return refuse(response, NOT_FOR_APPS, WHERE_FOR_APPS);
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

/** Answers 401, with the `message` that LibreChat's clients read beside the error. */
export function refuse(response: Response, message: string, action?: string): void {
  const error = new RequestError('unauthenticated', message, { action });
  response
    .status(401)
    .set('WWW-Authenticate', 'Bearer')
    .json({ message, ...error.toBody(requestIdOf(response)) });
}

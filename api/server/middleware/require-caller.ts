import type { Permit } from '@openrouter-native/plugin';
import { ipKeyGenerator } from 'express-rate-limit';
import type { Request, RequestHandler, Response } from 'express';
import type { TokenCaller } from '../app-tokens/caller.ts';
import { hashToken, looksLikeAppToken } from '../app-tokens/token-text.ts';
import { limitByAddress, type Limit } from './auth-limits.ts';
import { bearerOf, refuse } from './require-auth.ts';

/** What the guard works with. */
export interface RequireCallerDependencies {
  /** For everybody who comes without an app token. */
  requireAuth: RequestHandler;
  tokens: {
    find(hash: string): Promise<TokenCaller | null>;
    /** Whether it came lately, and was right then. */
    has(hash: string): boolean;
    /** Notes that it was used. */
    touch(caller: TokenCaller): void;
  };
  /** Wrong tokens from one address. */
  limit: Limit;
  /** Epoch milliseconds. */
  now: () => number;
}

const USE_ANOTHER = 'Create another app token in the settings, and use that one.';

/**
 * Lets people who are signed in pass, and apps with a token of theirs: on whose behalf and what it may do
 * are noted for `identityOf` and {@link permitOf}. Who keeps coming with wrong tokens has to wait; whose
 * token is known to be right never meets that limit.
 */
export function createRequireCaller(dependencies: RequireCallerDependencies): RequestHandler {
  const { requireAuth, tokens, limit, now } = dependencies;
  const limitWrong = limitByAddress(limit);

  async function isExhausted(request: Request): Promise<boolean> {
    const counted = await limitWrong.getKey(ipKeyGenerator(request.ip ?? ''));
    return counted !== undefined && counted.totalHits >= limit.requests;
  }

  return async function requireCaller(request, response, next) {
    const token = bearerOf(request);
    if (token === undefined || !looksLikeAppToken(token)) {
      await requireAuth(request, response, next);
      return;
    }
    const refuseWrong = (message: string) =>
      limitWrong(request, response, (error?: unknown) =>
        error === undefined ? refuse(response, message, USE_ANOTHER) : next(error),
      );
    const hash = hashToken(token);
    if (hash === null) return refuseWrong('This is no whole app token: it was cut or mistyped.');
    if (!tokens.has(hash) && (await isExhausted(request)))
      return limitWrong(request, response, next);
    const caller = await tokens.find(hash);
    if (!caller) return refuseWrong('This app token is unknown here, or was revoked.');
    if (caller.expiresAt !== null && now() >= caller.expiresAt) {
      return refuse(response, 'This app token has expired.', USE_ANOTHER);
    }
    tokens.touch(caller);
    response.locals.identity = { userId: caller.userId };
    response.locals.permit = caller.permit;
    next();
  };
}

/** What the sender of a request may do; `undefined` = everything that people who are signed in may. */
export function permitOf(_request: Request, response: Response): Permit | undefined {
  return (response.locals as { permit?: Permit }).permit;
}

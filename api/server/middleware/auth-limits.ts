import { createHash } from 'node:crypto';
import { RequestError } from '@openrouter-native/plugin';
import { rateLimit, type Options, type RateLimitRequestHandler } from 'express-rate-limit';
import { normaliseEmail } from '../database/users.ts';
import { identityOf } from './require-auth.ts';

/** How many requests are let through, and in which time. */
export interface Limit {
  windowMs: number;
  requests: number;
}

/** The limits of the routes that guard accounts. Counted in this process. */
export interface AuthLimits {
  /** Sign-ins from one address, good and bad. */
  loginPerAddress: Limit;
  /** Failed sign-ins to one account, wherever they come from. */
  failedLoginPerEmail: Limit;
  /** Attempts to register from one address. */
  registerPerAddress: Limit;
  /** Refreshes from one address; each page load makes one. */
  refreshPerAddress: Limit;
}

const MINUTE_MS = 60_000;

/** Generous to an office behind one address, hopeless for guessing passwords. */
export const defaultAuthLimits: AuthLimits = {
  loginPerAddress: { windowMs: 5 * MINUTE_MS, requests: 50 },
  failedLoginPerEmail: { windowMs: 15 * MINUTE_MS, requests: 10 },
  registerPerAddress: { windowMs: 60 * MINUTE_MS, requests: 20 },
  refreshPerAddress: { windowMs: 5 * MINUTE_MS, requests: 300 },
};

/** Limits by the address that a request comes from. */
export function limitByAddress(limit: Limit): RateLimitRequestHandler {
  return rateLimit(shared(limit));
}

/** Limits by the account that asks. Comes after `requireAuth`. */
export function limitByUser(limit: Limit): RateLimitRequestHandler {
  return rateLimit({
    ...shared(limit),
    keyGenerator: (_request, response) => identityOf(response).userId,
  });
}

/** Limits failures by the account they aim at. Comes after the body was read. */
export function limitFailuresByEmail(limit: Limit): RateLimitRequestHandler {
  return rateLimit({
    ...shared(limit),
    skipSuccessfulRequests: true,
    keyGenerator: ({ body }: { body?: { email?: unknown } }) => {
      const email = typeof body?.email === 'string' ? normaliseEmail(body.email) : '';
      return createHash('sha256').update(email).digest('base64'); // No addresses lie around.
    },
  });
}

function shared({ windowMs, requests }: Limit): Partial<Options> {
  return {
    windowMs,
    limit: requests,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: { xForwardedForHeader: false }, // The hint about TRUST_PROXY covers it, in our log.
    handler: (request, _response, next) => {
      const resetTime = (request as { rateLimit?: { resetTime?: Date } }).rateLimit?.resetTime;
      const retryAfterMs = resetTime ? Math.max(1000, resetTime.getTime() - Date.now()) : windowMs;
      next(
        new RequestError('too_many_requests', 'Too many attempts. Wait, then try again.', {
          retryAfterMs,
        }),
      );
    },
  };
}

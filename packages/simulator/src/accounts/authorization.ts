import { createHash } from 'node:crypto';
import { ApiError } from '../errors.ts';

/** What a consent was given for. */
export interface AuthorizationRequest {
  /** `null` when the client did not use PKCE. */
  readonly challenge: string | null;
  readonly method: 'S256' | 'plain';
  /** Cap of the key to be made, in US dollars. */
  readonly limitUsd: number | null;
  readonly limitReset: 'daily' | 'weekly' | 'monthly' | null;
}

/** What is presented in exchange for a key. */
export interface Exchange {
  readonly code: string;
  readonly verifier: string | null;
  readonly method: 'S256' | 'plain' | null;
}

/** Authorization codes that were handed out and not used yet. */
export interface Authorizations {
  /** @returns The code: good once, for ten minutes. */
  issue(request: AuthorizationRequest): string;
  /**
   * Uses a code up, also when the exchange fails.
   *
   * @throws {@link ApiError} 403 for an unknown, used or expired code and for a wrong verifier, 400 for
   *   another method than the one the code was asked for with.
   */
  redeem(exchange: Exchange): AuthorizationRequest;
}

const LIFETIME_MS = 10 * 60_000;
/** Codes at a time, the oldest forgotten first: more than people connect in ten minutes. */
const MAX_CODES = 1000;

/** @see https://openrouter.ai/docs/use-cases/oauth-pkce */
export function createAuthorizations(now: () => number, nextNumber: () => number): Authorizations {
  const issued = new Map<string, { request: AuthorizationRequest; expiresAt: number }>();

  /** The map is in the order of issue, which is that of expiry. */
  function forgetOld(): void {
    for (const [code, { expiresAt }] of issued) {
      if (issued.size < MAX_CODES && expiresAt > now()) return;
      issued.delete(code);
    }
  }

  return {
    issue(request) {
      const code = createHash('sha256').update(`authorization code ${nextNumber()}`).digest('hex');
      forgetOld();
      issued.set(code, { request, expiresAt: now() + LIFETIME_MS });
      return code;
    },
    redeem({ code, verifier, method }) {
      const entry = issued.get(code);
      issued.delete(code);
      if (!entry || entry.expiresAt <= now()) {
        throw new ApiError(403, 'Invalid or expired code', {
          metadata: { error_type: 'permission_denied' },
        });
      }
      const { request } = entry;
      if (request.challenge === null) return request;
      if (method !== null && method !== request.method) {
        throw new ApiError(400, 'Invalid code_challenge_method', {
          metadata: { error_type: 'invalid_request' },
        });
      }
      if (verifier === null || challengeOf(verifier, request.method) !== request.challenge) {
        throw new ApiError(403, 'Invalid code or code_verifier', {
          metadata: { error_type: 'permission_denied' },
        });
      }
      return request;
    },
  };
}

function challengeOf(verifier: string, method: 'S256' | 'plain'): string {
  return method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
}

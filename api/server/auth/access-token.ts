import { createSecretKey, hash } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** Who sends a request, as the access token says. */
export interface Identity {
  userId: string;
}

/** Makes and reads access tokens. */
export interface AccessTokens {
  /** @param lifetimeMs - How long it is valid. */
  sign(identity: Identity, lifetimeMs: number): Promise<string>;
  /** @returns `null` when it is not ours, damaged or no longer valid. */
  verify(token: string): Promise<Identity | null>;
}

/** Long enough to work, short enough that signing out elsewhere takes effect soon. */
export const ACCESS_TOKEN_LIFETIME_MS = 15 * 60 * 1000;

const ISSUER = 'openrouter-native';
const AUDIENCE = 'api';
const MAX_REMEMBERED = 10_000; // About 2 MB.

const claimsSchema = z.object({ sub: z.uuid(), exp: z.number() });

/**
 * Signs and checks access tokens: JSON web tokens, HS256. A token that was checked once is
 * remembered (by its hash) until it ends, because checking a signature costs more than the rest of
 * a small request.
 *
 * @param now - Epoch milliseconds.
 * @see https://www.rfc-editor.org/rfc/rfc7519
 */
export function createAccessTokens(secret: string, now: () => number): AccessTokens {
  const key = createSecretKey(Buffer.from(secret));
  const remembered = new Map<string, { identity: Identity; expiresAt: number }>();

  return {
    sign({ userId }, lifetimeMs) {
      const issuedAt = Math.floor(now() / 1000);
      return new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(userId)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + Math.floor(lifetimeMs / 1000))
        .sign(key);
    },
    async verify(token) {
      const digest = hash('sha256', token, 'base64');
      const known = remembered.get(digest);
      if (known && now() < known.expiresAt) return known.identity;
      remembered.delete(digest);

      const checked = await check(token);
      if (!checked) return null;
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.set(digest, checked);
      return checked.identity;
    },
  };

  async function check(token: string) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: AUDIENCE,
        currentDate: new Date(now()),
      });
      const { sub, exp } = claimsSchema.parse(payload);
      return { identity: { userId: sub }, expiresAt: exp * 1000 };
    } catch {
      return null; // Whatever is wrong with it, the reader has to sign in again.
    }
  }
}

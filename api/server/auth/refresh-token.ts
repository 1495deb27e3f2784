import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a refresh token says: which sign-in, and the how many-th token of it. */
export interface RefreshClaim {
  sessionId: string;
  generation: number;
}

const FORM = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})\.([\w-]{43})$/;

/**
 * Makes a refresh token. It carries a keyed hash of what it says, so the database keeps only the
 * number of the latest one: a copy of the database holds nothing that could be replayed.
 *
 * The same claim always gives the same token, which lets two tabs that refresh at once end up with
 * the same cookie.
 */
export function encodeRefreshToken(
  { sessionId, generation }: RefreshClaim,
  secret: string,
): string {
  return `${sessionId}.${generation}.${seal(`${sessionId}.${generation}`, secret)}`;
}

/** Reads a refresh token. @returns `null` when it was not made with this secret. */
export function decodeRefreshToken(token: string, secret: string): RefreshClaim | null {
  const [, sessionId, generation, mac] = FORM.exec(token) ?? [];
  if (sessionId === undefined || generation === undefined || mac === undefined) return null;
  const expected = seal(`${sessionId}.${generation}`, secret);
  if (!timingSafeEqual(Buffer.from(mac), Buffer.from(expected))) return null;
  return { sessionId, generation: Number(generation) };
}

function seal(claim: string, secret: string): string {
  return createHmac('sha256', secret).update(`refresh.${claim}`).digest('base64url');
}

import type { Logger } from '@openrouter-native/openrouter';
import type { Sessions } from '../database/sessions.ts';
import { decodeRefreshToken, encodeRefreshToken } from './refresh-token.ts';

/** A refresh token for the browser to keep. */
export interface IssuedSession {
  userId: string;
  refreshToken: string;
  expiresAt: Date;
}

/** Keeps people signed in. Rejects only when the database does. */
export interface SessionService {
  /** Starts a session for someone who just proved who they are. */
  start(userId: string): Promise<IssuedSession>;
  /**
   * Trades a refresh token for the next one.
   *
   * @returns `null` when the session is over, for whatever reason: the reader has to sign in.
   */
  refresh(refreshToken: string): Promise<IssuedSession | null>;
  /** Ends the session. An unknown token is fine: there is nothing to end. */
  end(refreshToken: string): Promise<void>;
}

/** What the session service works with. */
export interface SessionServiceOptions {
  sessions: Sessions;
  /** Signs refresh tokens. */
  secret: string;
  /** Epoch milliseconds. */
  now: () => number;
  logger: Logger;
}

/** A session ends this long after its last refresh. */
const IDLE_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * How long the previous refresh token still works. Two tabs that wake up together, or a page that is
 * reloaded before the answer arrives, send the same token twice within moments; a thief comes later.
 */
const RACE_MS = 10_000;

/**
 * Sessions with rotating refresh tokens. Each refresh makes the token before invalid; one that comes
 * back later means that two parties hold it, so the whole session ends.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
 */
export function createSessionService(options: SessionServiceOptions): SessionService {
  const { sessions, secret, now, logger } = options;
  const issue = (session: { id: string; userId: string; generation: number; expiresAt: Date }) => ({
    userId: session.userId,
    refreshToken: encodeRefreshToken(
      { sessionId: session.id, generation: session.generation },
      secret,
    ),
    expiresAt: session.expiresAt,
  });

  return {
    async start(userId) {
      const at = new Date(now());
      await sessions.deleteExpired(at);
      return issue(await sessions.create(userId, at, expiryFrom(at)));
    },

    async refresh(refreshToken) {
      const claim = decodeRefreshToken(refreshToken, secret);
      if (!claim) return null;
      const at = new Date(now());

      const advanced = await sessions.advance(
        claim.sessionId,
        claim.generation,
        at,
        expiryFrom(at),
      );
      if (advanced) return issue(advanced);

      const session = await sessions.find(claim.sessionId);
      if (!session || session.revokedAt || session.expiresAt <= at) return null;
      const isRace =
        claim.generation === session.generation - 1 &&
        at.getTime() - session.rotatedAt.getTime() <= RACE_MS;
      if (isRace) return issue(session);

      await sessions.revoke(session.id, at);
      logger.warn('A refresh token was used twice; its session was ended', {
        userId: session.userId,
        sessionId: session.id,
      });
      return null;
    },

    async end(refreshToken) {
      const claim = decodeRefreshToken(refreshToken, secret);
      if (claim) await sessions.revoke(claim.sessionId, new Date(now()));
    },
  };
}

function expiryFrom(at: Date): Date {
  return new Date(at.getTime() + IDLE_LIFETIME_MS);
}

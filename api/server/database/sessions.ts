import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { sessions, type Session } from './schema.ts';

/** The stored part of sessions: plain facts and one atomic step. */
export interface Sessions {
  create(userId: string, now: Date, expiresAt: Date): Promise<Session>;
  find(id: string): Promise<Session | null>;
  /**
   * Moves to the next refresh token, if `generation` is still the latest.
   *
   * @returns `null` when another request was faster, or the session is over.
   */
  advance(id: string, generation: number, now: Date, expiresAt: Date): Promise<Session | null>;
  revoke(id: string, now: Date): Promise<void>;
  deleteExpired(now: Date): Promise<void>;
}

/** The sign-ins in a database. */
export function createSessions(queries: Queries): Sessions {
  return {
    async create(userId, now, expiresAt) {
      const [session] = await queries
        .insert(sessions)
        .values({ userId, rotatedAt: now, expiresAt, createdAt: now })
        .returning();
      if (!session) throw new Error('The session was not stored');
      return session;
    },
    async find(id) {
      const rows = await queries.select().from(sessions).where(eq(sessions.id, id));
      return rows[0] ?? null;
    },
    async advance(id, generation, now, expiresAt) {
      const rows = await queries
        .update(sessions)
        .set({ generation: generation + 1, rotatedAt: now, expiresAt })
        .where(
          and(
            eq(sessions.id, id),
            eq(sessions.generation, generation),
            isNull(sessions.revokedAt),
            gt(sessions.expiresAt, now),
          ),
        )
        .returning();
      return rows[0] ?? null;
    },
    async revoke(id, now) {
      await queries
        .update(sessions)
        .set({ revokedAt: now })
        .where(and(eq(sessions.id, id), isNull(sessions.revokedAt)));
    },
    async deleteExpired(now) {
      await queries.delete(sessions).where(lt(sessions.expiresAt, now));
    },
  };
}

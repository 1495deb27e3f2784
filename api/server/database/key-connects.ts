import { and, eq, lte } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { keyConnects } from './schema.ts';

/** Somebody's way to the page of consent and back. */
export type KeyConnect = typeof keyConnects.$inferSelect;

/** The ways that people are on. */
export interface KeyConnects {
  add(connect: KeyConnect): Promise<void>;
  /**
   * Hands out a way and deletes it in one step: of several that come back with the same state, one gets
   * it. Only the browser that set out does; for any other there is nothing here.
   */
  take(stateHash: string, browserHash: string): Promise<KeyConnect | null>;
  deleteExpired(now: Date): Promise<void>;
}

/** The ways in a database. */
export function createKeyConnects(queries: Queries): KeyConnects {
  return {
    async add(connect) {
      await queries.insert(keyConnects).values(connect);
    },
    async take(stateHash, browserHash) {
      const rows = await queries
        .delete(keyConnects)
        .where(and(eq(keyConnects.stateHash, stateHash), eq(keyConnects.browserHash, browserHash)))
        .returning();
      return rows[0] ?? null;
    },
    async deleteExpired(now) {
      await queries.delete(keyConnects).where(lte(keyConnects.expiresAt, now));
    },
  };
}

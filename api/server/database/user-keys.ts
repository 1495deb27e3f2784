import { and, eq, lte, ne } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { userKeys } from './schema.ts';

/** A key as stored. */
export interface StoredUserKey {
  /** Sealed; empty once the key has expired. */
  encrypted: string;
  /** `null` = never. */
  expiresAt: Date | null;
}

/** The keys that users brought, one for each provider. */
export interface UserKeys {
  find(userId: string, name: string): Promise<StoredUserKey | null>;
  /** Takes the place of an earlier one. */
  save(userId: string, name: string, key: StoredUserKey, now: Date): Promise<void>;
  delete(userId: string, name: string): Promise<void>;
  deleteAll(userId: string): Promise<void>;
  /** Keeps of keys that have expired only when they did. */
  eraseExpired(now: Date): Promise<void>;
}

/** The keys in a database. */
export function createUserKeys(queries: Queries): UserKeys {
  return {
    async find(userId, name) {
      const rows = await queries
        .select({ encrypted: userKeys.encrypted, expiresAt: userKeys.expiresAt })
        .from(userKeys)
        .where(and(eq(userKeys.userId, userId), eq(userKeys.name, name)));
      return rows[0] ?? null;
    },
    async save(userId, name, key, now) {
      await queries
        .insert(userKeys)
        .values({ userId, name, ...key, createdAt: now })
        .onConflictDoUpdate({
          target: [userKeys.userId, userKeys.name],
          set: { ...key, createdAt: now },
        });
    },
    async delete(userId, name) {
      await queries
        .delete(userKeys)
        .where(and(eq(userKeys.userId, userId), eq(userKeys.name, name)));
    },
    async deleteAll(userId) {
      await queries.delete(userKeys).where(eq(userKeys.userId, userId));
    },
    async eraseExpired(now) {
      await queries
        .update(userKeys)
        .set({ encrypted: '' })
        .where(and(lte(userKeys.expiresAt, now), ne(userKeys.encrypted, '')));
    },
  };
}

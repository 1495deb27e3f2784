import { randomUUID } from 'node:crypto';
import { RequestError } from '@openrouter-native/plugin';
import { MAX_APP_TOKENS } from '@openrouter-native/protocol';
import { and, desc, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { appTokens, users, type StoredAppToken, type User } from './schema.ts';
import { isUuid } from './uuid.ts';

/** What is decided when a token is created. */
export type NewAppToken = Pick<
  StoredAppToken,
  'name' | 'hint' | 'hash' | 'scopes' | 'models' | 'expiresAt' | 'monthlyLimitUsd' | 'month'
>;

/** A token and whose it is. */
export interface OwnedToken {
  token: StoredAppToken;
  owner: Pick<User, 'id' | 'name' | 'email'>;
}

/** The tokens of apps. What they spend is in `token-spending.ts`. */
export interface AppTokens {
  /** @throws RequestError `conflict` when the user has {@link MAX_APP_TOKENS} already. */
  create(userId: string, token: NewAppToken, now: Date): Promise<StoredAppToken>;
  /** Newest first. */
  list(userId: string): Promise<StoredAppToken[]>;
  /** Those of all users, newest first. */
  listAll(): Promise<OwnedToken[]>;
  findByHash(hash: string): Promise<StoredAppToken | null>;
  /**
   * @param userId - Whose it has to be; `null` = anybody's.
   * @returns Its hash; `null` when there is none.
   */
  delete(userId: string | null, id: string): Promise<string | null>;
  /** Notes that it was used, unless that was noted after `before`. */
  touch(id: string, now: Date, before: Date): Promise<void>;
}

/** The tokens in a database. */
export function createAppTokens(queries: Queries): AppTokens {
  return {
    create(userId, token, now) {
      return queries.transaction(async (transaction) => {
        // Several at once count one another.
        await transaction.execute(sql`select 1 from ${users} where id = ${userId} for update`);
        const existing = await transaction.$count(appTokens, eq(appTokens.userId, userId));
        if (existing >= MAX_APP_TOKENS) {
          throw new RequestError('conflict', `You have ${MAX_APP_TOKENS} app tokens already.`, {
            action: 'Revoke one that you no longer use, then create another.',
          });
        }
        const [created] = await transaction
          .insert(appTokens)
          .values({ ...token, id: randomUUID(), userId, createdAt: now })
          .returning();
        if (!created) throw new Error('A row that was inserted is not there');
        return created;
      });
    },
    list: (userId) =>
      queries
        .select()
        .from(appTokens)
        .where(eq(appTokens.userId, userId))
        .orderBy(desc(appTokens.createdAt), appTokens.id),
    listAll: () =>
      queries
        .select({
          token: appTokens,
          owner: { id: users.id, name: users.name, email: users.email },
        })
        .from(appTokens)
        .innerJoin(users, eq(users.id, appTokens.userId))
        .orderBy(desc(appTokens.createdAt), appTokens.id),
    async findByHash(hash) {
      const rows = await queries.select().from(appTokens).where(eq(appTokens.hash, hash));
      return rows[0] ?? null;
    },
    async delete(userId, id) {
      if (!isUuid(id)) return null;
      const rows = await queries
        .delete(appTokens)
        .where(
          and(eq(appTokens.id, id), userId === null ? undefined : eq(appTokens.userId, userId)),
        )
        .returning({ hash: appTokens.hash });
      return rows[0]?.hash ?? null;
    },
    async touch(id, now, before) {
      await queries
        .update(appTokens)
        .set({ lastUsedAt: now })
        .where(
          and(
            eq(appTokens.id, id),
            or(isNull(appTokens.lastUsedAt), lte(appTokens.lastUsedAt, before)),
          ),
        );
    },
  };
}

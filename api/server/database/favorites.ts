import type { Favorite } from '@openrouter-native/protocol';
import { and, desc, eq, isNotNull, max } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { favorites, messages } from './schema.ts';

/** What people want at hand. Each method sees those of one user only. */
export interface Favorites {
  /** In the person's order. */
  list(userId: string): Promise<Favorite[]>;
  replace(userId: string, items: readonly Favorite[]): Promise<void>;
  /** Models that answered this user, the latest first. @param limit - How many at most. */
  recentModels(userId: string, limit: number): Promise<string[]>;
}

/** The favourites in a database. */
export function createFavorites(queries: Queries): Favorites {
  return {
    async list(userId) {
      const [row] = await queries.select().from(favorites).where(eq(favorites.userId, userId));
      return row?.items ?? [];
    },
    async replace(userId, items) {
      await queries
        .insert(favorites)
        .values({ userId, items: [...items] })
        .onConflictDoUpdate({ target: favorites.userId, set: { items: [...items] } });
    },
    async recentModels(userId, limit) {
      const latest = max(messages.createdAt);
      const rows = await queries
        .select({ model: messages.model })
        .from(messages)
        .where(
          and(
            eq(messages.userId, userId),
            eq(messages.endpoint, 'openrouter'),
            isNotNull(messages.model),
          ),
        )
        .groupBy(messages.model)
        .orderBy(desc(latest))
        .limit(limit);
      return rows.flatMap(({ model }) => (model === null ? [] : [model]));
    },
  };
}

import { count, eq, sql } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { users, type User } from './schema.ts';

/** What a person brings to an account; the rest is decided here. */
export type NewUser = Pick<User, 'email' | 'name' | 'username' | 'passwordHash'>;

/** Outcome of a registration. */
export type Registration =
  | { outcome: 'created'; user: User }
  | { outcome: 'email-taken' }
  /** Registration is closed and there is an account already. */
  | { outcome: 'closed' };

/** The accounts. Addresses are compared in lower case and without spaces around them. */
export interface Users {
  /**
   * Creates an account. The very first one becomes the admin, also when several register at once.
   *
   * @param isOpen - Whether anybody but the first may register.
   */
  register(user: NewUser, isOpen: boolean): Promise<Registration>;
  /** @param email - In any case. */
  findByEmail(email: string): Promise<User | null>;
  findById(id: string): Promise<User | null>;
  /** All accounts, oldest first. @param limit - How many at most. */
  list(limit: number): Promise<User[]>;
  count(): Promise<number>;
}

/** The accounts in a database. */
export function createUsers(queries: Queries): Users {
  return {
    register(user, isOpen) {
      return queries.transaction(async (transaction) => {
        // One registration at a time, so that two first ones cannot both count zero accounts.
        await transaction.execute(sql`lock table ${users} in share row exclusive mode`);
        const existing = await transaction.$count(users);
        if (existing > 0 && !isOpen) return { outcome: 'closed' };

        const [created] = await transaction
          .insert(users)
          .values({
            ...user,
            email: normaliseEmail(user.email),
            role: existing === 0 ? 'ADMIN' : 'USER',
          }) // prettier-ignore
          .onConflictDoNothing({ target: users.email })
          .returning();
        return created ? { outcome: 'created', user: created } : { outcome: 'email-taken' };
      });
    },
    async findByEmail(email) {
      const rows = await queries
        .select()
        .from(users)
        .where(eq(users.email, normaliseEmail(email)));
      return rows[0] ?? null;
    },
    async findById(id) {
      const rows = await queries.select().from(users).where(eq(users.id, id));
      return rows[0] ?? null;
    },
    list: (limit) => queries.select().from(users).orderBy(users.createdAt).limit(limit),
    async count() {
      const [row] = await queries.select({ accounts: count() }).from(users);
      return row?.accounts ?? 0;
    },
  };
}

/** Two spellings of one address are one account. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}

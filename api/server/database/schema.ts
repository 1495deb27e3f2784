import { sql } from 'drizzle-orm';
import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** People who can sign in. The SQL that creates the tables is in `api/migrations`. */
export const users = pgTable('users', {
  id: uuid('id')
    .primaryKey()
    .default(sql`gen_random_uuid()`),
  /** Lower case and trimmed. */
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  username: text('username').notNull(),
  /** An address of a picture, or empty. */
  avatar: text('avatar').notNull().default(''),
  role: text('role', { enum: ['ADMIN', 'USER'] }).notNull(),
  /** Who vouches for the identity; `local` = a password kept here. */
  provider: text('provider').notNull().default('local'),
  /** Argon2id, with its parameters. */
  passwordHash: text('password_hash').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

/** One row per sign-in. Its refresh tokens are numbered, and only the latest number is valid. */
export const sessions = pgTable('sessions', {
  id: uuid('id')
    .primaryKey()
    .default(sql`gen_random_uuid()`),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Number of the latest refresh token. */
  generation: integer('generation').notNull().default(0),
  /** When the latest refresh token was issued. */
  rotatedAt: at('rotated_at').notNull(),
  /** Moves forward with each refresh. */
  expiresAt: at('expires_at').notNull(),
  /** Signed out, or a refresh token was used twice. */
  revokedAt: at('revoked_at'),
  createdAt: at('created_at').notNull().defaultNow(),
});

/** One account, as stored. */
export type User = typeof users.$inferSelect;
/** One sign-in, as stored. */
export type Session = typeof sessions.$inferSelect;

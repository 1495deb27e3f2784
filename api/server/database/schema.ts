import type {
  AgentFields,
  AppTokenScope,
  ContentPart,
  Ending,
  ErrorBody,
  Favorite,
  PresetFields,
  ReasoningDetail,
  RunLimit,
  RunStep,
} from '@openrouter-native/protocol';
import { sql } from 'drizzle-orm';
import {
  boolean,
  doublePrecision,
  integer,
  json,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { anyText } from './storable-text.ts';

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

/** Settings of a conversation's next answer. */
export interface ConversationSettings {
  promptPrefix?: string | null;
  model_parameters?: Record<string, unknown>;
  /** US dollars that one answer may cost. */
  spending_limit?: number | null;
  /** Calls of the model in one answer. */
  recursion_limit?: number;
}

/** A thread of questions and answers; its messages form a tree. */
export const conversations = pgTable('conversations', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  title: anyText('title').notNull(),
  endpoint: text('endpoint', { enum: ['openrouter', 'agents'] }).notNull(),
  /** Of the latest answer. */
  model: anyText('model'),
  /** Kept when the agent is deleted: the conversation stays readable. */
  agentId: anyText('agent_id'),
  settings: json('settings').$type<ConversationSettings>().notNull(),
  archivedAt: at('archived_at'),
  createdAt: at('created_at').notNull(),
  /** When its latest message was written; the order of the list. */
  updatedAt: at('updated_at').notNull(),
});

/** A step of an answer with what only the model reads again. */
export interface StoredStep extends RunStep {
  /** Merged, in order, otherwise as they came: signatures hold only over unchanged thoughts. */
  reasoning_details: ReasoningDetail[];
}

/**
 * One question or answer. `json` keeps the text of its values as it is written, where `jsonb` would
 * sort keys, round numbers and refuse NUL.
 */
export const messages = pgTable('messages', {
  id: uuid('id').primaryKey(),
  conversationId: uuid('conversation_id')
    .notNull()
    .references(() => conversations.id, { onDelete: 'cascade' }),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** `null` = the first of its branch. */
  parentId: uuid('parent_id'),
  isCreatedByUser: boolean('is_created_by_user').notNull(),
  sender: anyText('sender').notNull(),
  /** All text parts, without what a `text` column cannot hold: for searching. */
  text: anyText('text').notNull(),
  content: json('content').$type<ContentPart[]>().notNull(),
  endpoint: text('endpoint', { enum: ['openrouter', 'agents'] }).notNull(),
  /** As asked for; `null` on questions. */
  model: anyText('model'),
  agentId: anyText('agent_id'),
  /** `null` on questions and while the answer is being given. */
  ending: text('ending').$type<Ending>(),
  error: json('error').$type<ErrorBody['error']>(),
  limit: json('run_limit').$type<RunLimit>(),
  steps: json('steps').$type<StoredStep[]>().notNull(),
  annotations: json('annotations').$type<{ type: string; [field: string]: unknown }[]>().notNull(),
  firstContentMs: doublePrecision('first_content_ms'),
  durationMs: doublePrecision('duration_ms'),
  /** While an answer is being given, its server moves this forward; past it, the answer was cut. */
  leaseUntil: at('lease_until'),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
});

/** What a person uploaded or a model made. The bytes lie under `DATA_DIR`, named by their hash. */
export const files = pgTable('files', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** SHA-256, hexadecimal; several files may share their bytes. */
  hash: text('hash').notNull(),
  filename: text('filename').notNull(),
  /** Media type, found by looking at the bytes. */
  type: text('type').notNull(),
  bytes: integer('bytes').notNull(),
  width: integer('width'),
  height: integer('height'),
  context: text('context', {
    enum: ['message_attachment', 'image_generation', 'agents'],
  }).notNull(),
  /** When a message last began to show it; `null` = none ever did. */
  linkedAt: at('linked_at'),
  createdAt: at('created_at').notNull(),
});

/** Which messages show which files; a file without any and without an agent can go. */
export const messageFiles = pgTable(
  'message_files',
  {
    messageId: uuid('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    fileId: uuid('file_id')
      .notNull()
      .references(() => files.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.fileId] })],
);

/** An agent is its current version; what it is made of is in `agent_versions`. */
export const agents = pgTable('agents', {
  /** `agent_…` */
  id: text('id').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  version: integer('version').notNull(),
  /** Name and description, for searching. */
  searchText: text('search_text').notNull(),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
});

/** The latest states an agent was saved in. Reverting adds one more. */
export const agentVersions = pgTable(
  'agent_versions',
  {
    agentId: text('agent_id')
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    fields: json('fields').$type<AgentFields>().notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.agentId, table.version] })],
);

/** What each person wants at hand, in their order. */
export const favorites = pgTable('favorites', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  items: json('items').$type<Favorite[]>().notNull(),
});

/** Settings of an answer that a person keeps under a name. */
export const presets = pgTable('presets', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  fields: json('fields').$type<PresetFields>().notNull(),
  updatedAt: at('updated_at').notNull(),
});

/** Keys that users brought, encrypted. */
export const userKeys = pgTable(
  'user_keys',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Of the provider: `openrouter`. */
    name: text('name').notNull(),
    /** AES-256-GCM under `CREDS_KEY`. */
    encrypted: text('encrypted').notNull(),
    /** `null` = never. */
    expiresAt: at('expires_at'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.name] })],
);

/** People on their way to OpenRouter's page of consent and back. */
export const keyConnects = pgTable('key_connects', {
  /** SHA-256 of the `state` in the callback's address. */
  stateHash: text('state_hash').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** SHA-256 of the cookie that ties it to one browser. */
  browserHash: text('browser_hash').notNull(),
  /** The PKCE code verifier, encrypted like a key. */
  verifier: text('verifier').notNull(),
  expiresAt: at('expires_at').notNull(),
});

/** Tokens of apps that talk to `/api/openrouter`. */
export const appTokens = pgTable('app_tokens', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  name: anyText('name').notNull(),
  /** First and last characters. */
  hint: text('hint').notNull(),
  /** SHA-256 of the token, hexadecimal. */
  hash: text('hash').notNull().unique(),
  scopes: json('scopes').$type<AppTokenScope[]>().notNull(),
  /** Ids and patterns; `null` = all that its owner may use. */
  models: json('models').$type<string[]>(),
  /** `null` = never. */
  expiresAt: at('expires_at'),
  monthlyLimitUsd: numeric('monthly_limit_usd', { mode: 'number' }),
  /** What `spentUsd` is about: `YYYY-MM`, UTC. Nothing is spent in a later one. */
  month: text('month').notNull(),
  /** With what is reserved; `null` = unknown, which only a token without a limit gets. */
  spentUsd: numeric('spent_usd', { mode: 'number' }).default(0),
  lastUsedAt: at('last_used_at'),
  createdAt: at('created_at').notNull(),
});

/** One account, as stored. */
export type User = typeof users.$inferSelect;
/** One sign-in, as stored. */
export type Session = typeof sessions.$inferSelect;
export type StoredConversation = typeof conversations.$inferSelect;
export type StoredMessage = typeof messages.$inferSelect;
export type StoredFile = typeof files.$inferSelect;
export type StoredAgent = typeof agents.$inferSelect;
export type StoredAgentVersion = typeof agentVersions.$inferSelect;
export type StoredPreset = typeof presets.$inferSelect;
export type StoredAppToken = typeof appTokens.$inferSelect;

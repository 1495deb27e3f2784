import {
  and,
  desc,
  eq,
  getTableColumns,
  isNotNull,
  lt,
  notExists,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { Queries } from './database.ts';
import { agents, agentVersions, files, messageFiles, messages, users } from './schema.ts';
import type { StoredFile } from './schema.ts';
import { isUuid } from './uuid.ts';

/** What all files of one user may come to. */
export interface FileQuota {
  bytes: number;
  files: number;
}

/** The stored part of files: rows, and which messages show them. Bytes are somebody else's matter. */
export interface FileRows {
  /**
   * Adds a file, unless the user has too much already. `place` puts the bytes where they belong; until
   * it and the row are done, nobody finds these bytes unused.
   *
   * @returns false when it would be too much; then `place` was not called.
   */
  insert(file: StoredFile, quota: FileQuota, place: () => Promise<void>): Promise<boolean>;
  /** @param ids - Anything; what is no id, or another user's, is not there. */
  find(userId: string, ids: readonly string[]): Promise<StoredFile[]>;
  /** Newest first, with the number of messages that show each. */
  list(userId: string): Promise<(StoredFile & { usage: number })[]>;
  /** A message shows these files of its own user. */
  link(messageId: string, ids: readonly string[], now: Date): Promise<void>;
  /** @returns what was deleted. */
  delete(userId: string, ids: readonly string[]): Promise<StoredFile[]>;
  /** What {@link FileRows.deleteUnused} would delete. @param limit - How many at most. */
  findUnused(userId: string, before: Date, limit: number): Promise<StoredFile[]>;
  /**
   * Deletes those of these files that no message shows and no agent names in any of its versions, if
   * they once were shown or were made before then.
   *
   * @returns what was deleted.
   */
  deleteUnused(userId: string, ids: readonly string[], before: Date): Promise<StoredFile[]>;
  /** Users that may have unused files. */
  usersWithUnused(before: Date): Promise<string[]>;
  /** Calls `remove` if no file has these bytes; none can get them while it runs. */
  ifUnowned(hash: string, remove: () => Promise<void>): Promise<void>;
}

/** The files in a database. */
export function createFileRows(queries: Queries): FileRows {
  return {
    insert(file, quota, place) {
      return queries.transaction(async (transaction) => {
        // One upload of a user at a time gets past here, so that several cannot share the last room.
        await transaction
          .select({ id: users.id })
          .from(users)
          .where(eq(users.id, file.userId))
          .for('no key update');
        const [taken] = await transaction
          .select({
            files: sql<number>`count(*)::int`,
            bytes: sql<number>`coalesce(sum(${files.bytes}), 0)::double precision`,
          })
          .from(files)
          .where(eq(files.userId, file.userId));
        const { files: count = 0, bytes = 0 } = taken ?? {};
        if (count >= quota.files || bytes + file.bytes > quota.bytes) return false;

        await lockHash(transaction, file.hash);
        await place();
        await transaction.insert(files).values(file);
        return true;
      });
    },
    find: (userId, ids) => queries.select().from(files).where(ofUser(userId, ids)),
    list: (userId) =>
      queries
        .select({
          ...getTableColumns(files),
          usage: queries.$count(messageFiles, eq(messageFiles.fileId, files.id)),
        })
        .from(files)
        .where(eq(files.userId, userId))
        .orderBy(desc(files.createdAt), desc(files.id)),
    async link(messageId, ids, now) {
      if (!ids.some(isUuid)) return;
      await queries.transaction(async (transaction) => {
        const [message] = await transaction
          .select({ userId: messages.userId })
          .from(messages)
          .where(eq(messages.id, messageId));
        if (!message) return;
        // The update comes first: whoever is about to delete one of them as unused, waits or is done.
        const found = await transaction
          .update(files)
          .set({ linkedAt: now })
          .where(ofUser(message.userId, ids))
          .returning({ id: files.id });
        if (found.length === 0) return;
        await transaction
          .insert(messageFiles)
          .values(found.map(({ id }) => ({ messageId, fileId: id })))
          .onConflictDoNothing();
      });
    },
    delete: (userId, ids) => queries.delete(files).where(ofUser(userId, ids)).returning(),
    findUnused: (userId, before, limit) =>
      queries
        .select()
        .from(files)
        .where(isUnused(queries, userId, before))
        .limit(limit),
    deleteUnused(userId, ids, before) {
      return queries.transaction(async (transaction) => {
        // Locked first and looked at afterwards, so that a link made meanwhile is seen.
        await transaction
          .select({ id: files.id })
          .from(files)
          .where(ofUser(userId, ids))
          .orderBy(files.id)
          .for('update');
        return transaction
          .delete(files)
          .where(and(ofUser(userId, ids), isUnused(transaction, userId, before)))
          .returning();
      });
    },
    async usersWithUnused(before) {
      const rows = await queries
        .selectDistinct({ userId: files.userId })
        .from(files)
        .where(isUnused(queries, null, before));
      return rows.map(({ userId }) => userId);
    },
    ifUnowned(hash, remove) {
      return queries.transaction(async (transaction) => {
        await lockHash(transaction, hash);
        if ((await transaction.$count(files, eq(files.hash, hash))) === 0) await remove();
      });
    },
  };
}

function ofUser(userId: string, ids: readonly string[]): SQL | undefined {
  // One parameter, however many there are: a statement can have 65,535.
  const known = sql.param(ids.filter(isUuid));
  return and(eq(files.userId, userId), sql`${files.id} = any(${known}::uuid[])`);
}

/** Until the end of the transaction, nobody else adds or removes these bytes. */
async function lockHash(queries: Queries, hash: string): Promise<void> {
  const key = BigInt.asIntN(64, BigInt(`0x${hash.slice(0, 16)}`));
  await queries.execute(sql`select pg_advisory_xact_lock(${key.toString()}::bigint)`);
}

/** @param userId - `null` = of anybody, and without a look at agents. */
function isUnused(queries: Queries, userId: string | null, before: Date): SQL | undefined {
  const links = queries.select().from(messageFiles).where(eq(messageFiles.fileId, files.id));
  return and(
    or(lt(files.createdAt, before), isNotNull(files.linkedAt)),
    notExists(links),
    userId === null
      ? undefined
      : and(eq(files.userId, userId), sql`${files.id} not in ${namedByAgents(userId)}`),
  );
}

/**
 * Every id that stands anywhere in an agent of this user, in any version: one pass over their text.
 * PostgreSQL does not look into JSON that holds a NUL.
 */
function namedByAgents(userId: string): SQL {
  return sql`(
    select named[1]::uuid from ${agentVersions}
    join ${agents} on ${agents.id} = ${agentVersions.agentId}
    cross join lateral regexp_matches(
      ${agentVersions.fields}::text, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'gi'
    ) as mentions (named)
    where ${agents.userId} = ${userId}
  )`;
}

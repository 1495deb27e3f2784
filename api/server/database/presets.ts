import { randomUUID } from 'node:crypto';
import { RequestError } from '@openrouter-native/plugin';
import type { PresetFields } from '@openrouter-native/protocol';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { presets, users, type StoredPreset } from './schema.ts';
import { isUuid } from './uuid.ts';

/** More than anybody finds their way in. */
export const PRESETS_PER_USER = 100;

/** Settings that people keep under a name. Each method sees those of one user only; another's is not there. */
export interface Presets {
  /** Latest change first. */
  list(userId: string): Promise<StoredPreset[]>;
  /** @throws RequestError `conflict` when the user has {@link PRESETS_PER_USER} already. */
  create(userId: string, fields: PresetFields, now: Date): Promise<StoredPreset>;
  /** @returns `null` when there is none. */
  change(userId: string, id: string, fields: PresetFields, now: Date): Promise<StoredPreset | null>;
  /** @param id - `null` = all of them. @returns how many there were. */
  delete(userId: string, id: string | null): Promise<number>;
}

/** The presets in a database. */
export function createPresets(queries: Queries): Presets {
  return {
    list: (userId) =>
      queries
        .select()
        .from(presets)
        .where(eq(presets.userId, userId))
        .orderBy(desc(presets.updatedAt), presets.id),
    create(userId, fields, now) {
      return queries.transaction(async (transaction) => {
        // Several at once count one another.
        await transaction.execute(sql`select 1 from ${users} where id = ${userId} for update`);
        const existing = await transaction.$count(presets, eq(presets.userId, userId));
        if (existing >= PRESETS_PER_USER) {
          throw new RequestError('conflict', `You have ${PRESETS_PER_USER} presets already.`, {
            action: 'Delete one that you no longer use, then save again.',
          });
        }
        const preset: StoredPreset = { id: randomUUID(), userId, fields, updatedAt: now };
        await transaction.insert(presets).values(preset);
        return preset;
      });
    },
    async change(userId, id, fields, now) {
      if (!isUuid(id)) return null;
      const rows = await queries
        .update(presets)
        .set({ fields, updatedAt: now })
        .where(and(eq(presets.userId, userId), eq(presets.id, id)))
        .returning();
      return rows[0] ?? null;
    },
    async delete(userId, id) {
      if (id !== null && !isUuid(id)) return 0;
      const rows = await queries
        .delete(presets)
        .where(and(eq(presets.userId, userId), id === null ? undefined : eq(presets.id, id)))
        .returning({ id: presets.id });
      return rows.length;
    },
  };
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { readPackageInfo } from '../package-info.ts';
import type { Queries } from './database.ts';

/** Any number that no other program on the same database locks. */
const ADVISORY_LOCK = 7_302_140_911;
const STATEMENT_BREAK = '--> statement-breakpoint'; // PGlite takes one statement at a time.

const namesSchema = z.object({ rows: z.array(z.object({ name: z.string() })) });

/** The database holds tables of a newer version, which this one would misread. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

/**
 * Brings the tables up to date with `api/migrations`: all missing files in the order of their names,
 * in one transaction. Servers that start together wait for one another.
 *
 * @throws {@link NewerDatabaseError} when the database has migrations that this version lacks.
 */
export async function migrate(queries: Queries): Promise<void> {
  const migrations = readMigrations();
  await queries.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`);
    await transaction.execute(
      sql`create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())`,
    );
    const { rows } = namesSchema.parse(await transaction.execute(sql`select name from migrations`));
    const applied = new Set(rows.map(({ name }) => name));

    const unknown = [...applied].filter((name) => !migrations.some((known) => known.name === name));
    if (unknown.length > 0) {
      throw new NewerDatabaseError(
        `The database was used by a newer version of this server (it has ${unknown.join(', ')}). Start that version, or restore a backup from before it.`,
      );
    }
    for (const { name, statements } of migrations) {
      if (applied.has(name)) continue;
      for (const statement of statements) await transaction.execute(sql.raw(statement));
      await transaction.execute(sql`insert into migrations (name) values (${name})`);
    }
  });
}

function readMigrations(): { name: string; statements: string[] }[] {
  const folder = join(readPackageInfo().directory, 'migrations');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .map((file) => ({
      name: file.slice(0, -'.sql'.length),
      statements: readFileSync(join(folder, file), 'utf8').split(STATEMENT_BREAK),
    }));
}

import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';

/**
 * Opens PostgreSQL inside this process. It knows nothing of other processes, so the caller makes
 * sure that nobody else has the folder open.
 *
 * @param directory - Created when it does not exist.
 */
export async function openEmbeddedDatabase(directory: string): Promise<Database> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return migrated(await PGlite.create(directory));
}

/** Brings the tables of a PostgreSQL inside this process up to date; closes it when that fails. */
export async function migrated(client: PGlite): Promise<Database> {
  const queries = drizzle(client);
  try {
    await migrate(queries);
  } catch (error) {
    await client.close();
    throw error;
  }
  return { queries, isExclusive: true, close: () => client.close() };
}

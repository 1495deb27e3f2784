import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';

/**
 * Opens PostgreSQL inside this process. It knows nothing of other processes, so the caller makes
 * sure that nobody else has the folder open.
 *
 * @param directory - Created when it does not exist; `null` keeps everything in memory.
 */
export async function openEmbeddedDatabase(directory: string | null): Promise<Database> {
  if (directory !== null) mkdirSync(directory, { recursive: true, mode: 0o700 });
  const client = await PGlite.create(directory ?? 'memory://');
  const queries = drizzle(client);
  try {
    await migrate(queries);
  } catch (error) {
    await client.close();
    throw error;
  }
  return { queries, isExclusive: true, close: () => client.close() };
}

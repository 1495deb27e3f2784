import type { Logger } from '@openrouter-native/openrouter';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';

const CONNECT_TIMEOUT_MS = 10_000; // A database that is not there should be a message, not a hang.

/** Opens a PostgreSQL server. @param url - Holds the password, so it is never shown. */
export async function openPostgres(url: string, logger: Logger): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'openrouter-native',
  });
  // Without a listener, a connection that breaks while nobody uses it would end the process.
  pool.on('error', (error) => logger.warn('A database connection was lost', { error }));

  const queries = drizzle(pool);
  try {
    await migrate(queries);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { queries, isExclusive: false, close: () => pool.end() };
}

import { join } from 'node:path';
import type { Logger } from '@openrouter-native/openrouter';
import type { Config } from '../config.ts';
import type { Database } from './database.ts';

/** Where the embedded database lies inside the data folder. */
export const EMBEDDED_FOLDER = 'database';

/**
 * Opens the database that the configuration asks for: a PostgreSQL server, or the embedded one in
 * the data folder. Only the code of the one that is used gets loaded.
 */
export async function openDatabase(
  { databaseUrl, dataDirectory }: Pick<Config, 'databaseUrl' | 'dataDirectory'>,
  logger: Logger,
): Promise<Database> {
  if (databaseUrl !== null) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(databaseUrl, logger);
  }
  const { openEmbeddedDatabase } = await import('./embedded.ts');
  return openEmbeddedDatabase(join(dataDirectory, EMBEDDED_FOLDER));
}

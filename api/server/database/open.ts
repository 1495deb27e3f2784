import { join } from 'node:path';
import type { Logger } from '@openrouter-native/openrouter';
import type { Config } from '../config.ts';
import { errorCode } from '../error-code.ts';
import { StartError } from '../start-error.ts';
import type { Database } from './database.ts';
import { NewerDatabaseError } from './migrate.ts';

/** Where the embedded database lies inside the data folder. */
export const EMBEDDED_FOLDER = 'database';

/**
 * Opens the database that the configuration asks for: a PostgreSQL server, or the embedded one in
 * the data folder. Only the code of the one that is used gets loaded.
 *
 * @throws {@link StartError} when it cannot be opened.
 */
export async function openDatabase(
  { databaseUrl, dataDirectory }: Pick<Config, 'databaseUrl' | 'dataDirectory'>,
  logger: Logger,
): Promise<Database> {
  const isEmbedded = databaseUrl === null;
  const folder = join(dataDirectory, EMBEDDED_FOLDER);
  try {
    return await (isEmbedded ? openEmbedded(folder) : openServer(databaseUrl, logger));
  } catch (cause) {
    if (cause instanceof NewerDatabaseError) throw new StartError(cause.message, { cause });
    const why = explain(cause);
    const message = isEmbedded
      ? `The embedded database cannot be opened (${why}). Restore ${folder} from a backup, or move it away to start with an empty one.`
      : `The database of DATABASE_URL does not answer (${why}). Start it, or correct DATABASE_URL.`;
    throw new StartError(message, { cause });
  }
}

async function openEmbedded(folder: string): Promise<Database> {
  const { openEmbeddedDatabase } = await import('./embedded.ts');
  return openEmbeddedDatabase(folder);
}

async function openServer(url: string, logger: Logger): Promise<Database> {
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(url, logger);
}

/** The database's own words, which are at the bottom of what the layers above wrap around them. */
function explain(error: unknown): string {
  if (error instanceof Error && error.cause !== undefined) return explain(error.cause);
  const message = error instanceof Error ? error.message : '';
  return message || (errorCode(error) ?? 'unknown failure');
}

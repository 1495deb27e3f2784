import { PGlite } from '@electric-sql/pglite';
import { silentLogger } from '@openrouter-native/openrouter';
import type { Database } from '../database.ts';
import { migrated } from '../embedded.ts';
import { openPostgres } from '../postgres.ts';
import { createScratchDatabase, findPostgres } from './postgres.ts';
import { readTemplate } from './template.ts';

/** A kind of database that suites run on. */
export interface TestDatabase {
  name: string;
  /** Opens an empty one with all tables. Closing it leaves nothing behind. */
  open(): Promise<Database>;
  /** The same, made from nothing by the migrations, for tests that are about those. */
  make(): Promise<Database>;
}

/** For the hook that opens one: a second or two, and more on a busy machine. */
export const OPEN_TIMEOUT_MS = 60_000;

/** One of each kind per test file. */
const opened = new Map<TestDatabase, Promise<Database>>();

/** The test file's own database of a kind, opened when it is first asked for. */
export function openOnce(kind: TestDatabase): Promise<Database> {
  const database = opened.get(kind) ?? kind.open();
  opened.set(kind, database);
  return database;
}

/** Closes what {@link openOnce} opened: `afterAll(closeDatabases)` at the end of a file. */
export async function closeDatabases(): Promise<void> {
  await Promise.all([...opened.values()].map(async (database) => (await database).close()));
  opened.clear();
}

/** PostgreSQL inside the test's own process. */
export const embedded: TestDatabase = {
  name: 'the embedded database',
  open: async () => migrated(await PGlite.create({ loadDataDir: await readTemplate() })),
  make: async () => migrated(await PGlite.create()),
};

function postgresAt(serverUrl: string): TestDatabase {
  const make = async () => {
    const scratch = await createScratchDatabase(serverUrl);
    const database = await openPostgres(scratch.url, silentLogger);
    return {
      ...database,
      async close() {
        await database.close();
        await scratch.drop();
      },
    };
  };
  return { name: 'PostgreSQL', open: make, make };
}

/**
 * Runs a suite on both databases: the embedded one, and PostgreSQL where one answers on this machine.
 * Where `REQUIRE_POSTGRES` is set, as the pipeline does, its absence is a failure.
 *
 * @example
 * onEachDatabase((kind) => {
 *   let database: Database;
 *   beforeAll(async () => {
 *     database = await openOnce(kind); // Or: host = await createTestApp({ database: kind });
 *   });
 *   it('keeps what was written', …);
 * });
 */
export function onEachDatabase(define: (database: TestDatabase) => void): void {
  const serverUrl = findPostgres();
  const kinds = serverUrl === null ? [embedded] : [embedded, postgresAt(serverUrl)];
  describe.each(kinds)('on $name', (kind) => {
    beforeAll(() => openOnce(kind), OPEN_TIMEOUT_MS); // So that the suite's own hooks are quick.
    define(kind);
  });

  if (serverUrl !== null) return;
  if (process.env['REQUIRE_POSTGRES']) {
    it('finds a PostgreSQL to run on', () => {
      throw new Error('REQUIRE_POSTGRES is set, but none lets us in at 127.0.0.1:5432');
    });
  } else {
    it.skip('was left out on PostgreSQL: none lets us in at 127.0.0.1:5432', () => undefined);
  }
}

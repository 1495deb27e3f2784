import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentLogger } from '@openrouter-native/openrouter';
import { readPackageInfo } from '../../package-info.ts';
import { EMBEDDED_FOLDER, openDatabase } from '../open.ts';

const PREFIX = 'openrouter-native-database-';

/**
 * The files of an embedded database with all tables and no rows, as a server leaves them that has
 * started once. To make them takes three seconds, so they are kept from run to run, as long as nothing
 * changes of what makes them. Older ones stay where the system keeps what is temporary.
 *
 * @returns The path of a tar archive. Test files that run at once may each make it; it is never seen
 * before it is whole.
 */
async function findTemplate(): Promise<string> {
  const path = join(tmpdir(), `${PREFIX}${fingerprint()}.tar`);
  if (!existsSync(path)) await makeTemplate(path);
  return path;
}

function fingerprint(): string {
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const migrations = globSync(join(readPackageInfo().directory, 'migrations/*.sql')).toSorted();
  const hash = createHash('sha256');
  for (const path of [join(dirname(pglite), '../package.json'), ...migrations]) {
    hash.update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}

async function makeTemplate(path: string): Promise<void> {
  const draft = mkdtempSync(join(tmpdir(), PREFIX));
  try {
    const config = { databaseUrl: null, dataDirectory: draft };
    await (await openDatabase(config, silentLogger)).close();
    const archive = join(draft, 'template.tar');
    execFileSync('tar', ['-cf', archive, '-C', join(draft, EMBEDDED_FOLDER), '.']);
    renameSync(archive, path);
  } finally {
    rmSync(draft, { recursive: true });
  }
}

/** The template, for `loadDataDir` of PGlite. */
export async function readTemplate(): Promise<Blob> {
  return new Blob([readFileSync(await findTemplate())]);
}

/** Puts a copy of the template into a data folder, so that a server starts there without a first start. */
export async function unpackTemplate(dataDirectory: string): Promise<void> {
  const folder = join(dataDirectory, EMBEDDED_FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  execFileSync('tar', ['-xf', await findTemplate(), '-C', folder]);
}

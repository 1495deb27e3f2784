import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { backupName, type MigrationFiles } from './apply.ts';
import { cutBlock } from './env-block.ts';
import { copyBeside, readText, remove, requireWritable, writeText } from './files.ts';
import { findEntries } from './find-entries.ts';
import { MigrationProblem } from './problem.ts';
import { removeEntries } from './remove-entries.ts';

/** What an undo did. */
export interface Undone {
  /** Of the migration that was taken back. */
  stamp: string;
  /** Copy of a `librechat.yaml` that was changed since; `null` when nobody had. */
  keptYaml: string | null;
  env: 'restored' | 'removed' | 'cut' | 'untouched';
}

/**
 * Takes the latest migration of a file back: the `librechat.yaml` is what it was, and the lines are
 * taken out of `.env`. Whatever was changed since is kept, in `.env` where it is.
 *
 * @throws MigrationProblem when there is no backup, or it cannot be restored.
 */
export function undoMigration({ yaml, env }: MigrationFiles): Undone {
  const stamp = latestStamp(yaml.path);
  const backup = readText(backupName(yaml.path, stamp));
  requireWritable(yaml.path);
  if (env.exists) requireWritable(env.path);

  const isUnchanged = yaml.text === removeEntries(findEntries(backup.text));
  const keptYaml = isUnchanged ? null : `${yaml.path}.undone-${stamp}`;
  if (keptYaml !== null) copyBeside(yaml.path, keptYaml, yaml.text);
  const envOutcome = undoEnv(env, stamp);
  writeText(yaml.path, backup.text);
  remove(backup.path);
  return { stamp, keptYaml, env: envOutcome };
}

function undoEnv(env: MigrationFiles['env'], stamp: string): Undone['env'] {
  const copy = backupName(env.path, stamp);
  const before = existsSync(copy) ? readText(copy).text : null;
  const isGapAdded = before !== null && before !== '' && !before.endsWith('\n');
  const text = cutBlock(env.text, stamp, isGapAdded);
  if (text === null) return 'untouched';
  if (text === '' && before === null) {
    remove(env.path);
    return 'removed';
  }
  writeText(env.path, text);
  if (text !== before) return 'cut'; // The backup holds something else, so it stays.
  remove(copy);
  return 'restored';
}

function latestStamp(path: string): string {
  const prefix = `${basename(path)}.bak-`;
  const stamps = readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((stamp) => /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/.test(stamp));
  const latest = stamps.toSorted().at(-1);
  if (latest === undefined) {
    throw new MigrationProblem(`has no backup (${join(dirname(path), prefix)}…)`);
  }
  return latest;
}

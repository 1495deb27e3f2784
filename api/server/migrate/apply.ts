import { existsSync } from 'node:fs';
import { addBlock } from './env-block.ts';
import { copyBeside, remove, requireWritable, writeText, type TextFile } from './files.ts';
import type { MigrationPlan } from './plan.ts';

export interface MigrationFiles {
  yaml: TextFile;
  env: TextFile & { exists: boolean };
}

/** Files that were made; `env` is `null` when `.env` was not there or was not changed. */
export interface Backups {
  yaml: string;
  env: string | null;
}

/**
 * Carries a plan out: backups first, then `.env`, then the `librechat.yaml`. When one of them fails,
 * what was written before is taken back.
 *
 * @param stamp - Names the backups; see {@link stampOf}.
 * @throws MigrationProblem with everything as it was.
 */
export function applyMigration(
  { before, after, env: { lines } }: MigrationPlan,
  { yaml, env }: MigrationFiles,
  stamp: string,
): Backups {
  requireWritable(yaml.path);
  if (env.exists && lines.length > 0) requireWritable(env.path);
  const undo: (() => void)[] = [];
  try {
    const backups: Backups = { yaml: backupName(yaml.path, stamp), env: null };
    copyBeside(yaml.path, backups.yaml, before);
    undo.push(() => remove(backups.yaml));
    if (lines.length > 0 && env.exists) {
      const copy = backupName(env.path, stamp);
      copyBeside(env.path, copy, env.text);
      undo.push(() => remove(copy));
      backups.env = copy;
    }
    if (lines.length > 0) {
      undo.push(() => (env.exists ? writeText(env.path, env.text) : removeIfThere(env.path)));
      writeText(env.path, addBlock(env.text, lines, stamp));
    }
    writeText(yaml.path, after);
    return backups;
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  }
}

/** A link to nowhere was there before, and stays. */
function removeIfThere(path: string): void {
  if (existsSync(path)) remove(path);
}

/** A time as a part of a file's name; later ones sort behind. */
export function stampOf(time: number): string {
  return new Date(time).toISOString().replaceAll(/[:.]/g, '-');
}

/** `librechat.yaml.bak-2026-11-20T16-40-00-000Z`. */
export function backupName(path: string, stamp: string): string {
  return `${path}.bak-${stamp}`;
}

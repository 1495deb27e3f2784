import { existsSync, lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { RawEnvironment } from '../config/environment.ts';
import { applyMigration, stampOf, type MigrationFiles } from './apply.ts';
import { describeNothing, describePlan, describeUndone, describeWritten } from './describe.ts';
import { readOptional, readText } from './files.ts';
import { planMigration } from './plan.ts';
import { undoMigration } from './undo.ts';

const COMMAND = 'npm run migrate:yaml --';

export interface MigrationOptions {
  /** Of the `librechat.yaml`, as it was given. */
  path: string;
  /** `.env` of the LibreChat that it comes from; `null` = the one beside it. */
  env: string | null;
  write: boolean;
  undo: boolean;
}

export interface MigrationSurroundings {
  /** Where `.env` of this server is, and what a relative path starts from. */
  directory: string;
  environment: RawEnvironment;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Shows, does or undoes a migration.
 *
 * @returns What to tell; holds no secret.
 * @throws MigrationProblem with nothing written.
 */
export function migrate(options: MigrationOptions, surroundings: MigrationSurroundings): string {
  const { path, env, write, undo } = options;
  const { directory, environment, now } = surroundings;
  const files: MigrationFiles = {
    yaml: readText(resolve(directory, path)),
    env: readOptional(resolve(directory, '.env')),
  };
  if (undo) return describeUndone(path, undoMigration(files));

  const plan = planMigration(files.yaml.text, {
    own: parse(files.env.text),
    process: environment,
    foreign: foreignOf(files, env === null ? null : resolve(directory, env)),
  });
  if (plan.entries.length === 0) return describeNothing(path, plan);

  const isLink = lstatSync(resolve(directory, path)).isSymbolicLink();
  const link = isLink ? `${path} is a link to ${files.yaml.path}\n\n` : '';
  const told = link + describePlan(path, plan);
  if (!write) {
    const from = env === null ? '' : ` --env ${env}`;
    return `${told}\nNothing was written. To do it: ${COMMAND} ${path}${from} --write\n`;
  }
  const backups = applyMigration(plan, files, stampOf(now()));
  return `${told}\n${describeWritten(path, backups, COMMAND)}`;
}

/** The `.env` of the LibreChat that the file comes from, unless it is the one of this server. */
function foreignOf({ yaml, env }: MigrationFiles, given: string | null): RawEnvironment {
  if (given !== null) return parse(readText(given).text);
  const path = join(dirname(yaml.path), '.env');
  return path === env.path || !existsSync(path) ? {} : parse(readText(path).text);
}

function parse(env: string): RawEnvironment {
  return parseEnv(env.replace(/^\ufeff/, ''));
}

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
/** A registry that does not answer shall not leave anything behind. */
const LIMIT_MS = 150_000;

/** The folder of the repository. */
export const root = join(import.meta.dirname, '../../..');

/** The packages that others install. */
export const packages = ['protocol', 'openrouter', 'plugin', 'react', 'simulator'] as const;
export type PackageName = (typeof packages)[number];

/**
 * Builds the packages, and packs them into a folder as publishing does.
 *
 * @returns The path of each tarball.
 */
export async function packInto(folder: string): Promise<Record<PackageName, string>> {
  const stdout = await run('npm', ['run', 'pack', '--', '--pack-destination', folder]);
  const files = stdout.split('\n').filter((line) => line.endsWith('.tgz'));
  const tarballs = packages.map((name) => {
    const file = files.find((candidate) => candidate.startsWith(`openrouter-native-${name}-`));
    if (file === undefined) throw new Error(`${name} was not packed:\n${stdout}`);
    return [name, join(folder, file)];
  });
  return Object.fromEntries(tarballs) as Record<PackageName, string>;
}

/** The files in a tarball. */
export async function filesIn(tarball: string): Promise<string[]> {
  const stdout = await run('tar', ['-tzf', tarball]);
  return stdout
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
}

/** One of these files. */
export function readFrom(tarball: string, file: string): Promise<string> {
  return run('tar', ['-xzOf', tarball, `package/${file}`]);
}

/**
 * Makes an empty project, and installs there as somebody else does.
 *
 * @param specs - What `npm install` takes: names with versions, and tarballs.
 */
export async function installInto(folder: string, specs: readonly string[]): Promise<void> {
  await mkdir(folder);
  // Without one, npm would look for a project in the folders above.
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  await run('npm', ['install', ...flags, ...specs], folder);
}

/** Checks files of a project, and every declaration that they lead to. @throws What is wrong. */
export async function checkTypes(folder: string, options: readonly string[]): Promise<void> {
  const flags = ['--noEmit', '--strict', '--skipLibCheck', 'false', ...options];
  await run(join(root, 'node_modules/.bin/tsc'), flags, folder);
}

/** Programs tell what went wrong on either channel. */
async function run(command: string, parameters: string[], cwd = root): Promise<string> {
  try {
    return (await execute(command, parameters, { cwd, timeout: LIMIT_MS })).stdout;
  } catch (cause) {
    const { message, stdout } = cause as Error & { stdout?: string };
    throw new Error(`${message}\n${stdout}`, { cause });
  }
}

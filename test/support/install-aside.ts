import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const INSTALL_LIMIT_MS = 600_000;
/** What packages that count their installations look at, beside being kept from running scripts. */
const QUIET = { DO_NOT_TRACK: '1', SCARF_ANALYTICS: 'false' };

/**
 * Installs packages once into a folder of their own under the cache of the user, where no lock file of
 * ours knows of them. None of their scripts runs.
 *
 * @param manifest - What `package.json` holds; when it changes, everything is installed anew.
 * @returns The folder that holds `node_modules`.
 */
export async function installAside(name: string, manifest: object): Promise<string> {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(cache, 'openrouter-native', name);
  const wanted = JSON.stringify(manifest, null, 2);
  if (await isInstalled(folder, wanted)) return folder;

  const fresh = `${folder}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  await writeFile(join(fresh, 'package.json'), wanted);
  await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: fresh,
    env: { ...process.env, ...QUIET },
    timeout: INSTALL_LIMIT_MS,
  });
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
  return folder;
}

async function isInstalled(folder: string, wanted: string): Promise<boolean> {
  if (!existsSync(join(folder, 'node_modules'))) return false;
  return (await readFile(join(folder, 'package.json'), 'utf8')) === wanted;
}

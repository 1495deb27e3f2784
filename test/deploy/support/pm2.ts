import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { cp, mkdir, rename } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '7.0.4';
const ROOT = join(import.meta.dirname, '../../..');
const INSTALL_LIMIT_MS = 120_000;
const COMMAND_LIMIT_MS = 90_000;

/** A process as `pm2 jlist` tells of it. */
interface Pm2Process {
  pid: number;
  pm2_env: { status: string; exec_mode: string; restart_time: number };
}

/** The server under a PM2 of its own, in a folder that looks like the repository. */
export interface Pm2 {
  /** Runs a command of PM2. @returns What it wrote. @throws Error when it fails. */
  run(...parameters: string[]): Promise<string>;
  list(): Promise<Pm2Process[]>;
  /** What `pm2 save` keeps. */
  saved(): Promise<string>;
  /** Ends the server, PM2's daemon, and all that they left. */
  stop(): Promise<void>;
}

/**
 * Makes a folder with our configuration for PM2 and a `.env`. The code is that of the repository as it
 * was built.
 */
export async function createPm2(environment: Record<string, string>): Promise<Pm2> {
  const command = await installPm2();
  const folder = mkdtempSync(join(tmpdir(), 'pm2-'));
  mkdirSync(join(folder, 'deploy'));
  await cp(join(ROOT, 'deploy/ecosystem.config.cjs'), join(folder, 'deploy/ecosystem.config.cjs'));
  symlinkSync(join(ROOT, 'api'), join(folder, 'api'));
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(folder, '.env'), lines.join(''));

  const env = {
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    HOME: folder,
    PM2_HOME: join(folder, '.pm2'),
    PM2_DISABLE_VERSION_CHECK: 'true',
  };
  /** Into a file, because PM2 ends before all that it wrote has gone through a pipe. */
  const run = async (...parameters: string[]) => {
    const path = join(folder, 'output');
    const output = openSync(path, 'w');
    const child = spawn(process.execPath, [command, ...parameters], {
      cwd: folder,
      env,
      stdio: ['ignore', output, output],
      timeout: COMMAND_LIMIT_MS,
    });
    await once(child, 'exit');
    closeSync(output);
    const text = readFileSync(path, 'utf8');
    if (child.exitCode !== 0) throw new Error(`pm2 ${parameters.join(' ')} has failed:\n${text}`);
    return text;
  };
  return {
    run,
    async list() {
      const text = await run('jlist', '--silent');
      return JSON.parse(text.slice(text.indexOf('['))) as Pm2Process[];
    },
    async saved() {
      await run('save');
      return readFileSync(join(env.PM2_HOME, 'dump.pm2'), 'utf8');
    },
    async stop() {
      await run('kill');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Installs PM2 into a cache folder, once: it would report home if it came with the repository.
 *
 * @returns The file that is its command.
 */
async function installPm2(): Promise<string> {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'openrouter-native', `pm2-${VERSION}`);
  const command = join(folder, 'node_modules/pm2/bin/pm2');
  if (existsSync(command)) return command;

  const fresh = `${folder}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  const what = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', fresh];
  await promisify(execFile)('npm', [...what, `pm2@${VERSION}`], { timeout: INSTALL_LIMIT_MS });
  rmSync(folder, { recursive: true, force: true });
  await rename(fresh, folder);
  return command;
}

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackTemplate } from '@openrouter-native/api/database/testing/template';
import { COMPILE_CACHE, NODE_FLAGS } from '../../support/host-process.ts';

const root = join(__dirname, '../../..');

/** A second or two, and much more on a busy machine. */
const START_LIMIT_MS = 60_000;

/** The whole product as a process of its own, on a free port and an empty database. */
export interface TestServer {
  url: string;
  /** All that it wrote to its log. */
  log: () => string;
  stop: () => Promise<void>;
}

/**
 * Starts the api as `npm start` does. Works in a folder of its own, so that no `.env` of the developer
 * and no key of theirs takes part.
 *
 * @param environment - Variables beyond the folder and the port.
 */
export async function startTestServer(
  environment: Record<string, string> = {},
): Promise<TestServer> {
  buildClientOnce();
  const folder = mkdtempSync(join(tmpdir(), 'openrouter-native-browser-'));
  await unpackTemplate(join(folder, 'data'));
  const child = spawn(process.execPath, [...NODE_FLAGS, join(root, 'api/server/index.ts')], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      PORT: '0',
      LOG_LEVEL: 'info',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  child.stdout.on('data', (data: Buffer) => lines.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => lines.push(data.toString()));
  const log = () => lines.join('');

  async function stop(): Promise<void> {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    return { url: await urlFrom(child, log), log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server hands out what was built; `npm test` has built it already. */
function buildClientOnce(): void {
  if (existsSync(join(root, 'client/dist/index.html'))) return;
  const build = spawnSync('npm', ['run', 'build', '-w', 'client'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' }, // Jest's `test` would build React's slow version.
  });
  if (build.status !== 0) throw new Error(`The client does not build: ${build.stderr}`);
}

async function urlFrom(child: ChildProcess, log: () => string): Promise<string> {
  const giveUpAt = Date.now() + START_LIMIT_MS;
  while (Date.now() < giveUpAt && child.exitCode === null) {
    const url = /is ready: open (http:\/\/[^\s"]+)/.exec(log())?.[1];
    if (url !== undefined) return url;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The server did not start:\n${log()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await exited;
}

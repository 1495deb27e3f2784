import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Starts processes, and ends all of them: by their own ids, whatever happens. */
export interface Launcher {
  /** A Node process with an IPC channel, with the sources of this repository at hand. */
  node(name: string, command: Command): Promise<ChildProcess>;
  /** Resolves once `port` accepts connections. @throws Error with what the process wrote. */
  run(name: string, program: string, command: Command): Promise<ChildProcess>;
  stop(): Promise<void>;
}

export interface Command {
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** Waits until it accepts connections. */
  port?: number;
}

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 5_000;
const POLL_MS = 50;

/** @param folder - Takes what the processes write. */
export function createLauncher(folder: string): Launcher {
  const children: ChildProcess[] = [];

  async function start(
    name: string,
    program: string,
    { args, env, port }: Command,
    hasChannel: boolean,
  ): Promise<ChildProcess> {
    const log = join(folder, `${name}.log`);
    const output = openSync(log, 'a');
    const child = spawn(program, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', output, output, ...(hasChannel ? ['ipc' as const] : [])],
    });
    children.push(child);
    await once(child, 'spawn');
    if (port !== undefined && !(await accepts(port, child))) {
      throw new Error(`${name} did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    }
    return child;
  }

  return {
    node: (name, command) => start(name, process.execPath, command, true),
    run: (name, program, command) => start(name, program, command, false),
    async stop() {
      await Promise.all(children.splice(0).map(end));
    },
  };
}

async function accepts(port: number, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await connects(port)) return true;
    await sleep(POLL_MS);
  }
  return false;
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function end(child: ChildProcess): Promise<void> {
  const isRunning = child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  if (!isRunning) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM'); // Nginx ends its workers itself.
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await exited;
  clearTimeout(timer);
}

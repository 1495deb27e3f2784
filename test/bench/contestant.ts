import { fork, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';

/** A server under test, in a process of its own. */
export interface Contestant {
  name: string;
  port: number;
  /** Microseconds of CPU, user and system, that the process has used so far. */
  cpuUs(): Promise<number>;
  stop(): Promise<void>;
}

const probe = new URL('./cpu-probe.ts', import.meta.url).href;
const START_LIMIT_MS = 30_000;

/** Starts a script with its port as the first argument, and waits until it accepts connections. */
export async function startContestant(
  name: string,
  script: URL,
  options: { args?: readonly string[]; env?: NodeJS.ProcessEnv; port?: number } = {},
): Promise<Contestant> {
  const port = options.port ?? (await freePort());
  const child = fork(fileURLToPath(script), [String(port), ...(options.args ?? [])], {
    execArgv: ['--conditions=@openrouter-native/source', `--import=${probe}`],
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await accepting(port, child);
  return {
    name,
    port,
    cpuUs: () =>
      new Promise((resolve) => {
        child.on('message', function hear(message: { cpu?: number }) {
          if (message.cpu === undefined) return; // The server says `ready` to whoever started it.
          child.off('message', hear);
          resolve(message.cpu);
        });
        child.send('cpu');
      }),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function accepting(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    try {
      await (await request(`http://127.0.0.1:${port}/`)).body.dump();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  child.kill('SIGKILL');
  throw new Error('A contestant did not start');
}

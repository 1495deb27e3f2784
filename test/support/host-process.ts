import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The server, one of its commands, or another Node program as a process of its own. */
export interface HostProcess {
  process: ChildProcess;
  /** Everything it wrote so far, on both channels. */
  output(): string;
  /** What it wrote on standard output only. */
  stdout(): string;
  /** Waits for a text in the output. @returns The match. @throws Error when the process ends before. */
  sees(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Waits for the end. @returns The exit code; `null` after a signal it did not handle. */
  ends(): Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

/** Runs the source; a better compiler for the database's WebAssembly would take a fifth of each start. */
export const NODE_FLAGS = ['--conditions=@openrouter-native/source', '--liftoff-only'];
const API = join(import.meta.dirname, '../../api/server');
/** Where started processes keep what they compiled. */
export const COMPILE_CACHE = join(tmpdir(), 'openrouter-native-compile-cache'); // Spares each start a third.
const running = new Set<ChildProcess>();
const directories: string[] = [];

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** A working directory of its own, without `.env`; removed after the tests of the file. */
export function aWorkingDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'process-'));
  directories.push(directory);
  return directory;
}

/**
 * Runs a file of `api/server` from its source.
 *
 * @param environment - The whole environment beside what Node needs.
 */
export function runHost(
  file: 'index.ts' | 'token.ts' | 'doctor.ts' | 'migrate-yaml.ts',
  cwd: string,
  environment: Record<string, string> = {},
  parameters: string[] = [],
): HostProcess {
  return runNode([...NODE_FLAGS, join(API, file), ...parameters], cwd, environment);
}

/**
 * Runs a Node program.
 *
 * @param parameters - Of Node itself: the file and what follows it.
 * @param environment - The whole environment beside what Node needs.
 */
export function runNode(
  parameters: string[],
  cwd: string,
  environment: Record<string, string> = {},
): HostProcess {
  const child = spawn(process.execPath, parameters, {
    cwd,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const closed = once(child, 'close').finally(() => running.delete(child));

  return {
    process: child,
    output: () => output,
    stdout: () => stdout,
    async sees(pattern) {
      let hasEnded = false;
      void closed.then(() => (hasEnded = true));
      for (;;) {
        const match = pattern.exec(output);
        if (match) return match;
        if (hasEnded) throw new Error(`The process ended without ${String(pattern)}:\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async ends() {
      await closed;
      return child.exitCode;
    },
    kill: (signal) => void child.kill(signal),
  };
}

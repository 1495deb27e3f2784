import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fence } from '../docs/markdown.ts';

/** A program of a page of the documentation, as a process of its own. */
export interface PageProgram {
  process: ChildProcess;
  /** Everything it wrote so far, on both channels. */
  output(): string;
  /** Waits for the end. @returns The exit code; `null` after a signal. */
  ends(): Promise<number | null>;
}

/** Where the pages say that the server is. */
const PRINTED_ADDRESS = 'http://localhost:3080';

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Runs a program as it is printed, but for the address of the server.
 *
 * @param folder - Where it is kept, and finds its packages.
 * @param server - `http://127.0.0.1:PORT`.
 */
export function runProgram(
  { page, line, text }: Fence,
  folder: string,
  server: { url: string; apiKey: string },
): PageProgram {
  const file = join(folder, `${page.replaceAll(/[^\w.-]/g, '~')}~${line}.mjs`);
  writeFileSync(file, text.replaceAll(PRINTED_ADDRESS, server.url));
  const child = spawn(process.execPath, [file], {
    cwd: folder,
    env: { PATH: process.env['PATH'], OPENROUTER_NATIVE_TOKEN: server.apiKey },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const channel of [child.stdout, child.stderr]) {
    channel.setEncoding('utf8').on('data', (piece: string) => (output += piece));
  }
  const closed = once(child, 'close').finally(() => running.delete(child));
  return {
    process: child,
    output: () => output,
    async ends() {
      await closed;
      return child.exitCode;
    },
  };
}

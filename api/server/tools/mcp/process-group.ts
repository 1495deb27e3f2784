import type { ChildProcess } from 'node:child_process';

const EXIT_PATIENCE_MS = 1000; // For each of: its input ending, being asked, being told.

/** Those that run. They are told when this process exits, in whatever way it still notices. */
const running = new Set<ChildProcess>();

/** Whether processes can be grouped here, so that what a child starts ends with it. */
export const canGroup = process.platform !== 'win32';

/** Makes a child end with this process at the latest. */
export function endWithUs(child: ChildProcess): void {
  if (running.size === 0) process.on('exit', killAll);
  running.add(child);
  child.once('close', () => {
    running.delete(child);
    if (running.size === 0) process.off('exit', killAll);
  });
}

function killAll(): void {
  for (const child of running) signalGroup(child, 'SIGKILL');
}

/**
 * Ends a child process and what it started: lets it go by itself, asks it, and in the end forces it.
 * `npx` and the like start the real server as a child of their own, which would be left over.
 *
 * @param exited - Settles when the child has ended.
 */
export async function endGroup(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.stdin?.end();
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (await settlesWithin(exited, EXIT_PATIENCE_MS)) break;
    signalGroup(child, signal);
  }
  await settlesWithin(exited, EXIT_PATIENCE_MS);
  signalGroup(child, 'SIGKILL'); // Whoever is left of the group.
}

/** Sends a signal to a child and what it started. Nothing happens when they are gone. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (canGroup) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // Gone, or not ours any more.
  }
}

async function settlesWithin(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), limitMs);
  const isSettled = await Promise.race([promise.then(() => true as const, () => true as const), late]); // prettier-ignore
  clearTimeout(timer);
  return isSettled;
}

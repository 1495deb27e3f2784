import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../error-code.ts';

const ownerSchema = z.object({
  pid: z.number().int(),
  /** Tells two processes apart that had the same id one after the other. */
  startedAt: z.string(),
  /** Where the server listens on this machine. */
  url: z.string(),
});

/** The server that has a data folder open. */
export type FolderOwner = z.infer<typeof ownerSchema>;

/** Another server works on the same data folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
  readonly owner: FolderOwner;

  constructor(directory: string, owner: FolderOwner) {
    super(
      `Another server (process ${owner.pid}, ${owner.url}) uses ${directory}. Stop it, or set DATA_DIR to another folder.`,
    );
    this.owner = owner;
  }
}

const FILE_NAME = 'server.json';

/**
 * Takes a data folder for this process: the embedded database does not notice when two processes
 * write the same files. A lock left behind by a process that died is taken over.
 *
 * @param url - Told to whoever finds the lock.
 * @returns Gives the folder back.
 * @throws {@link FolderInUseError} when a running server has it.
 */
export function lockFolder(directory: string, url: string): () => void {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, FILE_NAME);
  const owner: FolderOwner = { pid: process.pid, startedAt: startOf(process.pid), url };
  const content = JSON.stringify(owner);

  const current = ownerOf(directory);
  if (current) throw new FolderInUseError(directory, current);
  rmSync(path, { force: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, path); // Under its name it is never empty or half written.
  } catch (error) {
    const winner = ownerOf(directory); // Another process was faster by a moment.
    throw winner ? new FolderInUseError(directory, winner) : error;
  } finally {
    rmSync(draft, { force: true });
  }
  return () => rmSync(path, { force: true });
}

/** The running server that has this folder open; `null` when there is none. */
export function ownerOf(directory: string): FolderOwner | null {
  let content: string;
  try {
    content = readFileSync(join(directory, FILE_NAME), 'utf8');
  } catch {
    return null;
  }
  const parsed = parse(content);
  return parsed && isRunning(parsed) ? parsed : null;
}

function parse(content: string): FolderOwner | null {
  try {
    return ownerSchema.parse(JSON.parse(content));
  } catch {
    return null; // Cut off by a crash while it was written.
  }
}

function isRunning({ pid, startedAt }: FolderOwner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return false; // Somebody else's process runs as well.
  }
  return startOf(pid) === startedAt;
}

/**
 * When a process started, in ticks since boot. In a container the ids repeat after each restart, so
 * the id alone would find a stranger. Empty where `/proc` does not exist.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

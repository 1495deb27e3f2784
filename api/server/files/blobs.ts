import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../error-code.ts';

const SUSPECTS = 'suspects';
const HASH = /^[0-9a-f]{64}$/;

/**
 * Bytes on disk, each once, under the SHA-256 of their content in two levels of folders. Whether
 * anybody still needs them is in the database; a process that ends between the two leaves a suspect.
 */
export interface Blobs {
  /** Absolute; no user's words are part of it. */
  pathOf(hash: string): string;
  /** Makes the folder for these bytes, so that {@link Blobs.put} is quick. */
  prepare(hash: string): Promise<void>;
  /** Moves a file here, for good. The same bytes may be here already: nothing tells the cases apart. */
  put(hash: string, path: string): Promise<void>;
  remove(hash: string): Promise<void>;
  /** While `work` runs, these bytes may be without an owner; when it fails or the process ends, they stay suspects. */
  whileSuspect<T>(hashes: readonly string[], work: () => Promise<T>): Promise<T>;
  /** Hashes that have been suspects since before then, epoch milliseconds: whoever worked on them is gone. */
  suspects(before: number): Promise<{ hash: string; clear: () => Promise<void> }[]>;
}

/** @param directory - Absolute; created when it is needed. */
export function createBlobs(directory: string): Blobs {
  const pathOf = (hash: string) => {
    if (!HASH.test(hash)) throw new Error('This is not the hash of a file');
    return join(directory, hash.slice(0, 2), hash.slice(2, 4), hash);
  };
  const marks = join(directory, SUSPECTS);

  return {
    pathOf,
    async prepare(hash) {
      const folder = dirname(pathOf(hash));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // The names of new folders, too, have to survive a loss of power.
      await syncFolder(dirname(folder));
      await syncFolder(directory);
    },
    async put(hash, path) {
      const target = pathOf(hash);
      await rename(path, target);
      await syncFolder(dirname(target));
    },
    remove: (hash) => rm(pathOf(hash), { force: true }),
    async whileSuspect(hashes, work) {
      const made = hashes.map((hash) => join(marks, `${hash}.${randomUUID()}`));
      await mkdir(marks, { recursive: true, mode: 0o700 });
      for (const mark of made) await writeFile(mark, '', { mode: 0o600 });
      const result = await work(); // A failure leaves the marks: nobody knows how far it came.
      for (const mark of made) await rm(mark, { force: true });
      return result;
    },
    async suspects(before) {
      const old = await filesBefore(marks, before);
      return old.flatMap((name) => {
        const [hash = ''] = name.split('.', 1);
        if (!HASH.test(hash)) return []; // Somebody else's file, such as `.DS_Store`.
        return [{ hash, clear: () => rm(join(marks, name), { force: true }) }];
      });
    },
  };
}

/** Names of the files in a folder that were last written before then, epoch milliseconds. */
export async function filesBefore(folder: string, before: number): Promise<string[]> {
  const names = await ifThere(() => readdir(folder));
  const old: string[] = [];
  for (const name of names ?? []) {
    const facts = await ifThere(() => stat(join(folder, name)));
    if (facts && facts.mtimeMs < before) old.push(name);
  }
  return old;
}

async function ifThere<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // It has no such call, and no need of it.
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

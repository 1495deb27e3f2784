import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { conform, modelSchema, type Model } from '@openrouter-native/protocol';
import { z } from 'zod';
import type { CacheEntry } from './store.ts';

const fileSchema = z.object({
  base_url: z.string(),
  /** Epoch milliseconds. */
  loaded_at: z.number(),
  data: z.array(modelSchema),
});

/** The last good catalogue on disk, as `models.json`: it outlives a restart without a network. */
export interface CatalogueFile {
  /** `null` when there is none, it cannot be read, or it came from another base URL. */
  read(): Promise<CacheEntry<readonly Model[]> | null>;
  /** Replaces the file as a whole; a reader never sees half of it. */
  write(entry: CacheEntry<readonly Model[]>): Promise<void>;
}

/** @param baseURL - Kept in the file, so that a copy of one upstream is never served for another. */
export function createCatalogueFile(directory: string, baseURL: string): CatalogueFile {
  const path = join(directory, 'models.json');
  return {
    async read() {
      try {
        const file = conform(fileSchema, JSON.parse(await readFile(path, 'utf8')));
        return file?.base_url === baseURL ? { value: file.data, loadedAt: file.loaded_at } : null;
      } catch {
        return null; // A damaged copy is as good as none.
      }
    },
    async write({ value, loadedAt }) {
      const temporary = `${path}.${randomUUID()}.tmp`;
      await mkdir(directory, { recursive: true });
      try {
        await writeFile(
          temporary,
          JSON.stringify({ base_url: baseURL, loaded_at: loadedAt, data: value }),
        );
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
  };
}

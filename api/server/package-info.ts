import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** Facts about the api workspace that do not depend on where its code runs from. */
export interface PackageInfo {
  /** Folder of the api workspace, the same when the server runs from `dist`. */
  directory: string;
  version: string;
}

const manifestSchema = z.object({ version: z.string() });

/** Finds the workspace this file belongs to, built or not. */
export function readPackageInfo(): PackageInfo {
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory);
  const manifest: unknown = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  return { directory, version: manifestSchema.parse(manifest).version };
}

import { join } from 'node:path';
import { unpackTemplate } from '@openrouter-native/api/database/testing/template';
import { aWorkingDirectory } from './host-process.ts';

/** A working directory with an empty database in it, which spares a server its first start. */
export async function aReadyDirectory(): Promise<string> {
  const directory = aWorkingDirectory();
  await unpackTemplate(join(directory, 'data'));
  return directory;
}

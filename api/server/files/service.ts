import { join } from 'node:path';
import type { Logger } from '@openrouter-native/openrouter';
import type { RequestHandler, Router } from 'express';
import type { Config } from '../config.ts';
import type { Queries } from '../database/database.ts';
import { createFilesRouter } from '../routes/files.ts';
import { publicWeb } from '../tools/webpage/follow.ts';
import { createFiles } from './create-files.ts';
import { createFetchPicture } from './fetch-picture.ts';
import type { Files } from './files.ts';
import { createFileLimits } from './limits.ts';
import { startSweeper } from './sweeper.ts';

/** Where the bytes lie inside the data folder. */
const FILES_FOLDER = 'files';

/** What the files of the server need from the rest of it. */
export interface FileServiceDependencies {
  config: Pick<Config, 'dataDirectory' | 'files'>;
  /** Of this server. */
  version: string;
  queries: Queries;
  requireAuth: RequestHandler;
  logger: Logger;
  /** Epoch milliseconds. */
  now: () => number;
}

/** The files of the server, and their routes below `/api/files`. */
export interface FileService {
  files: Files;
  router: Router;
  /** Stops what runs in the background. */
  close(): Promise<void>;
}

/** Puts the pieces together; called once, from `createApp`. */
export function createFileService(dependencies: FileServiceDependencies): FileService {
  const { config, version, queries, requireAuth, logger, now } = dependencies;
  const limits = createFileLimits(config.files.fileMegabytes, config.files.userMegabytes);
  const files = createFiles({
    queries,
    directory: join(config.dataDirectory, FILES_FOLDER),
    limits,
    fetchPublic: createFetchPicture(publicWeb, `OpenRouterNative/${version}`),
    logger,
    now,
  });
  return {
    files,
    router: createFilesRouter({ files, limits, requireAuth }),
    close: startSweeper(files, logger),
  };
}

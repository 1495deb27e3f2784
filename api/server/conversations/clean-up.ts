import type { Logger } from '@openrouter-native/openrouter';
import type { Files } from '../files/files.ts';
import type { Generations } from '../generations/generations.ts';
import type { StreamSession } from '../generations/stream-sessions.ts';

export interface CleanUpDependencies {
  generations: Pick<Generations, 'stop'>;
  files: Pick<Files, 'deleteUnused'>;
  logger: Logger;
}

/**
 * Stops the answers that were being given in what was deleted, and deletes the files that only it used.
 * Never throws: what was asked for is done already.
 */
export type CleanUp = (
  userId: string,
  isGone: (session: StreamSession) => boolean,
) => Promise<void>;

/**
 * What is left to do when rows are gone. It comes after them, because from then on nothing can be asked
 * there: no answer begins that is not stopped.
 */
export function createCleanUp({ generations, files, logger }: CleanUpDependencies): CleanUp {
  return async function cleanUp(userId, isGone) {
    try {
      await generations.stop(userId, isGone);
    } catch (error) {
      logger.error('An answer in a deleted conversation could not be stopped', { error });
    }
    try {
      await files.deleteUnused(userId);
    } catch (error) {
      logger.error('Files of a deleted conversation could not be deleted', { error });
    }
  };
}

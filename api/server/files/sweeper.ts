import type { Logger } from '@openrouter-native/openrouter';
import type { FileStore } from './files.ts';

/** Nobody waits for it: a file is unused for a day before it goes. */
const SWEEP_EVERY_MS = 60 * 60 * 1000;

/** Tidies up now and every hour. @returns Stops it, after the round that is going on. */
export function startSweeper(files: FileStore, logger: Logger): () => Promise<void> {
  let round = sweep();
  const timer = setInterval(() => {
    round = round.then(sweep);
  }, SWEEP_EVERY_MS);
  timer.unref();

  async function sweep(): Promise<void> {
    try {
      await files.sweep();
    } catch (error) {
      logger.warn('Unused files could not be deleted', { error });
    }
  }

  return async function stopSweeper() {
    clearInterval(timer);
    await round;
  };
}

import type { Logger } from '@openrouter-native/openrouter';
import type { Messages } from '../database/messages.ts';

export interface AbandonedDependencies {
  messages: Pick<Messages, 'cutAbandoned'>;
  /** No other server can be giving an answer. */
  isAlone: boolean;
  logger: Logger;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Ends answers that nobody gives any more, because their server died. */
export interface AbandonedWatch {
  /** Resolves when those of the last start are ended: only then may new ones begin. */
  ready: Promise<void>;
  close(): Promise<void>;
}

/** A few seconds after its lease, a dead answer offers to go on. */
const LOOK_EVERY_MS = 5000;

export function watchAbandoned({
  messages,
  isAlone,
  logger,
  now,
}: AbandonedDependencies): AbandonedWatch {
  // prettier-ignore
  const ready = look(isAlone ? null : new Date(now()));
  let looking = ready;
  const timer = setInterval(() => {
    looking = look(new Date(now()));
  }, LOOK_EVERY_MS);
  timer.unref();

  async function look(before: Date | null): Promise<void> {
    try {
      const count = await messages.cutAbandoned(before, new Date(now()));
      if (count > 0) logger.info(`Ended ${count} answers that were cut off by the end of a server`);
    } catch (error) {
      logger.warn('Abandoned answers could not be looked for; trying again soon', { error });
    }
  }

  return {
    ready,
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}

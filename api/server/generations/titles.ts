import type { Logger } from '@openrouter-native/openrouter';
import { toErrorBody } from '@openrouter-native/plugin';
import type { Conversations } from '../database/conversations.ts';
import type { StreamSessions } from './stream-sessions.ts';
import type { TitleRequest, TitleWriter } from './title.ts';

export interface TitlesDependencies {
  writeTitle: TitleWriter;
  conversations: Pick<Conversations, 'retitle'>;
  sessions: Pick<StreamSessions, 'append'>;
  logger: Logger;
}

/** A conversation that has just begun. */
export interface TitleJob extends TitleRequest {
  conversationId: string;
  /** The one it has for now; whoever changed it meanwhile knows better. */
  title: string;
  streamId: string;
}

/** Names new conversations, beside their first answer. */
export interface Titles {
  /** Never throws and waits for nothing: without a better one, the title stays. */
  begin(job: TitleJob): void;
  /** Gives up on what is under way. */
  close(): Promise<void>;
}

/** A title that takes longer would surprise a reader who has long begun to use the old one. */
const TIMEOUT_MS = 20_000;

export function createTitles(dependencies: TitlesDependencies): Titles {
  const { writeTitle, conversations, sessions, logger } = dependencies;
  const running = new Map<AbortController, Promise<void>>();

  async function name(job: TitleJob, signal: AbortSignal): Promise<void> {
    const { userId, conversationId, streamId } = job;
    const title = await writeTitle(job, signal);
    if (title === null) return;
    if (!(await conversations.retitle(userId, conversationId, job.title, title))) return;
    await sessions.append(streamId, [{ type: 'title', title }]);
  }

  return {
    begin(job) {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
      const named = name(job, controller.signal)
        .catch((error: unknown) => {
          const { reason } = toErrorBody(error).error;
          logger.debug('A conversation got no title of its own', { model: job.model, reason });
        })
        .finally(() => {
          clearTimeout(timer);
          running.delete(controller);
        });
      running.set(controller, named);
    },
    async close() {
      for (const controller of running.keys()) controller.abort();
      await Promise.all(running.values());
    },
  };
}

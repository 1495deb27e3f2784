import { silentLogger, type Logger } from '@openrouter-native/openrouter';
import type { StreamSession } from '../generations/stream-sessions.ts';
import { createCleanUp, type CleanUpDependencies } from './clean-up.ts';

function aSession(conversationId: string): StreamSession {
  return {
    streamId: `stream of ${conversationId}`,
    userId: 'ada',
    conversationId,
    requestId: null,
    responseMessageId: 'answer',
    startedAt: 0,
    isRunning: true,
  };
}

/** What was done, in order, by parts of which some may be out of order. */
function setUp(broken: { generations?: boolean; files?: boolean } = {}) {
  const done: string[] = [];
  const sessions = [aSession('gone'), aSession('kept')];
  const generations: CleanUpDependencies['generations'] = {
    async stop(userId, isMeant) {
      if (broken.generations) throw new Error('no sessions');
      const stopped = sessions.filter(isMeant);
      done.push(...stopped.map(({ conversationId }) => `${userId}: ${conversationId} stopped`));
      return stopped;
    },
  };
  const files: CleanUpDependencies['files'] = {
    async deleteUnused(userId) {
      if (broken.files) throw new Error('no disk');
      done.push(`${userId}: files deleted`);
    },
  };
  const logger: Logger = { ...silentLogger, error: (message) => done.push(message) };
  return { done, cleanUp: createCleanUp({ generations, files, logger }) };
}

const isGone = ({ conversationId }: StreamSession) => conversationId === 'gone';

it('stops what is meant and nothing else, and then deletes unused files', async () => {
  const { done, cleanUp } = setUp();

  await cleanUp('ada', isGone);

  expect(done).toEqual(['ada: gone stopped', 'ada: files deleted']);
});

it('goes on when one of both fails, and leaves a line in the log', async () => {
  const withoutSessions = setUp({ generations: true });
  const withoutDisk = setUp({ files: true });

  await withoutSessions.cleanUp('ada', isGone);
  await withoutDisk.cleanUp('ada', isGone);

  expect(withoutSessions.done).toEqual([
    'An answer in a deleted conversation could not be stopped',
    'ada: files deleted',
  ]);
  expect(withoutDisk.done).toEqual([
    'ada: gone stopped',
    'Files of a deleted conversation could not be deleted',
  ]);
});

import { RequestError } from '@openrouter-native/plugin';
import type { StoredMessage } from '../database/schema.ts';
import type { StreamSession } from './stream-sessions.ts';

/** `conflict`: the stream of this question is forgotten, its answer is in the database. */
export function alreadyAsked({ conversationId }: StoredMessage): RequestError {
  return new RequestError('conflict', 'This question was asked already.', {
    action: 'Load the conversation: the answer is there.',
    metadata: { conversationId },
  });
}

/** `conflict`: somebody's message has the id that was chosen for the question. */
export function idTaken(): RequestError {
  return new RequestError('conflict', 'messageId: this id is taken.', {
    action: 'Send the question with another id.',
  });
}

/** `conflict`: what is asked for has to wait for an answer. @param what - Begins the sentence. */
export function stillRunning(what: string): RequestError {
  return new RequestError('conflict', `${what} is still being given.`, {
    action: 'Wait until it ends, or stop it.',
  });
}

/** `too_many_generations`, with those that are running. */
export function tooMany(running: readonly StreamSession[]): RequestError {
  const count = running.length;
  return new RequestError(
    'too_many_generations',
    `${count === 1 ? 'One answer is' : `${count} answers are`} being given to you already.`,
    {
      metadata: {
        running: running.map(({ streamId, conversationId }) => ({ streamId, conversationId })),
      },
    },
  );
}

/** `shutting_down` */
export function shuttingDown(): RequestError {
  return new RequestError('shutting_down', 'The server is shutting down.');
}

/** `upstream_timeout` */
export function tooSlow(): RequestError {
  return new RequestError('upstream_timeout', 'The list of models could not be read in time.');
}

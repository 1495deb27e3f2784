import type { Logger } from '@openrouter-native/openrouter';
import { toErrorBody } from '@openrouter-native/plugin';
import {
  createErrorBody,
  type ContentPart,
  type Ending,
  type GenerationEvent,
  type RunEvent,
} from '@openrouter-native/protocol';
import { toConversation } from '../conversations/to-conversation.ts';
import { toMessage } from '../conversations/to-message.ts';
import type { Conversations } from '../database/conversations.ts';
import type { Messages } from '../database/messages.ts';
import type { StoredConversation, StoredMessage } from '../database/schema.ts';
import type { Files } from '../files/files.ts';
import type { RunRecord, RunRequest, Runner } from '../runs/run.ts';
import { createAnswerRoom } from './answer-room.ts';
import { createRecorder, type RecordedAnswer, type Recorder } from './recorder.ts';
import { watchReaders } from './readers-watch.ts';
import { retry } from './retry.ts';
import type { StreamSessions } from './stream-sessions.ts';

/** An answer whose row and stream exist, and that nobody gives yet. */
export interface AnswerJob {
  streamId: string;
  userId: string;
  conversationId: string;
  recorded: RecordedAnswer;
  run: RunRequest;
  /** Id of the HTTP request that asked for it; goes with every failure, for the log and the reader. */
  traceId: string | null;
  /** Called when the first content has come. */
  onFirstContent: () => void;
}

export interface AnsweringDependencies {
  runner: Pick<Runner, 'run'>;
  sessions: StreamSessions;
  messages: Pick<Messages, 'find' | 'progress'>;
  conversations: Pick<Conversations, 'find' | 'touch'>;
  files: Pick<Files, 'link'>;
  /** Stop an answer that nobody follows. */
  stopOnLeave: boolean;
  logger: Logger;
  /** Epoch milliseconds. */
  now: () => number;
}

/** An answer that is being given. */
export interface Answering {
  /** Resolves when the end is stored and told. Never rejects. */
  ended: Promise<void>;
  /** Ends it as `cut`: this server cannot go on. */
  cut(): void;
}

type Finish = Extract<RunEvent, { type: 'finish' }>;

/** Gives one answer: one run, recorded and streamed, whoever listens. */
export function beginAnswer(job: AnswerJob, dependencies: AnsweringDependencies): Answering {
  const { sessions, messages, logger, now } = dependencies;
  const { streamId } = job;
  const controller = new AbortController();
  let isCut = false;

  const recorder = createRecorder(job.recorded, {
    messages,
    onLost: () => controller.abort(),
    logger,
    now,
  });
  const stopListening = sessions.onAbort(streamId, () => controller.abort());
  const stopWatching = dependencies.stopOnLeave
    ? watchReaders(streamId, sessions, () => controller.abort(), now)
    : () => undefined;

  async function give(): Promise<void> {
    try {
      const finish = await run(job, recorder, controller.signal, dependencies);
      // What a server that stops has cut off was stopped by nobody.
      const ending = isCut && finish.ending === 'stopped' ? 'cut' : finish.ending;
      await end(job, recorder, { ...finish, ending }, dependencies);
    } catch (error) {
      logger.error('An answer could not be ended', { error });
    } finally {
      recorder.close();
      stopListening();
      stopWatching();
      await sessions.end(streamId);
    }
  }

  return {
    ended: give(),
    cut() {
      isCut = true;
      controller.abort();
    },
  };
}

/** Passes the run on, up to its end. */
async function run(
  job: AnswerJob,
  recorder: Recorder,
  signal: AbortSignal,
  { runner, sessions, files, logger }: AnsweringDependencies,
): Promise<Finish> {
  const { streamId, traceId } = job;
  const { messageId, before } = job.recorded;
  const room = createAnswerRoom(before);
  let hasContent = false;
  try {
    for await (const told of runner.run(job.run, signal)) {
      const record = withTrace(told, traceId);
      if (record.type === 'finish') return record;
      room.take(record);
      if (record.type === 'image') {
        await files.link(messageId, [record.file.file_id]).catch((error: unknown) => {
          logger.warn('A picture could not be tied to its answer; it is tried again', { error });
        });
      }
      recorder.take(record);
      if (record.type === 'reasoning-details') continue;
      await sessions.append(streamId, [record]);
      if (hasContent || !isFirstContent(record)) continue;
      hasContent = true;
      job.onFirstContent();
    }
    throw new Error('The run came to no end');
  } catch (error) {
    const body = toErrorBody(error, traceId ?? undefined);
    if (body.error.reason === 'internal') {
      logger.error('A run failed', { request_id: traceId, error });
    }
    const event: RunEvent = { type: 'error', error: body.error };
    recorder.take(event);
    await sessions.append(streamId, [event]);
    return { type: 'finish', ending: signal.aborted ? 'stopped' : 'failed', limit: null };
  }
}

/** A failure says by which id it is found in the log. */
function withTrace(record: RunRecord, traceId: string | null): RunRecord {
  if (record.type !== 'error' || record.error.request_id !== null) return record;
  return { ...record, error: { ...record.error, request_id: traceId } };
}

/** Stores the end, and only then tells it. */
async function end(
  job: AnswerJob,
  recorder: Recorder,
  finish: Finish,
  dependencies: AnsweringDependencies,
): Promise<void> {
  const { sessions, logger, now } = dependencies;
  const { streamId } = job;
  recorder.take(finish);
  try {
    await recorder.finish(finish.ending);
    const stored = await retry(() => readStored(job, recorder, dependencies), {
      withinMs: READ_WITHIN_MS,
      onFailure: (error) => logger.warn('An answer could not be read; trying again', { error }),
      now,
    });
    if (stored) await sessions.append(streamId, tell(stored));
    else await sessions.discard(streamId);
  } catch (error) {
    logger.error('The end of an answer could not be stored', { error });
    await sessions.append(streamId, [
      { type: 'error', error: notStored.error },
      { type: 'finish', ending: 'failed', limit: null },
    ]);
  }
}

interface Stored {
  message: StoredMessage & { ending: Ending };
  conversation: StoredConversation;
}

/** @returns `null` when it was deleted, or somebody else goes on with it. */
async function readStored(
  { userId, conversationId, recorded, run: { model } }: AnswerJob,
  recorder: Recorder,
  { messages, conversations, files, logger, now }: AnsweringDependencies,
): Promise<Stored | null> {
  // Once more: a picture without its link would be taken for unused tomorrow.
  await files.link(recorded.messageId, imagesIn(recorder.state.content));
  await conversations.touch(conversationId, new Date(now()));
  const message = await messages.find(userId, recorded.messageId);
  const conversation = await conversations.find(userId, conversationId);
  if (!message || !conversation || !hasEnded(message)) return null;
  logger.debug('An answer has ended', { model, ending: message.ending, ms: message.durationMs });
  return { message, conversation };
}

function hasEnded(message: StoredMessage): message is Stored['message'] {
  return message.ending !== null;
}

function tell({ message, conversation }: Stored): GenerationEvent[] {
  const { ending, limit } = message;
  return [
    { type: 'finish', ending, limit },
    {
      type: 'final',
      conversation: toConversation(conversation),
      responseMessage: toMessage(message),
    },
  ];
}

const READ_WITHIN_MS = 10_000; // The reader waits for it.

const notStored = createErrorBody(
  'internal',
  'The answer has ended, but it may not have been stored.',
  {
    action: 'Copy what you need. Then load the conversation again, and let the answer go on.',
  },
);

function isFirstContent({ type }: RunEvent): boolean {
  return type === 'text-delta' || type === 'reasoning-delta' || type === 'tool-call-start';
}

function imagesIn(content: readonly ContentPart[]): string[] {
  return content.flatMap((part) => (part.type === 'image_file' ? [part.image_file.file_id] : []));
}

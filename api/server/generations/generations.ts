import { randomUUID } from 'node:crypto';
import { RequestError } from '@openrouter-native/plugin';
import type {
  GenerationStarted,
  GenerationStatus,
  StartGeneration,
} from '@openrouter-native/protocol';
import { toConversation } from '../conversations/to-conversation.ts';
import { toMessage } from '../conversations/to-message.ts';
import type { Queries } from '../database/database.ts';
import type { Conversations } from '../database/conversations.ts';
import type { Messages } from '../database/messages.ts';
import type { StoredConversation } from '../database/schema.ts';
import type { Runner, RunRequest } from '../runs/run.ts';
import type { AbandonedWatch } from './abandoned.ts';
import { beginAnswer, type Answering, type AnsweringDependencies } from './answering.ts';
import type { Plan, Planner } from './plan.ts';
import { LEASE_MS } from './recorder.ts';
import { alreadyAsked, idTaken, shuttingDown, tooMany, tooSlow } from './refusals.ts';
import { storePlan } from './store-plan.ts';
import type { StreamSession, StreamSessions } from './stream-sessions.ts';
import type { Titles } from './titles.ts';

export interface GenerationsDependencies extends AnsweringDependencies {
  queries: Queries;
  planner: Planner;
  runner: Runner;
  sessions: StreamSessions;
  conversations: Pick<Conversations, 'find' | 'touch' | 'change'>;
  messages: Messages;
  abandoned: AbandonedWatch;
  titles: Titles;
  /** Answers at the same time, for each user. */
  maxRunning: number;
}

/** Answers that are given whether or not anybody listens. Each method sees those of one user only. */
export interface Generations {
  /**
   * Stores the question and begins to answer it.
   *
   * @param endpoint - `openrouter` asks a plain model, `agents` a saved agent.
   * @param traceId - Id of the HTTP request, by which failures of the answer are found in the log.
   * @throws RequestError for whatever is known not to work; nothing is stored then.
   */
  start(
    userId: string,
    endpoint: StoredConversation['endpoint'],
    request: StartGeneration,
    traceId: string | null,
  ): Promise<GenerationStarted>;
  /** @throws RequestError `not_found` for a conversation that is not there. */
  status(userId: string, conversationId: string): Promise<GenerationStatus>;
  running(userId: string): Promise<StreamSession[]>;
  /** @throws RequestError `not_found` for a stream that is not there, or not any more. */
  find(userId: string, streamId: string): Promise<StreamSession>;
  /** Stops the running answers that `isMeant` chooses. @returns those that were told to. */
  stop(userId: string, isMeant: (session: StreamSession) => boolean): Promise<StreamSession[]>;
  /** Begins no more answers, lets running ones end for some time, then ends the rest as `cut`. */
  close(drainMs: number): Promise<void>;
}

/** Reading the catalogue anew takes seconds at worst; a page should not wait longer for its answer to begin. */
const CHECK_TIMEOUT_MS = 30_000;

export function createGenerations(dependencies: GenerationsDependencies): Generations {
  const { queries, planner, runner, sessions, conversations, messages } = dependencies;
  const { abandoned, titles, maxRunning, now } = dependencies;
  const answering = new Set<Answering>();
  /** Requests that may still begin an answer. */
  const starting = new Set<Promise<unknown>>();
  let isClosing = false;
  /** The time to drain is over. */
  let isOver = false;

  async function start(
    userId: string,
    endpoint: StoredConversation['endpoint'],
    request: StartGeneration,
    traceId: string | null,
  ): Promise<GenerationStarted> {
    await abandoned.ready;
    const requestId = request.clientRequestId ?? idOfQuestion(request);
    const known = requestId === null ? null : await sessions.findByRequest(userId, requestId);
    if (known) return toStarted(known);
    await refuseAsked(userId, idOfQuestion(request));
    refuseTooMany(await sessions.running(userId));

    const plan = await planner(userId, endpoint, request);
    await check(plan.run);
    if (isClosing) throw shuttingDown();
    return open(userId, requestId, plan, traceId);
  }

  async function check(run: RunRequest): Promise<void> {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(tooSlow()), CHECK_TIMEOUT_MS);
    try {
      await runner.check(run, controller.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  async function open(
    userId: string,
    requestId: string | null,
    plan: Plan,
    traceId: string | null,
  ): Promise<GenerationStarted> {
    const streamId = randomUUID();
    const { conversationId, question, answer } = plan;
    const opening = await sessions.open(
      {
        streamId,
        userId,
        conversationId,
        requestId,
        responseMessageId: answer.id,
        startedAt: now(),
      },
      maxRunning,
    );
    if (opening.outcome === 'known') return toStarted(opening.session);
    if (opening.outcome === 'too-many') throw tooMany(opening.running);

    let conversation: StoredConversation;
    try {
      const leaseUntil = new Date(now() + LEASE_MS);
      const storing = await storePlan(queries, plan, new Date(now()), leaseUntil);
      if (storing.outcome === 'asked-before') throw await askedBefore(userId, question);
      ({ conversation } = storing);
    } catch (error) {
      await sessions.discard(streamId);
      throw error;
    }
    await begin(streamId, plan, conversation, traceId);
    return { streamId, conversationId, status: 'started' };
  }

  async function begin(
    streamId: string,
    plan: Plan,
    conversation: StoredConversation,
    traceId: string | null,
  ): Promise<void> {
    const { run, recorded, question, answer } = plan;
    const { userId, id: conversationId, title } = conversation;
    await sessions.append(streamId, [
      {
        type: 'created',
        conversation: toConversation(conversation),
        requestMessage: question && toMessage(question.message),
        responseMessage: toMessage(answer),
      },
    ]);
    const { provider, model, spendingLimitUsd } = run;
    const wantsTitle =
      plan.conversation === null && plan.questionText.trim() !== '' && spendingLimitUsd === null;
    const job = beginAnswer(
      {
        streamId,
        userId,
        conversationId,
        recorded,
        run,
        traceId,
        onFirstContent() {
          if (!wantsTitle || isClosing) return;
          const naming = {
            userId,
            provider,
            model,
            question: plan.questionText,
            providerPreferences: run.modelParameters.provider,
          };
          titles.begin({ ...naming, conversationId, title, streamId });
        },
      },
      dependencies,
    );
    answering.add(job);
    if (isOver) job.cut();
    void job.ended.then(() => answering.delete(job));
  }

  /** Its stream is forgotten, so its answer is not to be had here. */
  async function refuseAsked(userId: string, questionId: string | null): Promise<void> {
    const stored = questionId === null ? null : await messages.find(userId, questionId);
    if (stored) throw alreadyAsked(stored);
  }

  async function askedBefore(userId: string, question: Plan['question']): Promise<RequestError> {
    const stored = question && (await messages.find(userId, question.message.id));
    if (stored) return alreadyAsked(stored);
    return idTaken();
  }

  function refuseTooMany(running: StreamSession[]): void {
    if (running.length >= maxRunning) throw tooMany(running);
  }

  return {
    async start(userId, endpoint, request, traceId) {
      if (isClosing) throw shuttingDown();
      const started = start(userId, endpoint, request, traceId);
      starting.add(started);
      try {
        return await started;
      } finally {
        starting.delete(started);
      }
    },
    async status(userId, conversationId) {
      if (!(await conversations.find(userId, conversationId))) {
        throw new RequestError('not_found', 'There is no such conversation.');
      }
      const running = (await sessions.running(userId)).findLast(
        (session) => session.conversationId === conversationId,
      );
      const latest = running ?? (await sessions.findByConversation(conversationId));
      return {
        active: latest?.isRunning ?? false,
        streamId: latest?.streamId ?? null,
        responseMessageId: latest?.responseMessageId ?? null,
      };
    },
    running: (userId) => sessions.running(userId),
    async find(userId, streamId) {
      const session = await sessions.find(streamId);
      if (session?.userId === userId) return session;
      throw new RequestError('not_found', 'There is no such stream, or not any more.', {
        action: 'Load the conversation: what was answered is there.',
      });
    },
    async stop(userId, isMeant) {
      const stopped = (await sessions.running(userId)).filter(isMeant);
      await Promise.all(stopped.map(({ streamId }) => sessions.requestAbort(streamId)));
      return stopped;
    },
    async close(drainMs) {
      isClosing = true;
      const cut = setTimeout(() => {
        isOver = true;
        for (const job of answering) job.cut();
      }, drainMs);
      await Promise.allSettled(starting);
      await Promise.all([...answering].map(({ ended }) => ended));
      clearTimeout(cut);
      await Promise.all([titles.close(), abandoned.close()]);
      await sessions.close();
    },
  };
}

function toStarted({ streamId, conversationId }: StreamSession): GenerationStarted {
  return { streamId, conversationId, status: 'started' };
}

/** Only a new question has an id of the page's choice. */
function idOfQuestion({ messageId, isRegenerate, isContinued }: StartGeneration): string | null {
  return isRegenerate || isContinued ? null : (messageId ?? null);
}

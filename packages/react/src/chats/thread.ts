import {
  NO_PARENT,
  type Conversation,
  type ErrorBody,
  type FileReference,
  type GenerationEvent,
  type Message,
  type RunEvent,
  type StartGeneration,
} from '@openrouter-native/protocol';
import { isOpenRouterApiError, toApiError } from '../api/error.ts';
import { onNextFrame, type Schedule } from '../chat/frame.ts';
import type { ChatsApi } from './api.ts';
import { visibleBranch, type BranchMessage } from './branch.ts';
import { advance } from './live.ts';
import { aPendingQuestion } from './pending.ts';
import { waitToReconnect, type WaitToReconnect } from './reconnect.ts';

/** Who answers, and how: a plain model or an agent, with what the chat request says beside the question. */
export type AnswerSettings = Pick<
  StartGeneration,
  'model' | 'agent_id' | 'promptPrefix' | 'model_parameters' | 'spending_limit' | 'recursion_limit'
>;

/** What a person writes. */
export interface Draft {
  text: string;
  files: readonly FileReference[];
}

/**
 * - `loading`: the conversation is read.
 * - `ready`: nothing is under way.
 * - `starting`: a question is on its way to the server.
 * - `answering`: an answer arrives.
 * - `reconnecting`: the answer goes on, but the connection to it is lost for now.
 * - `stopping`: the reader stopped the answer; its last words are being stored.
 */
export type ThreadStatus =
  'loading' | 'ready' | 'starting' | 'answering' | 'reconnecting' | 'stopping';

/** All that a page shows of a conversation. A new object after each change, with unchanged parts kept. */
export interface ThreadSnapshot {
  /** `null` until a new conversation has begun. */
  readonly conversation: Conversation | null;
  /** The branch that is shown, from its first message on. */
  readonly branch: readonly BranchMessage[];
  readonly status: ThreadStatus;
  /** The answer being given; `null` when none is. */
  readonly answeringId: string | null;
  /** Why the conversation could not be read, or the last thing asked for could not be begun. */
  readonly failure: ErrorBody['error'] | null;
  /** A question that did not reach the server, for the field it was written in. */
  readonly unsent: Draft | null;
}

/** One conversation as a page holds it. Framework-free; what it asks for goes to the server. */
export interface Thread {
  getSnapshot: () => ThreadSnapshot;
  subscribe: (listener: () => void) => () => void;
  /** Asks at the end of the branch that is shown. Does nothing while something is under way. */
  send: (draft: Draft, settings: AnswerSettings) => void;
  /** Asks something else in the place of an earlier question, as a branch beside it. */
  edit: (messageId: string, draft: Draft, settings: AnswerSettings) => void;
  /** Has the question before this answer answered once more, as a branch beside it. */
  regenerate: (messageId: string, settings: AnswerSettings) => void;
  /** Has an answer that ended too early go on. */
  continueAnswer: (messageId: string, settings: AnswerSettings) => void;
  /** Nothing more is shown from this moment on; the server stops the model. */
  stop: () => void;
  /** Shows the branch that this message is on. */
  choose: (messageId: string) => void;
  /** Reads the conversation again after a failure. */
  reload: () => void;
  /** Takes note that `failure` and `unsent` were seen. */
  dismiss: () => void;
  /** Stops following; the answer itself goes on. */
  close: () => void;
}

export interface ThreadOptions {
  api: ChatsApi;
  /** `null` begins a new conversation with the first question. */
  conversationId: string | null;
  /** The conversation has begun, has got its title, or was written in. */
  onConversation?: (conversation: Conversation) => void;
  /** An answer has ended, whatever its ending. */
  onAnswerEnd?: (message: Message) => void;
  /** @defaultValue with the next painted frame */
  schedule?: Schedule;
  /** @defaultValue {@link waitToReconnect} */
  wait?: WaitToReconnect;
  /** @defaultValue `crypto.randomUUID` */
  randomId?: () => string;
  /** @defaultValue the time of day */
  now?: () => Date;
}

/** What is being followed. Compared as a whole, so that a late event of an old one finds no target. */
interface Following {
  streamId: string;
  lastId: number | null;
  messageId: string | null;
  abort: AbortController;
  isStopping: boolean;
  /** Arrived since the last frame. */
  events: RunEvent[];
}

/** Holds a conversation: reads it, asks, follows answers, and finds them again after a reload. */
export function createThread(options: ThreadOptions): Thread {
  const { api, onConversation, onAnswerEnd } = options;
  const schedule = options.schedule ?? onNextFrame;
  const wait = options.wait ?? waitToReconnect;
  const randomId = options.randomId ?? (() => crypto.randomUUID());
  const now = options.now ?? (() => new Date());

  const listeners = new Set<() => void>();
  /** Chosen child, by the id of the parent. */
  const chosen = new Map<string, string>();
  const closed = new AbortController();
  let messages: readonly Message[] = [];
  let following: Following | null = null;
  let cancelFlush: (() => void) | null = null;
  let snapshot: ThreadSnapshot = {
    conversation: null,
    branch: [],
    status: options.conversationId === null ? 'ready' : 'loading',
    answeringId: null,
    failure: null,
    unsent: null,
  };

  function publish(change: Partial<ThreadSnapshot>): void {
    snapshot = { ...snapshot, ...change };
    for (const listener of listeners) listener();
  }

  function show(change: Partial<ThreadSnapshot> = {}): void {
    cancelFlush?.();
    cancelFlush = null;
    flushEvents();
    publish({ branch: keepUnchanged(snapshot.branch, visibleBranch(messages, chosen)), ...change });
  }

  function flushEvents(): void {
    if (!following || following.events.length === 0) return;
    const { messageId, events } = following;
    following.events = [];
    if (following.isStopping) return; // What comes after the reader said stop is not shown.
    messages = messages.map((message) =>
      message.messageId === messageId ? advance(message, events) : message,
    );
  }

  function put(...changed: readonly (Message | null)[]): void {
    for (const message of changed) {
      if (!message) continue;
      const { messageId } = message;
      const index = messages.findIndex((known) => known.messageId === messageId);
      messages = index < 0 ? [...messages, message] : messages.with(index, message);
    }
  }

  function remove(messageId: string): void {
    messages = messages.filter((message) => message.messageId !== messageId);
  }

  async function load(conversationId: string): Promise<void> {
    publish({ status: 'loading', failure: null });
    try {
      const [conversation, list] = await Promise.all([
        api.getConversation(conversationId, closed.signal),
        api.listMessages(conversationId, closed.signal),
      ]);
      messages = list;
      show({ conversation, status: 'ready' });
      if (list.some(isRunning)) await findRunning(conversationId);
    } catch (cause) {
      if (!closed.signal.aborted) publish({ status: 'ready', failure: toApiError(cause).details });
    }
  }

  /** After a reload: an answer may be on its way, begun by this page or by another one. */
  async function findRunning(conversationId: string): Promise<void> {
    const { active, streamId } = await api.status(conversationId, closed.signal);
    if (active && streamId !== null && following === null) void follow(streamId, null);
  }

  async function start(request: StartGeneration, question: Message | null): Promise<void> {
    const unsent = question && { text: question.text, files: question.files ?? [] };
    if (question) {
      put(question);
      chosen.set(question.parentMessageId, question.messageId);
    }
    show({ status: 'starting', failure: null, unsent: null });
    try {
      const { streamId } = await api.start(request);
      if (!closed.signal.aborted) await follow(streamId, question);
    } catch (cause) {
      if (closed.signal.aborted) return;
      if (question) {
        remove(question.messageId);
        chosen.delete(question.parentMessageId);
      }
      show({ status: 'ready', failure: toApiError(cause).details, unsent });
    }
  }

  /** Follows one answer to its end, over as many connections as it takes. */
  async function follow(streamId: string, question: Message | null): Promise<void> {
    const abort = new AbortController();
    const current: Following = {
      streamId,
      lastId: question ? 0 : null,
      messageId: null,
      abort,
      isStopping: false,
      events: [],
    };
    following = current;
    publish({ status: 'answering' });
    for (let failures = 0; following === current; failures += 1) {
      try {
        for await (const { id, event } of api.follow(streamId, current.lastId, abort.signal)) {
          if (following !== current) return;
          failures = 0;
          current.lastId = id;
          apply(current, event);
          if (event.type === 'final') return;
        }
      } catch (cause) {
        if (following !== current || abort.signal.aborted) return;
        if (isFinal(cause)) {
          await settle(current, cause);
          return;
        }
      }
      if (following !== current) return;
      show({ status: current.isStopping ? 'stopping' : 'reconnecting' });
      await wait(failures, abort.signal);
    }
  }

  /** The server has forgotten the stream, or does not let us follow it: what is stored is what there is. */
  async function settle(current: Following, cause: unknown): Promise<void> {
    following = null;
    const id = snapshot.conversation?.conversationId;
    if (id === undefined) {
      show({ status: 'ready', answeringId: null, failure: toApiError(cause).details });
      return;
    }
    current.abort.abort();
    publish({ answeringId: null });
    await load(id);
  }

  function apply(current: Following, event: GenerationEvent): void {
    switch (event.type) {
      case 'created':
      case 'snapshot': {
        const { conversation, requestMessage, responseMessage } = event;
        current.events = [];
        current.messageId = responseMessage.messageId;
        put(requestMessage, responseMessage);
        chosen.set(responseMessage.parentMessageId, responseMessage.messageId);
        show({
          conversation,
          status: current.isStopping ? 'stopping' : 'answering',
          answeringId: responseMessage.messageId,
        });
        onConversation?.(conversation);
        return;
      }
      case 'title': {
        const { conversation } = snapshot;
        if (!conversation) return;
        publish({ conversation: { ...conversation, title: event.title } });
        onConversation?.({ ...conversation, title: event.title });
        return;
      }
      case 'final': {
        const { conversation, responseMessage } = event;
        following = null;
        put(responseMessage);
        show({ conversation, status: 'ready', answeringId: null });
        onConversation?.(conversation);
        onAnswerEnd?.(responseMessage);
        return;
      }
      default:
        current.events.push(event);
        if (snapshot.status === 'reconnecting') publish({ status: 'answering' });
        cancelFlush ??= schedule(() => show());
    }
  }

  const isIdle = () => following === null && snapshot.status === 'ready';
  const find = (id: string) => messages.find(({ messageId }) => messageId === id);
  const conversationId = () => snapshot.conversation?.conversationId ?? null;

  function ask(draft: Draft, settings: AnswerSettings, parentMessageId: string | null): void {
    if (!isIdle() || (draft.text.trim() === '' && draft.files.length === 0)) return;
    const question = aPendingQuestion({
      messageId: randomId(),
      conversationId: conversationId() ?? '',
      parentMessageId,
      ...draft,
      at: now(),
    });
    void start(
      {
        ...settings,
        text: draft.text,
        files: draft.files.map(({ file_id }) => ({ file_id })),
        conversationId: conversationId(),
        parentMessageId,
        messageId: question.messageId,
      },
      question,
    );
  }

  /** Asks without a question of its own: for another answer, or for the rest of one. */
  function answerAnew(
    messageId: string,
    settings: AnswerSettings,
    how: Pick<StartGeneration, 'isRegenerate' | 'isContinued' | 'responseMessageId'>,
  ): void {
    const answer = find(messageId);
    if (!answer || answer.isCreatedByUser || !isIdle()) return;
    const { parentMessageId } = answer;
    void start({ ...settings, conversationId: conversationId(), parentMessageId, ...how }, null);
  }

  if (options.conversationId !== null) void load(options.conversationId);

  return {
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(draft, settings) {
      ask(draft, settings, snapshot.branch.at(-1)?.message.messageId ?? null);
    },
    edit(messageId, draft, settings) {
      const parentId = find(messageId)?.parentMessageId;
      if (parentId === undefined) return;
      ask(draft, settings, parentId === NO_PARENT ? null : parentId);
    },
    regenerate: (messageId, settings) => answerAnew(messageId, settings, { isRegenerate: true }),
    continueAnswer: (messageId, settings) =>
      answerAnew(messageId, settings, { responseMessageId: messageId, isContinued: true }),
    stop() {
      const current = following;
      if (!current || current.isStopping) return;
      flushEvents();
      current.isStopping = true;
      show({ status: 'stopping' });
      api.stop(current.streamId).catch((cause: unknown) => {
        if (following !== current) return;
        current.isStopping = false; // It goes on, so it is shown again, from the beginning.
        current.lastId = null;
        show({ status: 'answering', failure: toApiError(cause).details });
      });
    },
    choose(messageId) {
      for (let at = find(messageId); at; at = find(at.parentMessageId)) {
        chosen.set(at.parentMessageId, at.messageId);
      }
      show();
    },
    reload() {
      const id = conversationId() ?? options.conversationId;
      if (id !== null && isIdle()) void load(id);
    },
    dismiss: () => publish({ failure: null, unsent: null }),
    close() {
      closed.abort();
      following?.abort.abort();
      following = null;
      cancelFlush?.();
    },
  };
}

function isRunning({ isCreatedByUser, ending }: Message): boolean {
  return !isCreatedByUser && ending === null;
}

/** Asking again cannot help: the stream is gone, or the reader may not follow it. */
function isFinal(cause: unknown): boolean {
  if (!isOpenRouterApiError(cause)) return false;
  const { code } = cause.details;
  return code >= 400 && code < 500 && code !== 408 && code !== 429;
}

/** Keeps the objects of entries that are the same, so that only what changed is drawn anew. */
function keepUnchanged(
  before: readonly BranchMessage[],
  after: readonly BranchMessage[],
): readonly BranchMessage[] {
  const entries = after.map((entry, index) => {
    const old = before[index];
    const isSame =
      old?.message === entry.message &&
      old.siblings.length === entry.siblings.length &&
      old.siblings.every((id, position) => id === entry.siblings[position]);
    return isSame ? old : entry;
  });
  const isSame =
    entries.length === before.length && entries.every((entry, i) => entry === before[i]);
  return isSame ? before : entries;
}

import type { GenerationEvent } from '@openrouter-native/protocol';

/** One answer that is being given, or was until a moment ago. */
export interface StreamSession {
  streamId: string;
  userId: string;
  conversationId: string;
  /** What the page calls the request that opened it, such as the id of its question; `null` = it has no name. */
  requestId: string | null;
  responseMessageId: string;
  /** Epoch milliseconds. */
  startedAt: number;
  isRunning: boolean;
}

/** An event with its place in the stream; counts from 1. */
export interface NumberedEvent {
  id: number;
  event: GenerationEvent;
}

/** Outcome of opening a session. */
export type Opening =
  | { outcome: 'opened' }
  /** This request is being answered, or was until a moment ago; nothing was opened. */
  | { outcome: 'known'; session: StreamSession }
  /** The user has as many running as allowed; nothing was opened. */
  | { outcome: 'too-many'; running: StreamSession[] };

/**
 * The streams of answers, so that any reader on any process can follow any of them. One process
 * writes a session, any number read it. Whoever uses this port must not assume that the two are one:
 * there is no way to a session's writer but `requestAbort`, and none to its readers but `append`.
 *
 * An adapter beside the one in memory has to keep these promises:
 * - `open` looks, counts and adds in one step, also when two processes open for one user at once;
 * - ids are the places of the events, from 1, without gaps, and every reader gets them in order;
 * - `append` resolves when a reader that comes afterwards will see the events;
 * - a reader takes events at its own pace, and one that is slow costs no memory for each event;
 * - running sessions are never forgotten while their writer lives, and nothing grows without a bound.
 */
export interface StreamSessions {
  /**
   * Opens a session, unless the user has one for the same request, or `limit` running ones already;
   * one atomic step.
   */
  open(session: Omit<StreamSession, 'isRunning'>, limit: number): Promise<Opening>;
  /** Adds events at the end, in order. Refused silently after `end`. */
  append(streamId: string, events: readonly GenerationEvent[]): Promise<void>;
  /** No more events will come. The session can be read for some minutes more. */
  end(streamId: string): Promise<void>;
  /** Forgets a session that came to nothing: its question could not be stored. */
  discard(streamId: string): Promise<void>;
  find(streamId: string): Promise<StreamSession | null>;
  /** The latest session of a conversation that is still remembered. */
  findByConversation(conversationId: string): Promise<StreamSession | null>;
  /** The session that this user's request has opened, if it is still remembered. */
  findByRequest(userId: string, requestId: string): Promise<StreamSession | null>;
  /** Oldest first. */
  running(userId: string): Promise<StreamSession[]>;
  /**
   * Everything after the event `after`, then live until the end. Ends quietly when the session is
   * forgotten or `signal` aborts. Where early events were folded together to save memory, it begins
   * with a `snapshot` whose id is that of the last event it holds; so does a reader that falls back
   * that far.
   */
  read(streamId: string, after: number, signal: AbortSignal): AsyncGenerator<NumberedEvent, void>;
  /**
   * Everything so far as one `snapshot`, without `final`: that follows by itself.
   *
   * @returns `null` when the session is forgotten, or has no event yet.
   */
  snapshot(streamId: string): Promise<NumberedEvent | null>;
  /** Asks whoever writes the session to stop. @returns false when there is nothing to stop. */
  requestAbort(streamId: string): Promise<boolean>;
  /** Calls `abort` once when somebody asks for it, or did so before. @returns Stops listening. */
  onAbort(streamId: string, abort: () => void): () => void;
  /** How many readers follow it at this moment, on all processes. */
  readers(streamId: string): Promise<number>;
  close(): Promise<void>;
}

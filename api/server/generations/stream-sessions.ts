import type { GenerationEvent } from '@openrouter-native/protocol';

/** One answer that is being given, or was until a moment ago. */
export interface StreamSession {
  streamId: string;
  userId: string;
  conversationId: string;
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
  /** The user has as many running as allowed; nothing was opened. */
  | { outcome: 'too-many'; running: StreamSession[] };

/**
 * The streams of answers, so that any reader on any process can follow any of them. One process
 * writes a session, any number read it. Whoever uses this port must not assume that the two are one.
 */
export interface StreamSessions {
  /** Opens a session, unless the user has `limit` running ones already; one atomic step. */
  open(session: Omit<StreamSession, 'isRunning'>, limit: number): Promise<Opening>;
  /** Adds events at the end, in order. Refused silently after `end`. */
  append(streamId: string, events: readonly GenerationEvent[]): Promise<void>;
  /** No more events will come. The session can be read for some minutes more. */
  end(streamId: string): Promise<void>;
  find(streamId: string): Promise<StreamSession | null>;
  /** The latest session of a conversation that is still remembered. */
  findByConversation(conversationId: string): Promise<StreamSession | null>;
  running(userId: string): Promise<StreamSession[]>;
  /**
   * Everything after the event `after`, then live until the end. Ends quietly when the session is
   * forgotten or `signal` aborts. Where early events were folded together to save memory, it begins
   * with a `snapshot` whose id is that of the last event it holds.
   */
  read(streamId: string, after: number, signal: AbortSignal): AsyncGenerator<NumberedEvent, void>;
  /** Everything so far as one `snapshot`. @returns `null` when the session is forgotten. */
  snapshot(streamId: string): Promise<NumberedEvent | null>;
  /** Asks whoever writes the session to stop. @returns false when there is nothing to stop. */
  requestAbort(streamId: string): Promise<boolean>;
  /** Calls `abort` once when somebody asks for it, on whatever process. @returns Stops listening. */
  onAbort(streamId: string, abort: () => void): () => void;
  /** How many readers follow it at this moment, on all processes. */
  readers(streamId: string): Promise<number>;
  close(): Promise<void>;
}

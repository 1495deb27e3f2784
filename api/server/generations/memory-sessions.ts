import { createEventLog, type EventLog } from './event-log.ts';
import type { StreamSession, StreamSessions } from './stream-sessions.ts';

/** How much is kept, and for how long. Sizes are characters of JSON, about as many bytes. */
export interface MemorySessionsOptions {
  /** Epoch milliseconds. */
  now: () => number;
  /** Of one stream; beyond it, the older events are folded. @defaultValue 8 Mi */
  maxStreamSize?: number;
  /** How long a stream that has ended can be read, in milliseconds. @defaultValue 5 minutes */
  keepEndedMs?: number;
  /** Streams that have ended. @defaultValue 1000 */
  maxEnded?: number;
  /** Of all streams that have ended together. @defaultValue 64 Mi */
  maxEndedSize?: number;
}

interface Entry {
  session: Omit<StreamSession, 'isRunning'>;
  log: EventLog;
  /** Epoch milliseconds; `null` while it runs. */
  endedAt: number | null;
  isForgotten: boolean;
  readers: number;
  /** Readers that wait for the next event. */
  waiting: Set<() => void>;
  isAbortRequested: boolean;
  onAbort: Set<() => void>;
}

const MEBI = 1024 * 1024;
const SWEEP_MS = 30_000; // Ended streams are looked through this often, so memory is freed when nobody asks.

/** Streams of answers in the memory of this process. */
export function createMemorySessions(options: MemorySessionsOptions): StreamSessions {
  const { now, maxStreamSize = 8 * MEBI, keepEndedMs = 5 * 60_000 } = options;
  const { maxEnded = 1000, maxEndedSize = 64 * MEBI } = options;
  const entries = new Map<string, Entry>();
  /** In the order in which they ended. */
  const ended = new Set<Entry>();
  const sweep = setInterval(forgetOld, SWEEP_MS);
  sweep.unref();

  function forget(entry: Entry): void {
    entries.delete(entry.session.streamId);
    ended.delete(entry);
    entry.isForgotten = true;
    entry.log = createEventLog(maxStreamSize); // A reader that hangs must not keep the events.
    wake(entry);
  }

  function forgetOld(): void {
    let size = 0;
    for (const { log } of ended) size += log.size;
    for (const entry of ended) {
      const isOld = now() - (entry.endedAt ?? 0) >= keepEndedMs;
      if (!isOld && ended.size <= maxEnded && size <= maxEndedSize) return;
      size -= entry.log.size;
      forget(entry);
    }
  }

  function end(entry: Entry): void {
    if (entry.endedAt !== null) return;
    entry.endedAt = now();
    entry.onAbort.clear();
    ended.add(entry);
    wake(entry);
  }

  function findLast(matches: (session: Entry['session']) => boolean): StreamSession | null {
    const found = [...entries.values()].findLast(({ session }) => matches(session));
    return found ? toSession(found) : null;
  }

  function findByRequest(userId: string, requestId: string | null): StreamSession | null {
    if (requestId === null) return null;
    return findLast((session) => session.userId === userId && session.requestId === requestId);
  }

  function running(userId: string): StreamSession[] {
    return [...entries.values()]
      .filter(({ session, endedAt }) => session.userId === userId && endedAt === null)
      .map(toSession);
  }

  return {
    async open(session, limit) {
      forgetOld();
      const known = findByRequest(session.userId, session.requestId);
      if (known) return { outcome: 'known', session: known };
      const current = running(session.userId);
      if (current.length >= limit) return { outcome: 'too-many', running: current };
      entries.set(session.streamId, {
        session,
        log: createEventLog(maxStreamSize),
        endedAt: null,
        isForgotten: false,
        readers: 0,
        waiting: new Set(),
        isAbortRequested: false,
        onAbort: new Set(),
      });
      return { outcome: 'opened' };
    },
    async append(streamId, events) {
      const entry = entries.get(streamId);
      if (!entry || entry.endedAt !== null) return;
      for (const event of events) entry.log.append(event);
      wake(entry);
    },
    async end(streamId) {
      const entry = entries.get(streamId);
      if (entry) end(entry);
      forgetOld();
    },
    async discard(streamId) {
      const entry = entries.get(streamId);
      if (entry) forget(entry);
    },
    async find(streamId) {
      forgetOld();
      const entry = entries.get(streamId);
      return entry ? toSession(entry) : null;
    },
    async findByConversation(conversationId) {
      forgetOld();
      return findLast((session) => session.conversationId === conversationId);
    },
    async findByRequest(userId, requestId) {
      forgetOld();
      return findByRequest(userId, requestId);
    },
    running: async (userId) => running(userId),
    async *read(streamId, after, signal) {
      const entry = entries.get(streamId);
      if (!entry) return;
      entry.readers += 1;
      try {
        let seen = Math.min(after, entry.log.lastId);
        while (!signal.aborted && !entry.isForgotten) {
          const next = entry.log.after(seen);
          if (next) {
            seen = next.id;
            yield next;
          } else if (entry.endedAt !== null) return;
          else await untilWoken(entry, signal);
        }
      } finally {
        entry.readers -= 1;
      }
    },
    snapshot: async (streamId) => entries.get(streamId)?.log.snapshot() ?? null,
    async requestAbort(streamId) {
      const entry = entries.get(streamId);
      if (!entry || entry.endedAt !== null) return false;
      entry.isAbortRequested = true;
      const listeners = [...entry.onAbort];
      entry.onAbort.clear();
      for (const abort of listeners) abort();
      return true;
    },
    onAbort(streamId, abort) {
      const entry = entries.get(streamId);
      if (entry?.isAbortRequested) abort();
      else entry?.onAbort.add(abort);
      return () => void entry?.onAbort.delete(abort);
    },
    readers: async (streamId) => entries.get(streamId)?.readers ?? 0,
    async close() {
      clearInterval(sweep);
      for (const entry of entries.values()) forget(entry);
    },
  };
}

function toSession({ session, endedAt }: Entry): StreamSession {
  return { ...session, isRunning: endedAt === null };
}

function wake({ waiting }: Entry): void {
  const readers = [...waiting];
  waiting.clear();
  for (const reader of readers) reader();
}

/** Leaves nothing behind on the signal, which lives as long as its reader. */
function untilWoken({ waiting }: Entry, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    function goOn() {
      waiting.delete(goOn);
      signal.removeEventListener('abort', goOn);
      resolve();
    }
    waiting.add(goOn);
    signal.addEventListener('abort', goOn, { once: true });
  });
}

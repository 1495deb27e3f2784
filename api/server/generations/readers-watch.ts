import type { StreamSessions } from './stream-sessions.ts';

const LOOK_EVERY_MS = 1000;
/** A page that is loaded anew comes back within a few seconds. */
const ABSENT_MS = 10_000;

/** Calls `onLeave` once when nobody has followed a stream for some seconds. @returns Stops watching. */
export function watchReaders(
  streamId: string,
  sessions: Pick<StreamSessions, 'readers'>,
  onLeave: () => void,
  now: () => number,
): () => void {
  let lastSeen = now();
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);

  async function look(): Promise<void> {
    const readers = await sessions.readers(streamId).catch(() => 1); // Unknown is not nobody.
    if (readers > 0) lastSeen = now();
    if (now() - lastSeen < ABSENT_MS) return;
    clearInterval(timer);
    onLeave();
  }

  return () => clearInterval(timer);
}

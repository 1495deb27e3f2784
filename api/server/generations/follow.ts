import { abortWhenClosed, createEventStreamWriter, RequestError } from '@openrouter-native/plugin';
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { identityOf } from '../middleware/require-auth.ts';
import type { Generations } from './generations.ts';
import type { NumberedEvent, StreamSessions } from './stream-sessions.ts';

export interface FollowDependencies {
  generations: Pick<Generations, 'find'>;
  sessions: Pick<StreamSessions, 'read' | 'snapshot'>;
  /** Silence in milliseconds after which a reader gets a comment. */
  heartbeatMs: number;
}

/**
 * `GET /stream/:streamId`: follows an answer. Begins after `Last-Event-ID` (or `?lastEventId=`), with
 * `?resume=true` at a snapshot, and otherwise at the first event; ends after the last one. Who has
 * seen that already gets 204, which keeps a browser's `EventSource` from coming back.
 */
export function createFollowHandler(
  dependencies: FollowDependencies,
): RequestHandler<{ streamId: string }> {
  // prettier-ignore
  const { generations, sessions, heartbeatMs } = dependencies;
  return async function follow(request, response) {
    const { userId } = identityOf(response);
    const place = placeOf(request);
    const { streamId, isRunning } = await generations.find(userId, request.params.streamId);
    const signal = abortWhenClosed(response);

    const events = eventsFrom(place, streamId, sessions, signal);
    const writer = createEventStreamWriter(response, { heartbeatMs, headers: () => ({}), signal });
    if (isRunning) writer.open();
    try {
      for await (const { id, event } of events) {
        const full = writer.write(JSON.stringify(event), id);
        if (full) await full;
      }
    } catch (error) {
      if (signal.aborted) return; // Nobody is left to be told.
      throw error;
    }
    if (signal.aborted) return;
    if (writer.isCommitted()) writer.end();
    else response.status(204).end();
  };
}

type Place = { after: number } | 'snapshot';

async function* eventsFrom(
  place: Place,
  streamId: string,
  sessions: Pick<StreamSessions, 'read' | 'snapshot'>,
  signal: AbortSignal,
): AsyncGenerator<NumberedEvent, void> {
  if (place !== 'snapshot') {
    yield* sessions.read(streamId, place.after, signal);
    return;
  }
  const snapshot = await sessions.snapshot(streamId);
  if (snapshot) yield snapshot;
  yield* sessions.read(streamId, snapshot?.id ?? 0, signal);
}

const placeSchema = z.string().regex(/^\d{1,15}$/);

/** Where a browser was wins over where its page began: it repeats the address when it comes back. */
function placeOf(request: Request<{ streamId: string }>): Place {
  const told = request.get('last-event-id') ?? request.query['lastEventId'];
  if (told === undefined || told === '') {
    return request.query['resume'] === 'true' ? 'snapshot' : { after: 0 };
  }
  const parsed = placeSchema.safeParse(told);
  if (parsed.success) return { after: Number(parsed.data) };
  throw new RequestError('invalid_request', 'Last-Event-ID: this is no place in a stream.', {
    metadata: { fields: ['Last-Event-ID'] },
  });
}

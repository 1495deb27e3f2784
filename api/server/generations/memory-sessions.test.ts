import type { GenerationEvent } from '@openrouter-native/protocol';
import fc from 'fast-check';
import { foldEvent, toSnapshot, type Fold } from './fold.ts';
import { createMemorySessions, type MemorySessionsOptions } from './memory-sessions.ts';
import type { NumberedEvent, StreamSessions } from './stream-sessions.ts';
import { created, final } from './testing/events.ts';

const open = new Set<StreamSessions>();
afterEach(async () => {
  for (const sessions of open) await sessions.close();
  open.clear();
});

function aStore(options: Partial<MemorySessionsOptions> = {}) {
  let time = 0;
  const sessions = createMemorySessions({ now: () => time, ...options });
  open.add(sessions);
  return { sessions, wait: (ms: number) => (time += ms) };
}

const aSession = (streamId = 's', changes: object = {}) => ({
  streamId,
  userId: 'u',
  conversationId: 'c',
  requestId: `q-${streamId}`,
  responseMessageId: `a-${streamId}`,
  startedAt: 0,
  ...changes,
});

const text = (piece: string): GenerationEvent => ({ type: 'text-delta', text: piece });
const stay = new AbortController().signal;

async function collect(events: AsyncIterable<NumberedEvent>): Promise<NumberedEvent[]> {
  const collected = [];
  for await (const event of events) collected.push(event);
  return collected;
}

const foldAll = (events: readonly GenerationEvent[]) => {
  const fold = events.reduce<Fold | null>(foldEvent, null);
  return fold && toSnapshot(fold);
};

const anEvent: fc.Arbitrary<GenerationEvent> = fc.oneof(
  fc.string({ maxLength: 30 }).map(text),
  fc
    .string({ maxLength: 30 })
    .map((thought): GenerationEvent => ({ type: 'reasoning-delta', text: thought })),
  fc.nat(9).map((step): GenerationEvent => ({ type: 'step-start', step })),
  fc.string({ maxLength: 9 }).map((title): GenerationEvent => ({ type: 'title', title })),
);
type Move = { append: number } | { reader: number; takes: number };
/** Either some events are appended, or a reader (who may be new) takes some. */
const aMove: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ append: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ reader: fc.nat(4), takes: fc.integer({ min: 1, max: 5 }) }),
);

/** Plays the moves, then ends the stream. @returns What each reader has got, and from where. */
async function play(
  sessions: StreamSessions,
  events: readonly GenerationEvent[],
  moves: readonly Move[],
  starts: readonly number[],
) {
  await sessions.open(aSession(), 1);
  const readers = starts.map((after) => ({
    after,
    stream: sessions.read('s', after, stay),
    pending: undefined as Promise<IteratorResult<NumberedEvent>> | undefined,
    got: [] as NumberedEvent[],
  }));
  const begun = new Set<(typeof readers)[number]>();
  let appended = 0;

  for (const move of moves) {
    if ('append' in move) {
      await sessions.append('s', events.slice(appended, appended + move.append));
      appended += move.append;
      continue;
    }
    const reader = readers[move.reader % readers.length];
    if (!reader || (appended < reader.after && !begun.has(reader))) continue;
    begun.add(reader);
    for (let taken = 0; taken < move.takes; taken += 1) {
      reader.pending ??= reader.stream.next();
      const next = await Promise.race([reader.pending, aMoment()]);
      if (!next) break; // It waits for an event, and gets it later.
      reader.pending = undefined;
      if (!next.done) reader.got.push(next.value);
    }
  }
  await sessions.append('s', events.slice(appended));
  await sessions.end('s');
  for (const reader of readers) {
    const next = await reader.pending;
    if (next && !next.done) reader.got.push(next.value);
    reader.got.push(...(await collect(reader.stream)));
  }
  return readers;
}

const aMoment = () => new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)));

const aGame = fc
  .array(anEvent, { minLength: 1, maxLength: 40 })
  .chain((events) =>
    fc.tuple(
      fc.constant([created, ...events]),
      fc.array(aMove, { maxLength: 30 }),
      fc.array(fc.nat(events.length + 1), { minLength: 1, maxLength: 5 }),
    ),
  );

describe('reading a stream', () => {
  it('gives everything after any place, in any interleaving of writer and readers', async () => {
    await fc.assert(
      fc.asyncProperty(aGame, async ([events, moves, starts]) => {
        const readers = await play(aStore().sessions, events, moves, starts);

        for (const { after, got } of readers) {
          expect(got.map(({ event }) => event)).toEqual(events.slice(after));
          expect(got.map(({ id }) => id)).toEqual(got.map((_, index) => after + index + 1));
        }
      }),
    );
  });

  it('adds up to the same when old events were folded', async () => {
    let folded = 0;
    await fc.assert(
      fc.asyncProperty(aGame, fc.integer({ min: 200, max: 900 }), async (game, maxStreamSize) => {
        const [events, moves, starts] = game;
        const readers = await play(aStore({ maxStreamSize }).sessions, events, moves, starts);

        for (const { after, got } of readers) {
          const seen = [...events.slice(0, after), ...got.map(({ event }) => event)];
          const ids = got.map(({ id }) => id);
          expect(foldAll(seen)).toEqual(foldAll(events));
          expect(ids).toEqual(ids.toSorted((one, other) => one - other));
          expect(ids.at(-1) ?? after).toBe(events.length);
          folded += Number(got.some(({ event }) => event.type === 'snapshot'));
        }
      }),
    );
    expect(folded).toBeGreaterThan(0);
  });

  it('shows the end to everybody, however far behind and however long it is', async () => {
    const { sessions } = aStore({ maxStreamSize: 500 });
    await sessions.open(aSession(), 1);
    const reader = sessions.read('s', 0, stay);

    await sessions.append('s', [created, text('a'), text('b'), final]);
    await sessions.end('s');

    const events = await collect(reader);
    expect(events.map(({ id, event: { type } }) => [id, type])).toEqual([
      [3, 'snapshot'],
      [4, 'final'],
    ]);
  });

  it('ends when the reader leaves, at once', async () => {
    const { sessions } = aStore();
    await sessions.open(aSession(), 1);
    const leaving = new AbortController();
    const reading = collect(sessions.read('s', 0, leaving.signal));
    await aMoment();
    expect(await sessions.readers('s')).toBe(1);

    leaving.abort();

    expect(await reading).toEqual([]);
    expect(await sessions.readers('s')).toBe(0);
  });

  it('goes on live from the end when it is told a place that does not exist yet', async () => {
    const { sessions } = aStore();
    await sessions.open(aSession(), 1);
    await sessions.append('s', [created]);
    const reading = collect(sessions.read('s', 99, stay));
    await aMoment();

    await sessions.append('s', [text('a')]);
    await sessions.end('s');

    expect(await reading).toEqual([{ id: 2, event: text('a') }]);
  });

  it('gives nothing of a stream that is not known', async () => {
    expect(await collect(aStore().sessions.read('?', 0, stay))).toEqual([]);
  });

  it('takes no events after the end', async () => {
    const { sessions } = aStore();
    await sessions.open(aSession(), 1);
    await sessions.append('s', [created]);
    await sessions.end('s');

    await sessions.append('s', [text('late')]);

    expect(await collect(sessions.read('s', 0, stay))).toHaveLength(1);
  });
});

describe('a snapshot', () => {
  it('holds everything up to its id, wherever it is taken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anEvent, { maxLength: 20 }), async (more) => {
        const { sessions } = aStore();
        const events = [created, ...more];
        await sessions.open(aSession(), 1);
        for (const [index, event] of events.entries()) {
          await sessions.append('s', [event]);
          const snapshot = await sessions.snapshot('s');
          expect(snapshot).toEqual({ id: index + 1, event: foldAll(events.slice(0, index + 1)) });
        }
      }),
    );
  });

  it('leaves the end to be told by itself', async () => {
    const { sessions } = aStore();
    await sessions.open(aSession(), 1);
    await sessions.append('s', [created, text('a')]);
    const before = await sessions.snapshot('s');

    await sessions.append('s', [final]);

    expect(before?.id).toBe(2);
    expect(await sessions.snapshot('s')).toEqual(before);
  });

  it('is not there before the first event', async () => {
    const { sessions } = aStore();
    await sessions.open(aSession(), 1);

    expect(await sessions.snapshot('s')).toBeNull();
    expect(await sessions.snapshot('?')).toBeNull();
  });
});

describe('opening a stream', () => {
  it('lets through as many of a user as may run, also when they come at once', async () => {
    const { sessions } = aStore();

    const openings = await Promise.all(
      ['1', '2', '3', '4'].map((id) => sessions.open(aSession(id), 2)),
    );
    const another = await sessions.open(aSession('5', { userId: 'v' }), 2);

    expect(openings.map(({ outcome }) => outcome)).toEqual([
      'opened',
      'opened',
      'too-many',
      'too-many',
    ]);
    expect(openings[3]).toMatchObject({ running: [{ streamId: '1' }, { streamId: '2' }] });
    expect(another.outcome).toBe('opened');
    await sessions.end('1');
    expect((await sessions.open(aSession('6'), 2)).outcome).toBe('opened');
  });

  it('happens once for a request, however many are running', async () => {
    const { sessions } = aStore();
    const asked = { requestId: 'q' };

    const openings = await Promise.all(
      ['1', '2', '3'].map((id) => sessions.open(aSession(id, asked), 1)),
    );
    const afterwards = [
      await sessions.open(aSession('4', { ...asked, userId: 'v' }), 1),
      await sessions.open(aSession('5', { requestId: null, userId: 'w' }), 2),
      await sessions.open(aSession('6', { requestId: null, userId: 'w' }), 2),
    ];

    expect(openings).toMatchObject([
      { outcome: 'opened' },
      { outcome: 'known', session: { streamId: '1' } },
      { outcome: 'known', session: { streamId: '1' } },
    ]);
    expect(afterwards.map(({ outcome }) => outcome)).toEqual(['opened', 'opened', 'opened']);
  });

  it('can be taken back, as if it had not been', async () => {
    const { sessions } = aStore();
    await sessions.open(aSession(), 1);

    await sessions.discard('s');

    expect(await sessions.find('s')).toBeNull();
    expect(await sessions.findByRequest('u', 'q-s')).toBeNull();
    expect((await sessions.open(aSession(), 1)).outcome).toBe('opened');
  });

  it('makes it known by its conversation and by its request', async () => {
    const { sessions } = aStore();
    await sessions.open(aSession('1'), 9);
    await sessions.open(aSession('2'), 9);
    await sessions.open(aSession('3', { conversationId: 'd' }), 9);

    expect(await sessions.findByConversation('c')).toMatchObject({ streamId: '2' });
    expect(await sessions.findByRequest('u', 'q-1')).toMatchObject({
      streamId: '1',
      isRunning: true,
    });
    expect(await sessions.findByRequest('v', 'q-1')).toBeNull();
    expect(await sessions.findByConversation('?')).toBeNull();
  });
});

describe('asking a stream to stop', () => {
  it('tells its writer once, before or after it listens', async () => {
    const { sessions } = aStore();
    const heard: string[] = [];
    await sessions.open(aSession('1'), 9);
    await sessions.open(aSession('2'), 9);
    await sessions.open(aSession('3'), 9);
    sessions.onAbort('1', () => heard.push('1'));
    sessions.onAbort('3', () => heard.push('3'))();

    expect(await sessions.requestAbort('1')).toBe(true);
    expect(await sessions.requestAbort('1')).toBe(true);
    expect(await sessions.requestAbort('2')).toBe(true);
    expect(await sessions.requestAbort('3')).toBe(true);
    sessions.onAbort('2', () => heard.push('2'));

    expect(heard).toEqual(['1', '2']);
  });

  it('is of no use when it has ended, or never was', async () => {
    const { sessions } = aStore();
    await sessions.open(aSession(), 1);
    await sessions.end('s');

    expect(await sessions.requestAbort('s')).toBe(false);
    expect(await sessions.requestAbort('?')).toBe(false);
  });
});

describe('forgetting', () => {
  it('begins five minutes after the end, and never before it', async () => {
    const { sessions, wait } = aStore();
    await sessions.open(aSession('runs'), 2);
    await sessions.open(aSession('ended'), 2);
    wait(3_600_000);
    await sessions.end('ended');

    wait(299_999);
    expect(await sessions.find('ended')).toMatchObject({ isRunning: false });
    wait(1);
    expect(await sessions.find('ended')).toBeNull();
    expect(await sessions.find('runs')).toMatchObject({ isRunning: true });
  });

  it('begins with the oldest when there are too many, or they are too large', async () => {
    const few = aStore({ maxEnded: 2 });
    const small = aStore({ maxEndedSize: 1000 });
    for (const id of ['1', '2', '3']) {
      for (const { sessions } of [few, small]) {
        await sessions.open(aSession(id), 9);
        await sessions.append(id, [text('x'.repeat(450))]);
        await sessions.end(id);
      }
    }

    for (const { sessions } of [few, small]) {
      expect(await sessions.find('1')).toBeNull();
      expect(await sessions.find('2')).not.toBeNull();
      expect(await sessions.find('3')).not.toBeNull();
    }
  });

  it('ends what is being read', async () => {
    const { sessions, wait } = aStore();
    await sessions.open(aSession(), 1);
    await sessions.append('s', [created, text('a'), text('b')]);
    const reader = sessions.read('s', 0, stay);
    await reader.next();
    await sessions.end('s');

    wait(300_000);
    await sessions.find('s');

    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  it('comes for all of them when the server closes', async () => {
    const { sessions } = aStore();
    await sessions.open(aSession(), 1);
    const reading = collect(sessions.read('s', 0, stay));
    await aMoment();

    await sessions.close();

    expect(await reading).toEqual([]);
  });
});

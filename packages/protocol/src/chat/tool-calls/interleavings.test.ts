import fc from 'fast-check';
import { closeToolCalls, openToolCalls, reduceToolCalls } from './assemble.ts';
import type { ToolCallDelta } from './call.ts';

/** A call that a model made. */
interface Made {
  id: string;
  name: string;
  text: string;
}
type Piece = Omit<ToolCallDelta, 'type'>;

const toolNames = ['weather', 'get_weather', 'search', 'roll', 'list_mcp_files'];
const whole = { ending: 'tool_calls', finishReason: 'tool_calls' } as const;
const RUNS = 100;

function assemble(pieces: readonly Piece[], finish: Parameters<typeof closeToolCalls>[1] = whole) {
  let state = openToolCalls({ idPrefix: 'made_', toolNames });
  const shown = new Map<string, { name: string; text: string }>();
  for (const piece of pieces) {
    const [next, events] = reduceToolCalls(state, { type: 'tool-call-delta', ...piece });
    state = next;
    for (const event of events) {
      if (event.type === 'tool-call-start') {
        expect(shown.has(event.callId)).toBe(false);
        shown.set(event.callId, { name: event.name, text: '' });
      } else {
        const call = shown.get(event.callId);
        if (!call) throw new Error('Arguments of a call that has not begun');
        call.text += event.text;
      }
    }
  }
  return { ...closeToolCalls(state, finish), shown };
}

/** What makes two calls the same to those who run them. */
const meaning = (name: string, value: unknown) => `${name} ${canonical(value)}`;
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}

const argumentsText = fc
  .tuple(
    fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
    fc.constantFrom(undefined, 1, 2),
  )
  .map(([value, indent]) => JSON.stringify(value, null, indent));

/** One to four calls, no two of them the same. */
const made = fc
  .uniqueArray(fc.record({ name: fc.constantFrom(...toolNames), text: argumentsText }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ name, text }) => meaning(name, JSON.parse(text)),
  })
  .map((calls) => calls.map((call, at): Made => ({ ...call, id: `call_${'abcd'[at]}` })));

/** Where the text of each call is cut into pieces, and whose turn it is to send one. */
const chance = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

function cut(text: string, next: () => number): string[] {
  const pieces: string[] = [];
  let from = 0;
  while (from < text.length) {
    const to = Math.min(text.length, from + 1 + Math.floor(next() * 6));
    pieces.push(text.slice(from, to));
    from = to;
  }
  return next() < 0.5 ? ['', ...pieces] : pieces;
}

/** All pieces, those of each call in their order, the calls in turns or one after another. */
function inTurns<T>(lists: readonly (readonly T[])[], next: () => number): T[] {
  const left = lists.map((list) => [...list]);
  const all: T[] = [];
  while (left.some((list) => list.length > 0)) {
    const open = left.filter((list) => list.length > 0);
    const list = open[Math.floor(next() * open.length)];
    const item = list?.shift();
    if (item !== undefined) all.push(item);
  }
  return all;
}
const oneByOne = <T>(lists: readonly (readonly T[])[]): T[] => lists.flat();

interface Context {
  next: () => number;
  /** The pieces of one call; `dress` says what each of them carries beside the text. */
  pieces: (
    calls: readonly Made[],
    dress: (call: Made, at: number, isHead: boolean) => Omit<Piece, 'argumentsText'>,
  ) => Piece[][];
}

const bare = { index: null, id: null, name: null };

/** How providers that can be understood send their calls. */
const manners: Record<string, (calls: readonly Made[], context: Context) => Piece[]> = {
  'by index, in turns': (calls, { pieces, next }) =>
    inTurns(
      pieces(calls, ({ id, name }, index, isHead) =>
        isHead ? { index, id, name } : { ...bare, index },
      ),
      next,
    ),
  'by index, in turns, without ids': (calls, { pieces, next }) =>
    inTurns(
      pieces(calls, ({ name }, index, isHead) => ({ index, id: null, name: isHead ? name : null })),
      next,
    ),
  'by id, in turns, without an index': (calls, { pieces, next }) =>
    inTurns(
      pieces(calls, ({ id, name }, _at, isHead) => ({
        index: null,
        id,
        name: isHead ? name : null,
      })),
      next,
    ),
  'by id, in turns, at one index': (calls, { pieces, next }) =>
    inTurns(
      pieces(calls, ({ id, name }, _at, isHead) => ({ index: 0, id, name: isHead ? name : null })),
      next,
    ),
  'by id, in turns, at indices that change': (calls, { pieces, next }) =>
    inTurns(
      pieces(calls, ({ id, name }, _at, isHead) => ({
        index: Math.floor(next() * 4),
        id,
        name: isHead ? name : null,
      })),
      next,
    ),
  'with everything in every piece': (calls, { pieces, next }) =>
    inTurns(
      pieces(calls, ({ id, name }, index) => ({ index, id, name })),
      next,
    ),
  'one after another, with an id and no index': (calls, { pieces }) =>
    oneByOne(
      pieces(calls, ({ id, name }, _at, isHead) => (isHead ? { index: null, id, name } : bare)),
    ),
  'one after another, with an index at the head alone': (calls, { pieces }) =>
    oneByOne(pieces(calls, ({ id, name }, index, isHead) => (isHead ? { index, id, name } : bare))),
  'one after another, all at index 0': (calls, { pieces }) =>
    oneByOne(
      pieces(calls, ({ id, name }, _at, isHead) =>
        isHead ? { index: 0, id, name } : { ...bare, index: 0 },
      ),
    ),
  'one after another, all at index 0, without ids': (calls, { pieces }) =>
    oneByOne(
      pieces(calls, ({ name }, _at, isHead) => ({
        index: 0,
        id: null,
        name: isHead ? name : null,
      })),
    ),
  'with one id for all, at their indices': (calls, { pieces }) =>
    oneByOne(
      pieces(calls, ({ name }, index, isHead) => ({
        index,
        id: 'same',
        name: isHead ? name : null,
      })),
    ),
  'with the name late': (calls, { pieces, next }) =>
    inTurns(
      pieces(calls, ({ id }, index) => ({ index, id, name: null })).map((list, index) => [
        ...list,
        { ...bare, index, name: calls[index]?.name ?? null, argumentsText: '' },
      ]),
      next,
    ),
  'with the name in pieces': (calls, { pieces, next }) =>
    inTurns(
      pieces(calls, () => bare).map((list, index) => {
        const { id = '', name = '' } = calls[index] ?? {};
        const middle = name.startsWith('get_') ? 4 : Math.floor(name.length / 2);
        return [
          { index, id, name: name.slice(0, middle), argumentsText: '' },
          { index, id: null, name: name.slice(middle), argumentsText: '' },
          ...list.map((piece) => ({ ...piece, index })),
        ];
      }),
      next,
    ),
  'whole, without index or id': (calls) =>
    calls.map(({ name, text }) => ({ ...bare, name, argumentsText: text })),
};

const anyManner = fc.constantFrom(
  ...Object.keys(manners).filter((manner) => manner !== 'with the name in pieces'),
);

function contextOf(stream: Iterator<number>): Context {
  const next = () => stream.next().value as number;
  return {
    next,
    pieces: (calls, dress) =>
      calls.map((call, at) =>
        cut(call.text, next).map((text, position) => ({
          ...dress(call, at, position === 0),
          argumentsText: text,
        })),
      ),
  };
}

const told = (calls: readonly Made[]) =>
  calls.map(({ name, text }) => `${name} ${text}`).toSorted();
const found = (calls: ReturnType<typeof assemble>['calls']) =>
  calls.map(({ name, argumentsText: text }) => `${name} ${text}`).toSorted();

describe('calls that can be told apart', () => {
  it.each(Object.keys(manners))('are what the model made: %s', (manner) => {
    fc.assert(
      fc.property(made, chance, (calls, stream) => {
        const pieces = manners[manner]?.(calls, contextOf(stream)) ?? [];

        const answer = assemble(pieces);

        expect(answer.refusal).toBeNull();
        expect(found(answer.calls)).toEqual(told(calls));
        expect(new Set(answer.calls.map(({ id }) => id)).size).toBe(calls.length);
        expect(answer.calls.map(({ id, argumentsText: text }) => [id, text])).toEqual(
          answer.calls.map(({ id }) => [id, answer.shown.get(id)?.text]),
        );
        expect(answer.shown.size).toBe(calls.length);
      }),
      { numRuns: RUNS },
    );
  });

  it.each(Object.keys(manners))('are not doubled when all come again at the end: %s', (manner) => {
    fc.assert(
      fc.property(made, chance, (calls, stream) => {
        const context = contextOf(stream);
        const pieces = manners[manner]?.(calls, context) ?? [];
        const isNamed = pieces.some(({ id }) => id !== null);
        const again = calls.map(({ id, name, text }, at): Piece => {
          const index = pieces.some((piece) => piece.index === at) ? at : null;
          const ownId = manner.startsWith('with one id') ? 'same' : id;
          return { index, id: isNamed ? ownId : null, name, argumentsText: text };
        });

        const answer = assemble([...pieces, ...again]);

        const isRefused = answer.refusal !== null;
        expect(isRefused ? [] : found(answer.calls)).toEqual(isRefused ? [] : told(calls));
      }),
      { numRuns: RUNS },
    );
  });

  it('are put together from texts that grow', () => {
    fc.assert(
      fc.property(made, chance, (calls, stream) => {
        const context = contextOf(stream);
        const lists = context
          .pieces(calls, ({ id, name }, index) => ({ index, id, name }))
          .map((list) => {
            let text = '';
            return list.map((piece) => ({
              ...piece,
              argumentsText: (text += piece.argumentsText),
            }));
          });

        const { calls: read, refusal } = assemble(inTurns(lists, context.next));

        // A text that ends where an object may follow can be told from no object that follows.
        expect(refusal ? ['cut', 'malformed'] : found(read)).toEqual(
          refusal ? expect.arrayContaining([refusal.reason]) : told(calls),
        );
      }),
      { numRuns: RUNS },
    );
  });
});

/** What badly behaved providers do to the pieces of calls that come one after another, in this order. */
const spoilers: Record<
  string,
  (pieces: Piece[], next: () => number, calls: readonly Made[]) => Piece[]
> = {
  'arguments again at their end': (pieces, _next, calls) => {
    const seen = new Map<Piece, string>();
    let at = -1;
    for (const piece of pieces) {
      if (piece.name !== null) at += 1;
      seen.set(piece, calls[at]?.text ?? '');
    }
    return pieces.flatMap((piece, position) => {
      const isLast = pieces[position + 1] === undefined || pieces[position + 1]?.name !== null;
      return isLast
        ? [piece, { ...piece, name: null, argumentsText: seen.get(piece) ?? '' }]
        : [piece];
    });
  },
  'no index': (pieces) => pieces.map((piece) => ({ ...piece, index: null })),
  'the index now and then': (pieces, next) =>
    pieces.map((piece) => (next() < 0.5 ? { ...piece, index: null } : piece)),
  'one index': (pieces) => pieces.map((piece) => ({ ...piece, index: 0 })),
  'no ids': (pieces) => pieces.map((piece) => ({ ...piece, id: null })),
  'ids now and then': (pieces, next) =>
    pieces.map((piece) => (next() < 0.5 ? { ...piece, id: null } : piece)),
  'one id': (pieces) =>
    pieces.map((piece) => ({ ...piece, id: piece.id === null ? null : 'same' })),
  'the name again': (pieces) => {
    let name: string | null = null;
    return pieces.map((piece) => ({ ...piece, name: (name = piece.name ?? name) }));
  },
  'the head again': (pieces, next) =>
    pieces.flatMap((piece) =>
      piece.name !== null && next() < 0.5 ? [{ ...piece, argumentsText: '' }, piece] : [piece],
    ),
  'the last piece again': (pieces) => {
    const last = pieces.at(-1);
    return last ? [...pieces, last] : pieces;
  },
  'the calls again': (pieces, next, calls) => [
    ...pieces,
    ...calls.map(({ id, name, text }, at): Piece => {
      const hasIndex = pieces.some((piece) => piece.index === at) && next() < 0.5;
      const hasId = pieces.some((piece) => piece.id === id) && next() < 0.5;
      return { index: hasIndex ? at : null, id: hasId ? id : null, name, argumentsText: text };
    }),
  ],
  'all pieces again': (pieces) => [...pieces, ...pieces],
  // After a head alone nobody can tell: no arguments may be what the model meant.
  'the end is missing': (pieces, next) => {
    const kept = pieces.slice(0, Math.floor(next() * pieces.length));
    return kept.slice(0, kept.findLastIndex(({ argumentsText: text }) => text !== '') + 1);
  },
  'the beginning is missing': (pieces, next) => pieces.slice(Math.floor(next() * pieces.length)),
};

describe('calls that can not', () => {
  it('are refused rather than made up, merged or doubled', () => {
    const read = { right: 0, refused: 0 };
    fc.assert(
      fc.property(
        made,
        chance,
        fc.uniqueArray(fc.constantFrom(...Object.keys(spoilers)), { minLength: 1, maxLength: 3 }),
        (calls, stream, names) => {
          const context = contextOf(stream);
          const legal = oneByOne(
            context.pieces(calls, ({ id, name }, index, isHead) =>
              isHead ? { index, id, name } : { ...bare, index },
            ),
          );
          const inOrder = Object.keys(spoilers).filter((name) => names.includes(name));
          const pieces = inOrder.reduce(
            (spoilt, name) => spoilers[name]?.(spoilt, context.next, calls) ?? spoilt,
            legal,
          );

          const answer = assemble(pieces);

          const known = calls.map(({ name, text }) => meaning(name, JSON.parse(text)));
          const given = answer.calls.map((call) => meaning(call.name, call.arguments));
          expect(known).toEqual(expect.arrayContaining(given));
          expect(new Set(given).size).toBe(given.length);
          const isShort = names.some((name) => name.endsWith('missing'));
          if (!isShort && !answer.refusal) expect(given.length).toBe(calls.length);
          read[answer.refusal ? 'refused' : 'right'] += 1;
        },
      ),
      { numRuns: 10 * RUNS },
    );
    // The test is worth something only if both happen.
    expect(read.right).toBeGreaterThan(RUNS);
    expect(read.refused).toBeGreaterThan(RUNS);
  });

  it('are refused when calls come in turns and nothing says whose turn it is', () => {
    fc.assert(
      fc.property(
        made,
        chance,
        anyManner,
        fc.constantFrom(null, 0),
        (calls, stream, manner, index) => {
          const legal = manners[manner]?.(calls, contextOf(stream)) ?? [];
          let heads = new Set<string>();
          const pieces = legal.map((piece) => {
            const isHead = piece.id !== null && !heads.has(piece.id);
            heads = new Set([...heads, piece.id ?? '']);
            return { ...piece, index, id: isHead ? piece.id : null };
          });

          const answer = assemble(pieces);

          const known = calls.map(({ name, text }) => meaning(name, JSON.parse(text)));
          const given = answer.calls
            .filter(({ name }) => toolNames.includes(name))
            .map((call) => meaning(call.name, call.arguments));
          expect(known).toEqual(expect.arrayContaining(given));
          expect(new Set(given).size).toBe(given.length);
        },
      ),
      { numRuns: 5 * RUNS },
    );
  });

  it('never throw, whatever comes', () => {
    const anyPiece = fc.record({
      index: fc.option(fc.integer({ min: 0, max: 3 })),
      id: fc.option(fc.constantFrom('', 'a', 'b', 'made_0', '__proto__')),
      name: fc.option(fc.constantFrom('', 'roll', 'get_', 'weather', 'x'.repeat(40))),
      argumentsText: fc.oneof(
        fc.constantFrom('', '{', '}', '{}', '"a":', '1', '{"a":1}', ' ', ',', '[', ']', '"'),
        fc.string({ maxLength: 5, unit: 'binary' }),
      ),
    });
    fc.assert(
      fc.property(fc.array(anyPiece, { maxLength: 20 }), (pieces) => {
        const { calls, refusal } = assemble(pieces);

        expect(refusal === null || calls.length === 0).toBe(true);
        expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
        for (const call of calls) expect(JSON.parse(call.argumentsText)).toEqual(call.arguments);
      }),
      { numRuns: 5 * RUNS },
    );
  });
});

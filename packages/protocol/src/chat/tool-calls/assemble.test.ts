import { closeToolCalls, openToolCalls, reduceToolCalls, type ToolCallEvent } from './assemble.ts';
import type { ToolCallDelta } from './call.ts';
import type { ClosedCalls } from './close.ts';

/** Index, id, name and arguments of one piece. */
type Piece = [number | null, string | null, string | null, string];

const toolNames = ['weather', 'get_weather', 'search', 'roll'];
const whole = { ending: 'tool_calls', finishReason: 'tool_calls' } as const;

const aDelta = ([index, id, name, argumentsText]: Piece): ToolCallDelta => ({
  type: 'tool-call-delta',
  index,
  id,
  name,
  argumentsText,
});

function assemble(
  pieces: readonly Piece[],
  finish: Parameters<typeof closeToolCalls>[1] = whole,
): ClosedCalls & { events: ToolCallEvent[] } {
  let state = openToolCalls({ idPrefix: 'made_', toolNames });
  const events: ToolCallEvent[] = [];
  for (const piece of pieces) {
    const [next, more] = reduceToolCalls(state, aDelta(piece));
    state = next;
    events.push(...more);
  }
  return { ...closeToolCalls(state, finish), events };
}

/** Calls as `id name arguments`, or the reason for which there are none. */
function outcome(pieces: readonly Piece[]): string[] | string {
  const { calls, refusal } = assemble(pieces);
  return (
    refusal?.reason ?? calls.map(({ id, name, argumentsText }) => `${id} ${name} ${argumentsText}`)
  );
}

const OSLO = '{"city":"Oslo"}';
const ROME = '{"city":"Rome"}';

describe('reduceToolCalls', () => {
  it.each<[string, Piece[], string[]]>([
    [
      'a call in pieces',
      [
        [0, 'a', 'weather', ''],
        [0, null, null, '{"city":'],
        [0, null, null, '"Oslo"}'],
      ],
      [`a weather ${OSLO}`],
    ],
    ['a call in one piece', [[0, 'a', 'weather', OSLO]], [`a weather ${OSLO}`]],
    [
      'white space as it came',
      [[0, 'a', 'weather', ' {\n"city" : "Oslo" }\n']],
      ['a weather  {\n"city" : "Oslo" }\n'],
    ],
    ['no arguments as an empty object', [[0, 'a', 'weather', '']], ['a weather {}']],
    [
      'two calls by index, in turns',
      [
        [0, 'a', 'weather', '{"city":'],
        [1, 'b', 'search', ''],
        [1, null, null, '{"q":'],
        [0, null, null, '"Oslo"}'],
        [1, null, null, '1}'],
      ],
      [`a weather ${OSLO}`, 'b search {"q":1}'],
    ],
    [
      'two calls by id, in turns, without any index',
      [
        [null, 'a', 'weather', '{"city":'],
        [null, 'b', 'weather', ''],
        [null, 'b', null, ROME],
        [null, 'a', null, '"Oslo"}'],
      ],
      [`a weather ${OSLO}`, `b weather ${ROME}`],
    ],
    [
      'calls one after another without any index',
      [
        [null, 'a', 'weather', ''],
        [null, null, null, '{"city":'],
        [null, null, null, '"Oslo"}'],
        [null, 'b', 'weather', ROME],
      ],
      [`a weather ${OSLO}`, `b weather ${ROME}`],
    ],
    [
      'calls without index or id',
      [
        [null, null, 'weather', OSLO],
        [null, null, 'weather', ROME],
        [null, null, 'search', '{}'],
      ],
      [`made_0 weather ${OSLO}`, `made_1 weather ${ROME}`, 'made_2 search {}'],
    ],
    [
      'an empty id and an empty name as none',
      [
        [0, 'a', 'weather', '{"city":'],
        [0, '', '', '"Oslo"}'],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'one index for two calls, by their ids',
      [
        [0, 'a', 'weather', OSLO],
        [0, 'b', 'weather', '{"city":'],
        [0, null, null, '"Rome"}'],
      ],
      [`a weather ${OSLO}`, `b weather ${ROME}`],
    ],
    [
      'one index for two calls, by their names',
      [
        [0, null, 'weather', OSLO],
        [0, null, 'search', '{"q":'],
        [0, null, null, '1}'],
      ],
      [`made_0 weather ${OSLO}`, 'made_1 search {"q":1}'],
    ],
    [
      'one index for two calls of one tool',
      [
        [0, null, 'weather', OSLO],
        [0, null, 'weather', '{"city":'],
        [0, null, null, '"Rome"}'],
      ],
      [`made_0 weather ${OSLO}`, `made_1 weather ${ROME}`],
    ],
    [
      'one id for two calls, by their names',
      [
        [0, 'x', 'weather', OSLO],
        [1, 'x', 'search', '{}'],
      ],
      [`x weather ${OSLO}`, 'x_1 search {}'],
    ],
    [
      'one id for two whole calls',
      [
        [null, 'x', 'weather', OSLO],
        [null, 'x', 'weather', ROME],
      ],
      [`x weather ${OSLO}`, `x_1 weather ${ROME}`],
    ],
    [
      'an index that changes under one id',
      [
        [0, 'a', 'weather', ''],
        [1, 'a', null, '{"city":'],
        [2, 'a', null, '"Oslo"}'],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'an index that changes while one call is open',
      [
        [0, 'a', 'weather', '{"city":'],
        [1, null, null, '"Oslo"}'],
        [1, 'b', 'search', '{}'],
      ],
      [`a weather ${OSLO}`, 'b search {}'],
    ],
    [
      'an index that changes before the arguments',
      [
        [0, 'a', 'weather', ''],
        [1, null, null, '{"city":'],
        [1, null, null, '"Oslo"}'],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'an index that is left out in the middle',
      [
        [0, 'a', 'weather', '{"city":'],
        [null, null, null, '"Oslo"}'],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'pieces without an index that only one call can go on with',
      [
        [null, 'a', 'weather', '{"city":"Oslo"'],
        [null, 'b', 'roll', '{"n":[1'],
        [null, null, null, '}'],
        [null, null, null, ']}'],
      ],
      [`a weather ${OSLO}`, 'b roll {"n":[1]}'],
    ],
    [
      'a name that comes late',
      [
        [0, 'a', null, ''],
        [0, null, null, OSLO],
        [0, null, 'weather', ''],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'an id that comes late',
      [
        [0, null, 'weather', ''],
        [0, 'a', null, OSLO],
      ],
      [`made_0 weather ${OSLO}`],
    ],
    [
      'a name in pieces',
      [
        [0, 'a', 'get_', ''],
        [0, null, 'weather', ''],
        [0, null, null, OSLO],
      ],
      [`a get_weather ${OSLO}`],
    ],
    [
      'a name that comes again',
      [
        [0, 'a', 'weather', ''],
        [0, null, 'weather', '{"city":'],
        [0, 'a', 'weather', '"Oslo"}'],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'a name that grows',
      [
        [0, 'a', 'get_', ''],
        [0, 'a', 'get_weather', OSLO],
      ],
      [`a get_weather ${OSLO}`],
    ],
    [
      'a name that was made up, in pieces',
      [
        [0, 'a', 'no_', ''],
        [0, 'a', 'tool', '{}'],
      ],
      ['a no_tool {}'],
    ],
    [
      'two equal calls at two indices',
      [
        [0, 'a', 'roll', '{}'],
        [1, 'b', 'roll', '{}'],
      ],
      ['a roll {}', 'b roll {}'],
    ],
    [
      'two equal calls at two indices without ids',
      [
        [0, null, 'roll', '{}'],
        [1, null, 'roll', '{}'],
      ],
      ['made_0 roll {}', 'made_1 roll {}'],
    ],
    [
      'two equal calls of two ids at one index',
      [
        [0, 'a', 'roll', '{}'],
        [0, 'b', 'roll', '{}'],
      ],
      ['a roll {}', 'b roll {}'],
    ],
    [
      'a made id apart from one that comes later',
      [
        [0, null, 'roll', '{}'],
        [1, 'made_0', 'roll', '{}'],
      ],
      ['made_0 roll {}', 'made_0_1 roll {}'],
    ],
    [
      'a call that comes twice under its id',
      [
        [0, 'a', 'weather', OSLO],
        [0, 'a', 'weather', OSLO],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'a call that comes twice in pieces',
      [
        [0, 'a', 'weather', OSLO],
        [0, 'a', 'weather', ''],
        [0, null, null, '{"city":'],
        [0, null, null, '"Oslo"}'],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'a call that comes twice, spaced otherwise',
      [
        [0, 'a', 'weather', OSLO],
        [0, 'a', 'weather', '{ "city": "Oslo" }'],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'a call that comes again with an id',
      [
        [0, null, 'weather', OSLO],
        [0, 'a', 'weather', OSLO],
      ],
      [`made_0 weather ${OSLO}`],
    ],
    [
      'several calls that come twice',
      [
        [0, 'a', 'weather', OSLO],
        [1, 'b', 'weather', ROME],
        [0, 'a', 'weather', OSLO],
        [1, 'b', 'weather', ROME],
      ],
      [`a weather ${OSLO}`, `b weather ${ROME}`],
    ],
    [
      'several calls that come twice without index or id',
      [
        [null, null, 'weather', OSLO],
        [null, null, 'search', '{}'],
        [null, null, 'weather', OSLO],
        [null, null, 'search', '{}'],
      ],
      [`made_0 weather ${OSLO}`, 'made_1 search {}'],
    ],
    [
      'several calls that come three times under one id',
      [
        [null, 'x', 'weather', OSLO],
        [null, 'x', 'weather', ROME],
        [null, 'x', 'weather', OSLO],
        [null, 'x', 'weather', ROME],
        [null, 'x', 'weather', OSLO],
      ],
      [`x weather ${OSLO}`, `x_1 weather ${ROME}`],
    ],
    [
      'a head that comes again after its call',
      [
        [0, 'a', 'weather', OSLO],
        [0, 'a', 'weather', ''],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'the arguments again at their end',
      [
        [0, 'a', 'weather', '{"city":'],
        [0, null, null, '"Oslo"}'],
        [0, null, null, OSLO],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'the last piece again',
      [
        [0, 'a', 'weather', '{"city":'],
        [0, null, null, '"Oslo"}'],
        [0, null, null, '"Oslo"}'],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'a piece again that JSON cannot go on with',
      [
        [0, 'a', 'weather', '{"city"'],
        [0, null, null, ':"Oslo"'],
        [0, null, null, ':"Oslo"'],
        [0, null, null, '}'],
      ],
      [`a weather ${OSLO}`],
    ],
    [
      'the text so far again with each piece',
      [
        [0, 'a', 'roll', '{"n"'],
        [0, 'a', 'roll', '{"n":[1,'],
        [0, 'a', 'roll', '{"n":[1,{"x":2}]}'],
      ],
      ['a roll {"n":[1,{"x":2}]}'],
    ],
    [
      'words that repeat themselves',
      [
        [0, 'a', 'search', '{"q":"'],
        [0, null, null, 'ha'],
        [0, null, null, 'ha'],
        [0, null, null, '"}'],
      ],
      ['a search {"q":"haha"}'],
    ],
    [
      'digits and brackets that repeat themselves',
      [
        [0, 'a', 'roll', '{"n":[[1'],
        [0, null, null, '1'],
        [0, null, null, ']'],
        [0, null, null, ']'],
        [0, null, null, '}'],
      ],
      ['a roll {"n":[[11]]}'],
    ],
    [
      'objects in objects',
      [
        [0, 'a', 'roll', '{"a":'],
        [0, null, null, '{"a":'],
        [0, null, null, '1}'],
        [0, null, null, '}'],
      ],
      ['a roll {"a":{"a":1}}'],
    ],
    [
      'a piece of nothing as nothing',
      [
        [0, 'a', 'weather', OSLO],
        [0, null, null, ''],
        [7, null, null, ''],
        [null, null, null, ''],
      ],
      [`a weather ${OSLO}`],
    ],
  ])('reads %s', (_name, pieces, calls) => {
    expect(outcome(pieces)).toEqual(calls);
  });

  it.each<[string, Piece[], string]>([
    ['arguments that broke off', [[0, 'a', 'weather', '{"city":"Os']], 'cut'],
    [
      'a whole call beside one that broke off',
      [
        [0, 'a', 'weather', OSLO],
        [1, 'b', 'search', '{"q"'],
      ],
      'cut',
    ],
    [
      'a second time that broke off',
      [
        [0, 'a', 'weather', OSLO],
        [0, 'a', 'weather', '{"city"'],
      ],
      'cut',
    ],
    [
      'one index for two calls that have begun',
      [
        [0, 'a', 'roll', ''],
        [0, 'b', 'search', ''],
        [0, null, null, '{}'],
      ],
      'ambiguous',
    ],
    [
      'one id for two calls in turns',
      [
        [0, 'x', 'weather', '{"city":'],
        [1, 'x', 'weather', '{"city":'],
        [0, null, null, '"Oslo"}'],
        [1, null, null, '"Rome"}'],
      ],
      'ambiguous',
    ],
    [
      'one index for two calls in turns',
      [
        [0, 'a', 'weather', '{"a":['],
        [0, 'b', 'weather', '{"b":1'],
        [0, null, null, '}'],
        [0, null, null, ']}'],
      ],
      'ambiguous',
    ],
    [
      'one index for two calls in turns, without ids',
      [
        [0, null, 'weather', '{"a":['],
        [0, null, 'weather', '{"b":1'],
        [0, null, null, '}'],
        [0, null, null, ']}'],
      ],
      'ambiguous',
    ],
    [
      'a name in the middle, and then an object',
      [
        [0, null, 'weather', '{"a":['],
        [0, null, 'weather', ''],
        [0, null, null, '{"b":1}'],
        [0, null, null, ']}'],
      ],
      'ambiguous',
    ],
    [
      'pieces that two calls can go on with',
      [
        [null, 'a', 'weather', '{"a":1'],
        [null, 'b', 'weather', '{"b":2'],
        [null, null, null, '}'],
        [null, null, null, '}'],
      ],
      'ambiguous',
    ],
    [
      'an object at an index of its own while a call waits for one',
      [
        [0, 'a', 'roll', '{"a":'],
        [1, null, null, '{"b":1}'],
        [0, null, null, '}'],
      ],
      'ambiguous',
    ],
    [
      'an index taken over, and then claimed by a name',
      [
        [0, 'a', 'roll', ''],
        [1, null, null, '{}'],
        [1, 'b', 'search', ''],
      ],
      'ambiguous',
    ],
    [
      'an equal call under one id at another index',
      [
        [0, 'x', 'roll', '{}'],
        [1, 'x', 'roll', '{}'],
      ],
      'ambiguous',
    ],
    [
      'a head under one id at another index',
      [
        [0, 'x', 'roll', ''],
        [1, 'x', 'roll', ''],
      ],
      'ambiguous',
    ],
    [
      'other arguments after the end, without a name',
      [
        [0, 'a', 'weather', OSLO],
        [0, null, null, ROME],
      ],
      'ambiguous',
    ],
    [
      'nonsense after the end',
      [
        [0, 'a', 'weather', OSLO],
        [0, null, null, 'x'],
      ],
      'ambiguous',
    ],
    [
      'arguments that come again while another call is open',
      [
        [0, 'a', 'roll', '{"n":1}'],
        [1, 'b', 'roll', '{"p":['],
        [0, null, null, '{"n":1}'],
        [1, null, null, ']}'],
      ],
      'ambiguous',
    ],
    [
      'a piece added twice by a provider that sends pieces twice',
      [
        [0, 'a', 'roll', '{"n":1'],
        [0, null, null, '1'],
        [0, null, null, '1'],
        [0, null, null, '}'],
        [0, null, null, '}'],
      ],
      'ambiguous',
    ],
    [
      'a name that can be a piece or a name',
      [
        [0, 'a', 'search', ''],
        [0, null, 'nothing_like_it', ''],
        [0, null, 'or_this', ''],
      ],
      'ambiguous',
    ],
    ['arguments for no call', [[0, null, null, OSLO]], 'nameless'],
    ['the end of arguments for no call', [[0, null, null, '"Oslo"}']], 'ambiguous'],
    ['a call without a name', [[0, 'a', null, OSLO]], 'nameless'],
    ['arguments that are no JSON', [[0, 'a', 'weather', '{city: "Oslo"}']], 'malformed'],
    ['a line break in a string', [[0, 'a', 'weather', '{"city":"Os\nlo"}']], 'malformed'],
    ['a number that is none', [[0, 'a', 'weather', '{"n":1.2.3}']], 'malformed'],
    ['two objects in one piece', [[0, 'a', 'weather', OSLO + ROME]], 'malformed'],
    ['a list', [[0, 'a', 'weather', '["Oslo"]']], 'not_an_object'],
    ['null', [[0, 'a', 'weather', 'null']], 'not_an_object'],
    ['JSON in a string', [[0, 'a', 'weather', JSON.stringify(OSLO)]], 'not_an_object'],
    [
      'arguments deeper than any',
      [[0, 'a', 'weather', `{"n":${'['.repeat(300)}${']'.repeat(300)}}`]],
      'malformed',
    ],
    [
      'more calls than any',
      Array.from({ length: 129 }, (_, n) => [n, `a${n}`, 'roll', '{}'] as Piece),
      'too_many',
    ],
    [
      'more repetitions than any',
      Array.from({ length: 130 }, () => [0, 'a', 'roll', '{}'] as Piece),
      'too_many',
    ],
    [
      'longer arguments than any',
      [
        [0, 'a', 'search', '{"q":"'],
        [0, null, null, 'x'.repeat(1_000_000)],
        [0, null, null, '"}'],
      ],
      'too_large',
    ],
  ])('refuses %s', (_name, pieces, reason) => {
    expect(outcome(pieces)).toBe(reason);
  });

  it('hands out parsed arguments', () => {
    const { calls } = assemble([[0, 'a', 'weather', '{"city":"Oslo","__proto__":1}']]);

    expect(calls[0]?.arguments).toEqual(JSON.parse('{"city":"Oslo","__proto__":1}'));
  });

  it('shows each call once, and all of its arguments', () => {
    const { events } = assemble([
      [0, 'a', 'weather', ''],
      [0, null, null, '{"city":'],
      [1, 'b', null, '{}'],
      [0, null, null, '"Oslo"}'],
      [1, null, 'search', ''],
      [0, 'a', 'weather', OSLO],
    ]);

    expect(events).toEqual([
      { type: 'tool-call-start', callId: 'a', name: 'weather' },
      { type: 'tool-call-arguments', callId: 'a', text: '{"city":' },
      { type: 'tool-call-arguments', callId: 'a', text: '"Oslo"}' },
      { type: 'tool-call-start', callId: 'b', name: 'search' },
      { type: 'tool-call-arguments', callId: 'b', text: '{}' },
    ]);
  });

  it('shows a call that could have been an earlier one as soon as it is another', () => {
    const { events } = assemble([
      [0, null, 'weather', OSLO],
      [0, null, 'weather', '{"city":'],
      [0, null, null, '"Rome"}'],
    ]);

    expect(events.slice(2)).toEqual([
      { type: 'tool-call-start', callId: 'made_1', name: 'weather' },
      { type: 'tool-call-arguments', callId: 'made_1', text: ROME },
    ]);
  });

  it('shows what the text grew by when it comes again and again', () => {
    const { events } = assemble([
      [0, 'a', 'roll', '{"n"'],
      [0, 'a', 'roll', '{"n":1'],
      [0, 'a', 'roll', '{"n":1}'],
    ]);

    const shown = events.map((event) => ('text' in event ? event.text : ''));
    expect(shown.join('')).toBe('{"n":1}');
  });

  it('changes nothing that it was given', () => {
    const before = openToolCalls({ idPrefix: 'made_', toolNames });
    const [state] = reduceToolCalls(before, aDelta([0, 'a', 'weather', '{"city":']));
    const copy = structuredClone(state);

    reduceToolCalls(state, aDelta([0, 'a', 'weather', '"Oslo"}']));

    expect(state).toEqual(copy);
    expect(before.calls).toEqual([]);
  });

  it('reads arguments that come in very many pieces', () => {
    const pieces = 50_000;
    let state = openToolCalls({ idPrefix: 'made_', toolNames });
    const read = (text: string) => {
      [state] = reduceToolCalls(state, aDelta([0, 'a', null, text]));
    };
    [state] = reduceToolCalls(state, aDelta([0, 'a', 'search', '{"q":"']));
    for (let piece = 0; piece < pieces; piece += 1) read('word word ');
    read('"}');

    expect(closeToolCalls(state, whole).calls[0]?.argumentsText).toHaveLength(pieces * 10 + 8);
  });
});

describe('closeToolCalls', () => {
  it('finds no calls in an answer without any', () => {
    expect(assemble([], { ending: 'cut', finishReason: null })).toMatchObject({
      calls: [],
      refusal: null,
    });
  });

  it.each(['length', 'cut', 'stalled', 'failed', 'stopped', 'budget', 'content_filter'] as const)(
    'refuses the calls of an answer that ended as %s, whole as they look',
    (ending) => {
      const { calls, refusal } = assemble([[0, 'a', 'weather', '']], {
        ending,
        finishReason: ending,
      });

      expect(calls).toEqual([]);
      expect(refusal).toMatchObject({ reason: 'cut', callId: null });
    },
  );

  it('takes calls of an answer that says it is complete', () => {
    const finish = { ending: 'complete', finishReason: 'stop' } as const;

    expect(assemble([[0, 'a', 'weather', OSLO]], finish).calls).toHaveLength(1);
  });

  it('looks for itself where arguments are only suspected to have broken off', () => {
    const suspicion = { ending: 'length', finishReason: 'tool_calls' } as const;

    expect(assemble([[0, 'a', 'weather', OSLO]], suspicion).calls).toHaveLength(1);
    expect(assemble([[0, 'a', 'weather', '{"ci']], suspicion).refusal?.reason).toBe('cut');
  });

  it('says in words why, and names the call', () => {
    const { refusal } = assemble([[0, 'a', 'weather', '{"city"']]);

    expect(refusal).toEqual({
      reason: 'cut',
      callId: 'a',
      message: 'The answer broke off before the call of “weather” was complete. No tool was run.',
    });
  });
});

import fc from 'fast-check';
import { createErrorBody } from '../api/error.ts';
import type { RunEvent } from './events.ts';
import { contentPartSchema, type FileReference } from './part.ts';
import { emptyRun, reduceRun, type RunState } from './reduce.ts';
import { runStepSchema } from './step.ts';

const fold = (events: readonly RunEvent[], from: RunState = emptyRun) =>
  events.reduce(reduceRun, from);

const begin = (step: number): RunEvent => ({ type: 'step-start', step });
const say = (text: string): RunEvent => ({ type: 'text-delta', text });
const think = (text: string): RunEvent => ({ type: 'reasoning-delta', text });
const startCall = (callId: string): RunEvent => ({ type: 'tool-call-start', callId, name: 'add' });
const write = (callId: string, text: string): RunEvent => ({
  type: 'tool-call-arguments',
  callId,
  text,
});
const runCall = (callId: string, args: string): RunEvent => ({
  type: 'tool-call-run',
  callId,
  name: 'add',
  args,
});
const giveResult = (callId: string, output: string, isError = false): RunEvent => ({
  type: 'tool-call-result',
  callId,
  output,
  isError,
  durationMs: 12,
});
const endStep = (step: number, rest: object = {}): RunEvent => ({
  type: 'step-finish',
  step,
  ending: 'complete',
  finishReason: 'stop',
  usage: { cost: 0.01 },
  trace: null,
  ...rest,
});

const picture: FileReference = {
  file_id: 'f1',
  filename: 'a.png',
  type: 'image/png',
  filepath: '/api/files/f1',
  bytes: 3,
};
const { error } = createErrorBody('provider_error', 'It broke.');

const call = (id: string, rest: object = {}) => ({
  type: 'tool_call',
  id,
  name: 'add',
  args: '',
  output: null,
  progress: 0,
  is_error: false,
  duration_ms: null,
  ...rest,
});

describe('reduceRun', () => {
  it.each<[string, RunEvent[], unknown[]]>([
    ['joins words', [begin(0), say('Hel'), say('lo')], [{ type: 'text', text: 'Hello', step: 0 }]],
    [
      'takes a refusal for words',
      [begin(0), say('I '), { type: 'refusal-delta', text: 'will not.' }],
      [{ type: 'text', text: 'I will not.', step: 0 }],
    ],
    [
      'keeps thoughts apart from words, and says how long they took',
      [begin(0), think('H'), think('m'), { type: 'reasoning-end', durationMs: 7 }, say('So')],
      [
        { type: 'think', think: 'Hm', step: 0, duration_ms: 7 },
        { type: 'text', text: 'So', step: 0 },
      ],
    ],
    [
      'keeps the order of thoughts and words in turns',
      [begin(0), say('a'), think('b'), say('c')],
      [
        { type: 'text', text: 'a', step: 0 },
        { type: 'think', think: 'b', step: 0, duration_ms: null },
        { type: 'text', text: 'c', step: 0 },
      ],
    ],
    [
      'begins new words and thoughts with a new step',
      [begin(0), say('a'), begin(1), say('b'), think('c'), begin(2), think('d')],
      [
        { type: 'text', text: 'a', step: 0 },
        { type: 'text', text: 'b', step: 1 },
        { type: 'think', think: 'c', step: 1, duration_ms: null },
        { type: 'think', think: 'd', step: 2, duration_ms: null },
      ],
    ],
    [
      'times the latest thoughts',
      [
        begin(0),
        think('a'),
        begin(1),
        think('b'),
        say('c'),
        { type: 'reasoning-end', durationMs: 3 },
      ],
      [
        { type: 'think', think: 'a', step: 0, duration_ms: null },
        { type: 'think', think: 'b', step: 1, duration_ms: 3 },
        { type: 'text', text: 'c', step: 1 },
      ],
    ],
    ['knows words before any step', [say('a')], [{ type: 'text', text: 'a' }]],
    [
      'shows a call as it is written',
      [begin(0), startCall('a'), write('a', '{"n"'), write('a', ':1}')],
      [{ type: 'tool_call', step: 0, tool_call: call('a', { args: '{"n":1}' }) }],
    ],
    [
      'shows a call as it runs, with the arguments that count',
      [begin(0), startCall('a'), write('a', '{"n":1'), runCall('a', '{"n":1}')],
      [{ type: 'tool_call', step: 0, tool_call: call('a', { args: '{"n":1}', progress: 0.5 }) }],
    ],
    [
      'shows the results of calls, in whatever order they come',
      [begin(0), startCall('a'), startCall('b'), giveResult('b', '2'), giveResult('a', 'no', true)],
      [
        {
          type: 'tool_call',
          step: 0,
          tool_call: call('a', { output: 'no', is_error: true, progress: 1, duration_ms: 12 }),
        },
        {
          type: 'tool_call',
          step: 0,
          tool_call: call('b', { output: '2', progress: 1, duration_ms: 12 }),
        },
      ],
    ],
    [
      'gives a result to the latest call of its id',
      [
        begin(0),
        startCall('a'),
        giveResult('a', '1'),
        begin(1),
        startCall('a'),
        giveResult('a', '2'),
      ],
      [
        {
          type: 'tool_call',
          step: 0,
          tool_call: call('a', { output: '1', progress: 1, duration_ms: 12 }),
        },
        {
          type: 'tool_call',
          step: 1,
          tool_call: call('a', { output: '2', progress: 1, duration_ms: 12 }),
        },
      ],
    ],
    [
      'begins new words after a call',
      [begin(0), say('a'), startCall('x'), say('b')],
      [
        { type: 'text', text: 'a', step: 0 },
        { type: 'tool_call', step: 0, tool_call: call('x') },
        { type: 'text', text: 'b', step: 0 },
      ],
    ],
    ['leaves out what belongs to no call', [begin(0), write('x', '1'), giveResult('x', '1')], []],
    [
      'shows pictures',
      [begin(0), { type: 'image', file: picture }],
      [{ type: 'image_file', image_file: picture, step: 0 }],
    ],
    [
      'shows errors',
      [begin(0), say('a'), { type: 'error', error }],
      [
        { type: 'text', text: 'a', step: 0 },
        { type: 'error', error: 'It broke.', details: error },
      ],
    ],
    [
      'leaves out the end of thoughts that nobody had',
      [{ type: 'reasoning-end', durationMs: 1 }],
      [],
    ],
    ['leaves out what it does not know', [{ type: 'dance' } as never], []],
  ])('%s', (_name, events, content) => {
    const state = fold(events);

    expect(state.content).toEqual(content);
    for (const part of state.content) expect(contentPartSchema.parse(part)).toEqual(part);
  });

  it('keeps what is known of each step', () => {
    const state = fold([
      { ...begin(0), maxCostUsd: 0.5 } as RunEvent,
      { type: 'start', generationId: 'gen-1', model: 'a/b', provider: 'P' },
      endStep(0, { ending: 'tool_calls', finishReason: 'tool_calls', maxCostUsd: 0.01 }),
      begin(1),
    ]);

    expect(state.steps).toMatchObject([
      {
        step: 0,
        generation_id: 'gen-1',
        model: 'a/b',
        provider: 'P',
        ending: 'tool_calls',
        finish_reason: 'tool_calls',
        usage: { cost: 0.01 },
        max_cost: 0.01,
      },
      { step: 1, generation_id: null, model: null, ending: null, usage: null },
    ]);
    for (const step of state.steps) expect(runStepSchema.parse(step)).toEqual(step);
  });

  it('keeps sources, the last error and the end', () => {
    const citation = { type: 'url_citation', url_citation: { url: 'https://a.test' } };
    const limit = { kind: 'spending_limit' as const, message: 'Reached.', limit: 1, used: 1 };

    const state = fold([
      begin(0),
      { type: 'annotation', annotation: citation },
      { type: 'error', error },
      { type: 'finish', ending: 'budget', limit },
    ]);

    expect(state).toMatchObject({ annotations: [citation], error, ending: 'budget', limit });
  });

  const anId = fc.constantFrom('a', 'b');
  const anEvent: fc.Arbitrary<RunEvent> = fc.oneof(
    fc.nat({ max: 4 }).map(begin),
    fc.string({ maxLength: 3 }).map(say),
    fc.string({ maxLength: 3 }).map(think),
    fc.constant<RunEvent>({ type: 'reasoning-end', durationMs: 5 }),
    fc.constant<RunEvent>({ type: 'refusal-delta', text: 'no' }),
    fc.constant<RunEvent>({ type: 'start', generationId: null, model: 'a/b', provider: null }),
    fc.constant<RunEvent>({ type: 'image', file: picture }),
    fc.constant<RunEvent>({ type: 'annotation', annotation: { type: 'file' } }),
    anId.map(startCall),
    fc.tuple(anId, fc.string({ maxLength: 3 })).map(([id, text]) => write(id, text)),
    anId.map((id) => runCall(id, '{}')),
    anId.map((id) => giveResult(id, '1')),
    fc.nat({ max: 4 }).map((step) => endStep(step)),
    fc.constant<RunEvent>({ type: 'error', error }),
    fc.constant<RunEvent>({ type: 'finish', ending: 'cut', limit: null }),
  );

  it('is the same whether it is folded at once, or stored in between', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 40 }), fc.nat({ max: 40 }), (events, at) => {
        const stored = JSON.parse(JSON.stringify(fold(events.slice(0, at)))) as RunState;

        expect(fold(events.slice(at), stored)).toEqual(fold(events));
      }),
    );
  });

  it('never changes what it was given', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 40 }), (events) => {
        const frozen = events.map((event) => deepFreeze(structuredClone(event)));
        let state = deepFreeze(structuredClone(emptyRun));
        for (const event of frozen) state = deepFreeze(reduceRun(state, event));

        expect(state).toEqual(fold(events));
      }),
    );
  });

  it('takes in 20,000 words, and 10,000 thoughts and words by turns', () => {
    const words = Array.from({ length: 20_000 }, (_, n) => say(`word ${n} `));
    const turns = Array.from({ length: 5000 }, (_, n) => [think(`${n}`), say(`${n}`)]).flat();

    const state = fold([begin(0), ...words, ...turns]);

    expect(state.content).toHaveLength(10_001);
    expect(state.content[0]).toMatchObject({
      text: expect.stringMatching(/^word 0 .* word 19999 $/),
    });
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}

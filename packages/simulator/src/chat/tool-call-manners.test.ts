import {
  closeToolCalls,
  emptyAnswer,
  openToolCalls,
  reduceChunk,
  reduceToolCalls,
} from '@openrouter-native/protocol';
import { startSimulator, toolCallManners, type Simulator, type ToolCallManner } from '../index.ts';
import { chat, stream, user, type ReadStream } from '../testing/ask.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

const names = ['get_weather', 'search'];
const question = {
  tools: names.map((name) => ({ type: 'function', function: { name } })),
  messages: [user('Say hi')],
};
const toolCalls = [
  { name: 'get_weather', arguments: { city: 'Oslo', days: [1, 2, 3] } },
  { name: 'get_weather', arguments: { city: 'Rome', note: 'ha ha ha' } },
  { name: 'search', arguments: {} },
];
const finish = { ending: 'tool_calls', finishReason: 'tool_calls' } as const;

const ask = (toolCallManner: ToolCallManner, calls = toolCalls) => {
  simulator.script({ toolCalls: calls, toolCallManner });
  return stream(simulator, question);
};
const deltasOf = ({ chunks }: ReadStream) =>
  chunks.flatMap(({ choices }) => choices?.[0]?.delta?.tool_calls ?? []);

function assemble({ chunks }: ReadStream) {
  let calls = openToolCalls({ idPrefix: 'made_', toolNames: names });
  let state = emptyAnswer;
  for (const chunk of chunks) {
    const [next, events] = reduceChunk(state, chunk);
    state = next;
    for (const event of events) {
      if (event.type === 'tool-call-delta') [calls] = reduceToolCalls(calls, event);
    }
  }
  return closeToolCalls(calls, finish);
}

describe('calls that are streamed badly', () => {
  it.each(toolCallManners.filter((manner) => manner !== 'last-piece-missing'))(
    'are the same calls all the same: %s',
    async (manner) => {
      const { calls, refusal } = assemble(await ask(manner));

      expect(refusal).toBeNull();
      expect(calls.map(({ name, arguments: given }) => ({ name, arguments: given }))).toEqual(
        toolCalls,
      );
    },
  );

  it('cannot be put together when a piece is missing', async () => {
    const { calls, refusal } = assemble(await ask('last-piece-missing', toolCalls.slice(0, 2)));

    expect(calls).toEqual([]);
    expect(refusal?.reason).toBe('cut');
  });

  it.each<[ToolCallManner, (deltas: ReturnType<typeof deltasOf>) => unknown, unknown]>([
    ['no-index', (deltas) => deltas.some(({ index }) => index != null), false],
    ['no-id', (deltas) => deltas.some(({ id }) => id != null), false],
    ['one-index', (deltas) => new Set(deltas.map(({ index }) => index)).size, 1],
    ['one-id', (deltas) => new Set(deltas.map(({ id }) => id)).size, 2], // and none
    ['index-counts-pieces', (deltas) => deltas.every(({ index }, at) => index === at), true],
    ['in-turns', (deltas) => deltas.slice(0, 3).map(({ index }) => index), [0, 1, 2]],
    ['whole', (deltas) => deltas.length, 3],
    ['as-object', (deltas) => deltas[0]?.function?.arguments, toolCalls[0]?.arguments],
    ['name-in-each-piece', (deltas) => deltas.every(({ function: called }) => called?.name), true],
    ['name-in-pieces', (deltas) => deltas[0]?.function?.name, 'get_we'],
    ['name-at-end', (deltas) => deltas.at(-1)?.function?.name, 'search'],
    ['text-so-far', (deltas) => deltas.at(-1)?.function?.arguments, '{}'],
    ['calls-twice', (deltas) => deltas.slice(-3).map(({ index }) => index), [0, 1, 2]],
    [
      'arguments-twice',
      (deltas) => deltas.slice(-2).map(({ function: c }) => c?.arguments),
      ['{}', '{}'],
    ],
    ['last-piece-twice', (deltas) => deltas.slice(-2).map(({ index }) => index), [2, 2]],
  ])('show it: %s', async (manner, look, seen) => {
    expect(look(deltasOf(await ask(manner)))).toEqual(seen);
  });

  it('are as always in an answer that is not streamed, and where nothing is called', async () => {
    simulator.script({ toolCalls, toolCallManner: 'whole', times: 2 });
    const whole = await chat(simulator, question);
    await stream(simulator, question);
    simulator.script({ toolCallManner: 'no-id' });
    const words = await stream(simulator, question);

    expect(whole.message.tool_calls?.map(({ id }) => typeof id)).toEqual([
      'string',
      'string',
      'string',
    ]);
    expect(words.text).not.toBe('');
  });
});

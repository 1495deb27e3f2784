import { toolCallManners } from '@openrouter-native/simulator';
import { aTool, startRunHost, type RunHost } from '../../support/run-host.ts';
import { answerCalls, sentWith } from '../../support/upstream-calls.ts';

let host: RunHost;
let seen: unknown[];
const look = (name: string) =>
  aTool(name, (args) => {
    seen.push({ name, arguments: args });
    return `saw ${seen.length}`;
  });
beforeAll(async () => {
  host = await startRunHost({ tools: [look('look'), look('look_around')] });
});
beforeEach(() => {
  seen = [];
});
afterAll(() => host.close());

const toolCalls = [
  { name: 'look_around', arguments: {} },
  { name: 'look', arguments: { at: 'sea', times: [1, 1, 1], note: 'ha ha' } },
  { name: 'look', arguments: { at: { sky: { of: 'Oslo' } } } },
];
const tools = ['look', 'look_around'];
const byName = (one: unknown, other: unknown) =>
  JSON.stringify(one).localeCompare(JSON.stringify(other));

describe('a provider that streams tool calls badly', () => {
  it.each(toolCallManners.filter((manner) => manner !== 'last-piece-missing'))(
    'has each call run once, as the model made it: %s',
    async (toolCallManner) => {
      host.simulator.script({ toolCalls, toolCallManner });

      const run = await host.play({ tools });

      expect(run.finish.ending).toBe('complete');
      expect(seen.toSorted(byName)).toEqual(toolCalls.toSorted(byName));
      const { messages } = sentWith(answerCalls(host.simulator).at(-1));
      const results = messages.filter(({ role }) => role === 'tool');
      const [asked] = messages.flatMap(({ tool_calls: made }) =>
        made === undefined ? [] : [made],
      );
      expect(results.map(({ tool_call_id: id }) => id)).toEqual(
        (asked as { id: string }[]).map(({ id }) => id),
      );
      expect(new Set(results.map(({ tool_call_id: id }) => id)).size).toBe(3);
    },
  );

  it('has no call run when a piece of one is missing', async () => {
    host.simulator.script({ toolCalls, toolCallManner: 'last-piece-missing' });

    const run = await host.play({ tools });

    expect(seen).toEqual([]);
    expect(run.finish.ending).not.toBe('complete');
  });
});

import { startSimulator, type Simulator } from '../index.ts';
import { chat, stream, user, type ChatAnswer } from '../testing/ask.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Weather of a city',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['C', 'F'] } },
      required: ['city', 'unit'],
      additionalProperties: false,
    },
  },
};
const calculator = {
  type: 'function',
  function: {
    name: 'calculator',
    description: 'Evaluates an expression',
    parameters: {
      type: 'object',
      properties: { expression: { type: 'string' } },
      required: ['expression'],
    },
  },
};
const tools = [weather, calculator];

const callsOf = ({ message }: ChatAnswer) =>
  (message.tool_calls ?? []).map((call) => ({
    name: call.function?.name,
    arguments: JSON.parse(String(call.function?.arguments)) as unknown,
  }));

describe('tool calls', () => {
  it('fit the question, one for each thing it names', async () => {
    const answer = await chat(simulator, {
      tools,
      messages: [user('What is the weather in Oslo and Paris in C?')],
    });

    expect(answer.finishReason).toBe('tool_calls');
    expect(answer.message.content).toBeNull();
    expect(callsOf(answer)).toEqual([
      { name: 'get_weather', arguments: { city: 'Oslo', unit: expect.stringMatching(/^[CF]$/) } },
      { name: 'get_weather', arguments: { city: 'Paris', unit: expect.stringMatching(/^[CF]$/) } },
    ]);
  });

  it('use several tools at once, or one when asked to', async () => {
    const messages = [user('Use the calculator for 12 * 7 and tell me the weather in Rome')];

    const several = await chat(simulator, { tools, messages });
    const one = await chat(simulator, { tools, messages, parallel_tool_calls: false });

    expect(callsOf(several).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['calculator', 'get_weather']),
    );
    expect(callsOf(several)).toContainEqual({
      name: 'calculator',
      arguments: { expression: '12 * 7' },
    });
    expect(callsOf(one)).toHaveLength(1);
  });

  it('are left out when nothing fits or none are wanted', async () => {
    const nothingFits = await chat(simulator, { tools, messages: [user('Tell me about tea')] });
    const noneWanted = await chat(simulator, {
      tools,
      tool_choice: 'none',
      messages: [user('What is the weather in Oslo?')],
    });

    expect(nothingFits.finishReason).toBe('stop');
    expect(noneWanted.finishReason).toBe('stop');
  });

  it('are made when they are demanded, with the tool that is named', async () => {
    const messages = [user('Tell me about tea')];

    const required = await chat(simulator, { tools, messages, tool_choice: 'required' });
    const named = await chat(simulator, {
      tools,
      messages,
      tool_choice: { type: 'function', function: { name: 'calculator' } },
    });

    expect(callsOf(required)).toHaveLength(1);
    expect(callsOf(named).map(({ name }) => name)).toEqual(['calculator']);
  });

  it('stream with id and name first and once, arguments in pieces, several by index', async () => {
    const body = { tools, messages: [user('What is the weather in Oslo and Paris?')] };
    const whole = await chat(simulator, body);

    const { chunks, last } = await stream(simulator, body);

    const deltas = chunks.flatMap(({ choices }) => choices?.[0]?.delta?.tool_calls ?? []);
    const byIndex = Map.groupBy(deltas, ({ index }) => index);
    expect([...byIndex.keys()]).toEqual([0, 1]);
    for (const [index, [first, ...rest]] of byIndex) {
      const call = whole.message.tool_calls?.[index ?? -1];
      const pieces = [first, ...rest].map((delta) => String(delta?.function?.arguments));
      expect(first).toMatchObject({ id: call?.id, function: { name: 'get_weather' } });
      expect(rest.every(({ id, function: called }) => id == null && called?.name == null)).toBe(
        true,
      );
      expect(rest.length).toBeGreaterThan(1);
      expect(pieces.join('')).toBe(call?.function?.arguments);
    }
    expect(last.choices?.[0]?.finish_reason).toBe('tool_calls');
    expect(last.usage).toEqual(whole.body.usage);
  });

  it('are followed by words that use their results', async () => {
    const first = await chat(simulator, { tools, messages: [user('Weather in Oslo in C?')] });
    const call = first.message.tool_calls?.[0];

    const second = await chat(simulator, {
      tools,
      messages: [
        user('Weather in Oslo in C?'),
        first.message,
        { role: 'tool', tool_call_id: call?.id, content: '{"temperature":-3,"sky":"clear"}' },
      ],
    });

    expect(second.finishReason).toBe('stop');
    expect(second.text).toMatch(/get_weather.*temperature is -3, sky is clear/s);
  });
});

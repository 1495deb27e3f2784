import { createCalculator } from '@openrouter-native/api/tools/calculator/calculator';
import { silentLogger } from '@openrouter-native/openrouter';
import type { ToolCall } from '@openrouter-native/protocol';
import {
  aTool,
  startRunHost,
  type PlayedRun,
  type RunHost,
  type RunHostOptions,
} from '../../support/run-host.ts';
import { until } from '../../support/wait.ts';

const hosts = new Set<RunHost>();
async function startHost(options: RunHostOptions = {}): Promise<RunHost> {
  const host = await startRunHost(options);
  hosts.add(host);
  return host;
}
afterEach(async () => {
  await Promise.all([...hosts].map((host) => host.close()));
  hosts.clear();
});

const WORKER_MS = 60_000; // The calculator's worker loads its library.

interface ChatBody {
  messages: { role: string; content: unknown; tool_call_id?: string; tool_calls?: unknown[] }[];
  [field: string]: unknown;
}

const typesOf = ({ events }: PlayedRun) =>
  events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
const chatBodies = ({ simulator }: RunHost) =>
  simulator.requests
    .filter(({ path }) => path.endsWith('/chat/completions'))
    .map(({ body }) => body as ChatBody);
const callsOf = ({ state }: PlayedRun): ToolCall[] =>
  state.content.flatMap((part) => (part.type === 'tool_call' ? [part.tool_call] : []));
const call = (name: string, args: unknown = {}) => ({ name, arguments: args });

describe('a run', () => {
  it('is one step for a question without tools', async () => {
    const host = await startHost();

    const run = await host.play({ instructions: 'Be brief.' });

    expect(typesOf(run)).toEqual(['step-start', 'start', 'text-delta', 'step-finish', 'finish']);
    expect(run.text.length).toBeGreaterThan(20);
    expect(run.finish).toEqual({ type: 'finish', ending: 'complete', limit: null });
    expect(run.state.steps).toMatchObject([
      { step: 0, ending: 'complete', finish_reason: 'stop', usage: { cost: expect.any(Number) } },
    ]);
    expect(run.state.steps[0]).not.toHaveProperty('max_cost');
    expect(chatBodies(host)[0]?.messages[0]).toEqual({ role: 'system', content: 'Be brief.' });
  });

  it(
    'lets the model use a tool and answer with what it gave',
    async () => {
      const calculator = createCalculator(silentLogger);
      const host = await startHost({ tools: [calculator.tool] });

      const run = await host.play({
        tools: ['calculator'],
        history: [{ role: 'user', content: 'Use the calculator: what is 17 * 23?' }],
      });
      await calculator.close();

      expect(typesOf(run)).toEqual([
        'step-start',
        'start',
        'tool-call-start',
        'tool-call-arguments',
        'step-finish',
        'tool-call-run',
        'tool-call-result',
        'step-start',
        'start',
        'text-delta',
        'step-finish',
        'finish',
      ]);
      expect(callsOf(run)).toMatchObject([
        { name: 'calculator', output: '391', progress: 1, is_error: false },
      ]);
      expect(run.text).toContain('391');
      const [, second] = chatBodies(host);
      expect(second?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
    },
    WORKER_MS,
  );

  it('tells how long the model thought, and hands its thoughts on', async () => {
    const host = await startHost();

    const run = await host.play({
      model: 'anthropic/claude-haiku-4.5',
      modelParameters: { reasoning: { effort: 'low' } },
    });

    const types = typesOf(run);
    expect(types.indexOf('reasoning-end')).toBe(types.indexOf('text-delta') - 1);
    expect(run.state.content[0]).toMatchObject({ type: 'think', duration_ms: expect.any(Number) });
    expect(run.resume.steps[0]?.reasoning_details).toMatchObject([
      { type: 'reasoning.text', signature: expect.any(String) },
    ]);
  });

  it('keeps the pictures that a model makes, and says so when one is lost', async () => {
    const draw = {
      model: 'google/gemini-2.5-flash-image',
      history: [{ role: 'user' as const, content: 'Draw a lighthouse' }],
    };
    const kept = await (await startHost()).play(draw);
    const lost = await (
      await startHost({ runner: { storeImage: () => Promise.reject(new Error('disk full')) } })
    ).play(draw);

    expect(kept.state.content.at(-1)).toMatchObject({
      type: 'image_file',
      image_file: { type: 'image/png' },
    });
    expect(lost.state.error).toMatchObject({
      message: 'A picture that the model made could not be kept.',
    });
    expect(lost.finish.ending).toBe('complete');
    expect(JSON.stringify(lost.events)).not.toContain('disk full');
  });

  it('sends parameters as they are, and none that would lead around the run', async () => {
    const host = await startHost({ tools: [aTool('look', () => 'seen')] });

    await host.play({
      tools: ['look'],
      modelParameters: {
        temperature: 0.3,
        provider: { sort: 'price' },
        tools: [
          { type: 'openrouter:datetime' },
          { type: 'function', function: { name: 'look', of: 'another' } },
        ],
        ...({ model: 'openai/gpt-4o', messages: [], stream: false, prompt: 'x', n: 3 } as object),
      },
    });

    const [body] = chatBodies(host);
    expect(body).toMatchObject({
      model: 'openai/gpt-4o-mini',
      stream: true,
      temperature: 0.3,
      provider: { sort: 'price' },
      messages: [{ role: 'user' }],
      tools: [
        { function: { name: 'look', description: 'Does look' } },
        { type: 'openrouter:datetime' },
      ],
    });
    expect(body).not.toHaveProperty('n');
    expect(body).not.toHaveProperty('prompt');
  });

  it('demands a tool once, and then lets the model answer', async () => {
    const host = await startHost({ tools: [aTool('look', () => 'seen')] });

    const run = await host.play({ tools: ['look'], modelParameters: { tool_choice: 'required' } });

    expect(chatBodies(host).map(({ tool_choice: choice }) => choice)).toEqual(['required', 'auto']);
    expect(run.finish.ending).toBe('complete');
  });
});

describe('tools', () => {
  it('run side by side, and their results go back in the order of the calls', async () => {
    const bothRun = Promise.withResolvers<void>();
    let running = 0;
    const look = aTool('look', async ({ n }) => {
      running += 1;
      if (running === 2) bothRun.resolve();
      await bothRun.promise;
      if (n === 1) await new Promise((resolve) => setTimeout(resolve, 30));
      return `saw ${String(n)}`;
    });
    const host = await startHost({ tools: [look] });
    host.simulator.script({ toolCalls: [call('look', { n: 1 }), call('look', { n: 2 })] });

    const run = await host.play({ tools: ['look'] });

    const results = run.events.flatMap((event) =>
      event.type === 'tool-call-result' ? [event.output] : [],
    );
    expect(results).toEqual(['saw 2', 'saw 1']);
    const told = chatBodies(host)[1]?.messages.filter(({ role }) => role === 'tool');
    expect(told?.map(({ content }) => content)).toEqual(['saw 1', 'saw 2']);
    expect(run.finish.ending).toBe('complete');
  });

  it('run eight at a time at most, and one by one where the model may not call several', async () => {
    let running = 0;
    let most = 0;
    const look = aTool('look', async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return 'seen';
    });
    const host = await startHost({ tools: [look] });
    const toolCalls = Array.from({ length: 20 }, (_, n) => call('look', { n }));
    host.simulator.script({ toolCalls });
    const many = await host.play({ tools: ['look'] });
    const atOnce = most;
    most = 0;
    host.simulator.script({ toolCalls });
    await host.play({ tools: ['look'], modelParameters: { parallel_tool_calls: false } });

    expect(callsOf(many).every(({ output }) => output === 'seen')).toBe(true);
    expect(atOnce).toBe(8);
    expect(most).toBe(1);
  });

  it('that fail, or are not there, are results that the model reads', async () => {
    const broken = {
      ...aTool('broken', () => ''),
      run: async () => ({ output: 'No such city.', isError: true }),
    };
    const host = await startHost({ tools: [broken] });
    host.simulator.script({ toolCalls: [call('broken'), call('no_such_tool', { a: 1 })] });

    const run = await host.play({ tools: ['broken'] });

    expect(callsOf(run)).toMatchObject([
      { output: 'No such city.', is_error: true },
      { output: 'There is no tool "no_such_tool". The tools are: broken.', is_error: true },
    ]);
    expect(run.finish.ending).toBe('complete');
    expect(run.state.error).toBeNull();
  });

  it('are named once, and nothing is demanded where there are none', async () => {
    const host = await startHost({ tools: [aTool('look', () => 'seen')] });
    const modelParameters = { tool_choice: 'required', parallel_tool_calls: true };

    await host.play({ tools: ['look', 'look'], modelParameters, recursionLimit: 1 });
    await host.play({ tools: ['gone'], modelParameters });

    const [named, none] = chatBodies(host);
    expect(named?.['tools']).toHaveLength(1);
    expect(none).not.toHaveProperty('tools');
    expect(none).not.toHaveProperty('tool_choice');
    expect(none).not.toHaveProperty('parallel_tool_calls');
  });

  it('that cannot be had are left out, and model and reader are told', async () => {
    const host = await startHost({ tools: [aTool('look', () => 'seen')] });

    const run = await host.play({ tools: ['look', 'rain_mcp_weather'], instructions: 'Be kind.' });

    expect(run.events[0]).toEqual({
      type: 'annotation',
      annotation: {
        type: 'missing_tool',
        name: 'rain_mcp_weather',
        title: 'rain_mcp_weather',
        problem: 'The server weather does not answer.',
      },
    });
    const [body] = chatBodies(host);
    expect(body?.['tools']).toHaveLength(1);
    expect(body?.messages[0]?.content).toMatch(
      /^Be kind\.\n\nThese tools are not available.*\n- rain_mcp_weather: The server weather does not answer\.$/,
    );
    expect(run.finish.ending).toBe('complete');
  });

  it('are not run when their arguments were cut', async () => {
    let runs = 0;
    const host = await startHost({ tools: [aTool('look', () => `${(runs += 1)}`)] });
    host.simulator.script({
      toolCalls: [call('look', { n: 1 }), call('look', { text: 'far '.repeat(99) })],
    });

    const run = await host.play({ tools: ['look'], modelParameters: { max_tokens: 60 } });

    expect(run.finish).toEqual({ type: 'finish', ending: 'length', limit: null });
    expect(runs).toBe(0);
    expect(callsOf(run).map(({ output }) => output)).toEqual([null, null]);
  });

  it.each(['[1]', '"now"', '{"n": 1}}'])('are not run with arguments like %s', async (args) => {
    let runs = 0;
    const host = await startHost({ tools: [aTool('look', () => `${(runs += 1)}`)] });
    host.simulator.script({ toolCalls: [call('look', args)] });

    const run = await host.play({ tools: ['look'] });

    expect(run.finish.ending).toBe('failed');
    expect(run.state.error).toMatchObject({ reason: 'tool_calls_malformed', code: 502 });
    expect(runs).toBe(0);
  });
});

describe('a run that is stopped', () => {
  it('stops its tools at once, whether they listen or not', async () => {
    const heard = Promise.withResolvers<void>();
    const listening = aTool('listening', async (_args, signal) => {
      signal.addEventListener('abort', () => heard.resolve());
      return new Promise<string>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    });
    const deaf = aTool('deaf', () => new Promise<string>(() => undefined));
    const host = await startHost({ tools: [listening, deaf] });
    host.simulator.script({ toolCalls: [call('listening'), call('deaf')] });
    const controller = new AbortController();

    const run = await host.play(
      { tools: ['listening', 'deaf'] },
      {
        signal: controller.signal,
        onRecord: (record) => {
          if (record.type === 'tool-call-run' && record.name === 'deaf') {
            setTimeout(() => controller.abort(), 10);
          }
        },
      },
    );

    await heard.promise;
    expect(run.finish).toEqual({ type: 'finish', ending: 'stopped', limit: null });
    expect(callsOf(run).map(({ output }) => output)).toEqual([null, null]);
    expect(chatBodies(host)).toHaveLength(1);
  });

  it('closes the call upstream', async () => {
    const host = await startHost({ simulator: { tokensPerSecond: 50 } });
    const controller = new AbortController();

    const run = await host.play(
      {},
      {
        signal: controller.signal,
        onRecord: ({ type }) => type === 'text-delta' && controller.abort(),
      },
    );

    expect(run.finish.ending).toBe('stopped');
    expect(run.state.steps).toMatchObject([{ ending: 'stopped' }]);
    await until(() => host.simulator.requests.some(({ aborted }) => aborted));
  });

  it('does not begin when it was given up before', async () => {
    const host = await startHost();

    const run = await host.play({}, { signal: AbortSignal.abort() });

    expect(run.events).toEqual([{ type: 'finish', ending: 'stopped', limit: null }]);
    expect(chatBodies(host)).toHaveLength(0);
  });
});

describe('a failure of upstream', () => {
  it('before the first word is an error and an honest end', async () => {
    const host = await startHost();
    host.simulator.script({ fail: { status: 503 }, times: Infinity });

    const run = await host.play({});

    expect(typesOf(run)).toEqual(['step-start', 'error', 'step-finish', 'finish']);
    expect(run.state.error).toMatchObject({ reason: 'provider_overloaded' });
    expect(run.finish.ending).toBe('failed');
    expect(run.state.steps[0]?.trace?.attempts).toMatchObject([{ status: 503 }]);
  });

  it.each([
    ['an error', { fail: { afterTokens: 5 } }, 'failed'],
    ['an end in the middle', { cutAtByte: 4000 }, 'cut'],
  ])('after it keeps the words: %s', async (_what, rule, ending) => {
    const host = await startHost();
    host.simulator.script(rule);

    const run = await host.play({});

    expect(run.text).not.toBe('');
    expect(run.finish).toEqual({ type: 'finish', ending, limit: null });
    expect(run.state.steps).toMatchObject([{ ending }]);
  });

  it.each([
    ['an end before the first word', { cutAtByte: 10 }, 'cut', 'stream_cut'],
    ['silence', { stallAtByte: 5 }, 'stalled', 'stream_stalled'],
  ])('is called by its name: %s', async (_what, rule, ending, reason) => {
    const host = await startHost({ client: { timeouts: { idleMs: 300 } } });
    host.simulator.script({ match: { path: '/chat/completions' }, ...rule });

    const run = await host.play({});

    expect(run.finish.ending).toBe(ending);
    expect(run.state.error).toMatchObject({ reason });
  });

  it('in a later step keeps everything before it', async () => {
    const host = await startHost({ tools: [aTool('look', () => 'seen')] });
    host.simulator.script({ toolCalls: [call('look')] });
    host.simulator.script({ fail: { status: 502 }, times: Infinity });

    const failed = await host.play({ tools: ['look'] });
    expect(callsOf(failed)).toMatchObject([{ output: 'seen' }]);
    expect(failed.finish.ending).toBe('failed');
  });

  it('is told for a provider that is not there', async () => {
    const host = await startHost();

    const run = await host.play({ provider: 'nobody' });

    expect(run.state.error).toMatchObject({ reason: 'invalid_request' });
    expect(run.finish.ending).toBe('failed');
  });
});

describe('a loop', () => {
  it('ends at the recursion limit, and goes on from there when that is raised', async () => {
    const host = await startHost({ tools: [aTool('look', ({ n }) => `saw ${String(n)}`)] });
    for (let n = 0; n < 3; n += 1) host.simulator.script({ toolCalls: [call('look', { n })] });

    const first = await host.play({ tools: ['look'], recursionLimit: 2 });
    const second = await host.play({ tools: ['look'], recursionLimit: 10, resume: first.resume });

    expect(first.finish).toMatchObject({
      ending: 'budget',
      limit: {
        kind: 'recursion_limit',
        limit: 2,
        used: 2,
        message: expect.stringMatching(/2 times/),
      },
    });
    expect(callsOf(first).map(({ output }) => output)).toEqual(['saw 0', 'saw 1']);
    expect(second.state.steps.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    expect(callsOf(second).map(({ output }) => output)).toEqual(['saw 0', 'saw 1', 'saw 2']);
    expect(second.finish.ending).toBe('complete');
    const roles = chatBodies(host)[2]?.messages.map(({ role }) => role);
    expect(roles).toEqual(['user', 'assistant', 'tool', 'assistant', 'tool']);
  });

  it('has a limit that nobody can raise', async () => {
    const host = await startHost({
      tools: [aTool('look', () => 'seen')],
      runner: { maxRecursionLimit: 2 },
    });
    for (let n = 0; n < 3; n += 1) host.simulator.script({ toolCalls: [call('look', { n })] });

    const run = await host.play({ tools: ['look'], recursionLimit: 1000 });

    expect(run.finish.limit).toMatchObject({ kind: 'recursion_limit', limit: 2 });
  });

  it('ends before the same call runs a third time in a row', async () => {
    let runs = 0;
    const host = await startHost({ tools: [aTool('look', () => `${(runs += 1)}`)] });
    for (const args of ['{"a":1,"b":2}', '{"b": 2, "a": 1}', '{ "a": 1.0, "b": 2 }']) {
      host.simulator.script({ toolCalls: [call('look', args)] });
    }

    const run = await host.play({ tools: ['look'] });
    const next = await host.play({ tools: ['look'], resume: run.resume });

    expect(run.finish).toMatchObject({
      ending: 'budget',
      limit: { kind: 'repeated_call', limit: 3, message: expect.stringMatching(/called look/) },
    });
    expect(runs).toBe(2);
    expect(callsOf(run).map(({ output }) => output)).toEqual(['1', '2', null]);
    expect(callsOf(next)[2]).toMatchObject({
      output: expect.stringMatching(/^This call was not run/),
      is_error: true,
    });
    expect(next.finish.ending).toBe('complete');
  });

  it('is none when other calls come between', async () => {
    const host = await startHost({ tools: [aTool('look', () => 'seen')] });
    for (const n of [1, 1, 2, 1, 1]) host.simulator.script({ toolCalls: [call('look', { n })] });

    const run = await host.play({ tools: ['look'] });

    expect(run.finish.ending).toBe('complete');
    expect(callsOf(run)).toHaveLength(5);
  });

  it('counts calls of one answer as well, and runs those before the repetition', async () => {
    let runs = 0;
    const host = await startHost({ tools: [aTool('look', () => `${(runs += 1)}`)] });
    host.simulator.script({ toolCalls: [call('look'), call('look'), call('look'), call('look')] });

    const run = await host.play({ tools: ['look'] });

    expect(run.finish.limit).toMatchObject({ kind: 'repeated_call' });
    expect(runs).toBe(2);
  });
});

describe('an answer that goes on', () => {
  it('tells the model of calls whose results were lost', async () => {
    const host = await startHost({ tools: [aTool('look', () => 'seen')] });
    host.simulator.script({ toolCalls: [call('look', { n: 1 }), call('look', { n: 2 })] });
    const whole = await host.play({ tools: ['look'], recursionLimit: 1 });
    const [first, second] = whole.resume.content;
    if (first?.type !== 'tool_call' || second?.type !== 'tool_call') throw new Error('No calls');
    const lost = { output: null, is_error: false, duration_ms: null };
    const resume = {
      ...whole.resume,
      content: [
        { ...first, tool_call: { ...first.tool_call, ...lost, progress: 0.5 } },
        { ...second, tool_call: { ...second.tool_call, ...lost, progress: 0 } },
      ],
    };

    const run = await host.play({ tools: ['look'], resume });

    expect(callsOf(run)).toMatchObject([
      { output: expect.stringMatching(/interrupted while this call was running/), is_error: true },
      { output: expect.stringMatching(/was not run/), is_error: true },
    ]);
    expect(run.finish.ending).toBe('complete');
  });

  it('numbers its steps on', async () => {
    const host = await startHost();
    const cut = await host.play({ modelParameters: { max_tokens: 10 } });

    const run = await host.play({ resume: cut.resume });

    expect(cut.finish.ending).toBe('length');
    expect(run.events[0]).toEqual({ type: 'step-start', step: 1 });
    expect(chatBodies(host)[1]?.messages.slice(-2)).toMatchObject([
      { role: 'assistant', content: cut.text },
      { role: 'user', content: expect.stringMatching(/broke off/) },
    ]);
    expect(run.state.content.map((part) => (part.type === 'text' ? part.text : '')).join('')).toBe(
      (await host.play({})).text,
    );
  });
});

import type { Model } from '@openrouter-native/protocol';
import {
  aModel,
  aTool,
  startRunHost,
  type PlayedRun,
  type RunHost,
  type RunHostOptions,
} from '../../support/run-host.ts';
import { until } from '../../support/wait.ts';

/** Numbers in [0, 1) that are the same in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** A model that never stops calling a tool, with arguments that never repeat. */
function loopForever(host: RunHost, random: () => number): () => void {
  const rules = Array.from({ length: 12 }, (_, n) =>
    host.simulator.script({
      toolCalls: [{ name: 'look', arguments: { n, note: 'word '.repeat(wordsOf(random)) } }],
    }),
  );
  return () => rules.forEach((takeBack) => takeBack());
}

/** Most calls are short; some are longer than a short answer may be. */
const wordsOf = (random: () => number) => (random() < 0.2 ? 5000 : 100) * random();

const isCallable = ({ id, pricing, supported_parameters: parameters }: Model) =>
  !/:(batch|free)$/.test(id) &&
  Number(pricing.prompt) > 0 &&
  parameters?.includes('tools') === true;

describe('a run with a spending limit', () => {
  let host: RunHost;
  beforeAll(async () => {
    const random = createRandom(7);
    host = await startRunHost({
      tools: [aTool('look', () => `seen ${'much '.repeat(random() * 1000)}`)],
    });
  });
  afterAll(() => host.close());

  it('never costs more, not by one call, on any model that calls tools for ever', async () => {
    const random = createRandom(42);
    const models = (await host.plugin.models()).filter(isCallable);
    const kinds = { spending_limit: 0, recursion_limit: 0 };
    let several = 0;
    for (const { id, pricing } of models) {
      const limitUsd =
        Number(pricing.prompt) * 20_000 * random() + Number(pricing.completion) * 12_000 * random();
      const stopLooping = loopForever(host, random);
      const before = await host.spentUsd();

      const { finish, state } = await host.play({
        model: id,
        tools: ['look'],
        spendingLimitUsd: limitUsd,
        recursionLimit: 5,
        modelParameters: random() < 0.3 ? { max_tokens: Math.ceil(random() * 3000) } : {},
      });
      stopLooping();

      const spentUsd = (await host.spentUsd()) - before;
      const bookedUsd = state.steps.reduce((sum, { max_cost: usd }) => sum + (usd ?? NaN), 0);
      expect(spentUsd).toBeLessThanOrEqual(limitUsd);
      expect(spentUsd).toBeLessThanOrEqual(bookedUsd + 1e-12);
      expect(bookedUsd).toBeLessThanOrEqual(limitUsd);
      if (finish.ending !== 'budget') expect([id, finish.ending]).toEqual([id, 'length']);
      if (finish.limit?.kind === 'spending_limit') kinds.spending_limit += 1;
      if (finish.limit?.kind === 'recursion_limit') kinds.recursion_limit += 1;
      if (state.steps.length > 1) several += 1;
    }

    // The runs have met limits of both kinds, and not on their first step only.
    expect(kinds.spending_limit).toBeGreaterThan(50);
    expect(kinds.recursion_limit).toBeGreaterThan(20);
    expect(several).toBeGreaterThan(100);
  }, 300_000);
});

const looking = { tools: [aTool('look', ({ n }) => `saw ${String(n)} ${'much '.repeat(200)}`)] };
const callsOf = ({ state }: PlayedRun) =>
  state.content.flatMap((part) => (part.type === 'tool_call' ? [part.tool_call.output] : []));
const chats = ({ simulator }: RunHost) =>
  simulator.requests
    .filter(({ path }) => path.endsWith('/chat/completions'))
    .map(({ body }) => body as Record<string, unknown>);
const noList = () => Promise.reject(new Error('No list'));

describe('under a spending limit', () => {
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

  it('nothing costs more with fallbacks, lost answers, pictures and searches, whatever goes wrong', async () => {
    const random = createRandom(11);
    const host = await startHost({
      tools: [aTool('look', () => `seen ${'much '.repeat(random() * 1000)}`)],
      client: {
        retry: { retries: 2, baseMs: 1, maxTotalWaitMs: 200 },
        circuit: { failures: 1000 },
        fallbacks: { default: ['openai/gpt-4o-mini', 'google/gemini-2.5-flash'] },
      },
    });
    const models = (await host.plugin.models()).filter(isCallable);
    const aModelOf = () => models[Math.floor(random() * models.length)]?.id ?? aModel;
    const chat = { path: '/chat/completions' };
    const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } };
    let lost = 0;
    let several = 0;

    for (let round = 0; round < 160; round += 1) {
      const ids = [aModelOf(), aModelOf(), aModelOf()].slice(0, 1 + Math.floor(random() * 3));
      const stopLooping = loopForever(host, random);
      const troubles = Array.from({ length: Math.floor(random() * 6) }, () => {
        const kind = random();
        if (kind < 0.3) return host.simulator.script({ match: chat, cutAtByte: random() * 3000 });
        if (kind < 0.6) return host.simulator.script({ match: chat, resetAtByte: random() * 3000 });
        if (kind < 0.8) return host.simulator.script({ match: { model: ids[0] ?? '' }, fail: {} });
        return host.simulator.script({ match: chat, delayMs: 1 });
      });
      const limitUsd = 10 ** (-2.5 + 3 * random());
      const before = await host.spentUsd();

      const { finish, state } = await host.play({
        model: ids[0] ?? aModel,
        tools: ['look'],
        spendingLimitUsd: limitUsd,
        recursionLimit: 5,
        modelParameters: {
          ...(ids.length > 1 && { models: ids.slice(1) }),
          ...(random() < 0.3 && { max_tokens: Math.ceil(random() * 3000) }),
          ...(random() < 0.2 && { tools: [{ type: 'openrouter:web_search' }] }),
          ...(random() < 0.2 && { provider: { sort: 'throughput' } }),
          ...(random() < 0.1 && { service_tier: 'priority' }),
          ...(random() < 0.2 && { cache_control: { type: 'ephemeral' } }),
        },
        history: [
          { role: 'user', content: random() < 0.2 ? [picture] : 'word '.repeat(random() * 3000) },
        ],
      });
      stopLooping();
      troubles.forEach((takeBack) => takeBack());

      const spentUsd = (await host.spentUsd()) - before;
      const bookedUsd = state.steps.reduce((sum, { max_cost: usd }) => sum + (usd ?? NaN), 0);
      expect([ids, spentUsd <= limitUsd]).toEqual([ids, true]);
      expect([ids, spentUsd <= bookedUsd + 1e-12]).toEqual([ids, true]);
      expect(bookedUsd).toBeLessThanOrEqual(limitUsd);
      if (['cut', 'failed'].includes(finish.ending)) lost += 1;
      if (state.steps.length > 1) several += 1;
    }

    expect(lost).toBeGreaterThan(10);
    expect(several).toBeGreaterThan(30);
  }, 300_000);

  it('an answer that fits is as it would be without', async () => {
    const host = await startHost();

    const free = await host.play({});
    const limited = await host.play({ spendingLimitUsd: 1 });

    expect(limited.text).toBe(free.text);
    expect(limited.finish).toEqual(free.finish);
    expect(chats(host)[1]).not.toHaveProperty('max_tokens');
    expect(limited.state.steps[0]).toMatchObject({
      usage: { cost: limited.state.steps[0]?.max_cost },
    });
  });

  it('an answer gets shorter, and says why it ended', async () => {
    const host = await startHost();

    const run = await host.play({
      spendingLimitUsd: 0.0002,
      history: [
        { role: 'user', content: 'Write a long and detailed essay in depth about the sea' },
      ],
    });

    expect(run.text).not.toBe('');
    expect(run.state.steps).toMatchObject([{ ending: 'length' }]);
    expect(run.finish).toMatchObject({
      ending: 'budget',
      limit: {
        kind: 'spending_limit',
        limit: 0.0002,
        used: await host.spentUsd(),
        message: expect.stringMatching(
          /^The answer ended where its money did\. The limit .* \$0\.0002/,
        ),
      },
    });
  });

  it('a limit that is too low for any answer ends the run before it costs anything', async () => {
    const host = await startHost();

    const run = await host.play({ spendingLimitUsd: 0.000001 });

    expect(run.events).toMatchObject([
      {
        type: 'finish',
        ending: 'budget',
        limit: {
          used: 0,
          message: expect.stringMatching(/^The next step could cost up to \$0\.000/),
        },
      },
    ]);
    expect(chats(host)).toHaveLength(0);
  });

  it('a run goes on from the same step when the limit is raised, and what was spent counts', async () => {
    const host = await startHost(looking);
    for (let n = 0; n < 6; n += 1)
      host.simulator.script({ toolCalls: [{ name: 'look', arguments: { n } }] });
    const limits = [0.0006, 0.0012, 1];
    let run: PlayedRun | null = null;
    for (const spendingLimitUsd of limits) {
      run = await host.play({ tools: ['look'], spendingLimitUsd, resume: run?.resume ?? null });

      expect(await host.spentUsd()).toBeLessThanOrEqual(spendingLimitUsd);
      if (spendingLimitUsd < 1) {
        expect(run.finish.limit).toMatchObject({ kind: 'spending_limit', limit: spendingLimitUsd });
        expect(run.finish.limit?.used).toBeCloseTo(await host.spentUsd(), 12);
      }
    }

    expect(run?.finish.ending).toBe('complete');
    expect(callsOf(run as PlayedRun).map((output) => output?.slice(0, 5))).toEqual(
      [0, 1, 2, 3, 4, 5].map((n) => `saw ${n}`),
    );
    expect(run?.state.steps.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('a step whose usage never came counts at its worst when the run goes on', async () => {
    const host = await startHost(looking);
    host.simulator.script({ cutAtByte: 3000 });

    const cut = await host.play({ spendingLimitUsd: 0.01 });
    const worstUsd = cut.state.steps[0]?.max_cost ?? 0;
    const over = await host.play({ spendingLimitUsd: worstUsd, resume: cut.resume });
    const on = await host.play({ spendingLimitUsd: worstUsd * 3, resume: cut.resume });

    expect(cut.finish.ending).toBe('cut');
    expect(cut.state.steps[0]?.usage).toBeNull();
    expect(worstUsd).toBeGreaterThan(await host.spentUsd());
    expect(over.finish.limit).toMatchObject({ kind: 'spending_limit', used: worstUsd });
    expect(on.finish.ending).toBe('complete');
  });

  it('a refusal costs nothing, and leaves all for the next try', async () => {
    const host = await startHost();
    host.simulator.script({ fail: { status: 429 } });

    const refused = await host.play({ spendingLimitUsd: 0.001 });
    const next = await host.play({ spendingLimitUsd: 0.001, resume: refused.resume });

    expect(refused.finish.ending).toBe('failed');
    expect(refused.state.steps[0]?.max_cost).toBe(0);
    expect(next.finish.ending).not.toBe('failed');
    expect(next.text).not.toBe('');
  });

  it('an answer that was lost is not asked for again where that could cost too much', async () => {
    const retry = { retries: 2, baseMs: 1, maxTotalWaitMs: 1000 };
    const host = await startHost({ client: { retry } });
    const loseOne = () =>
      host.simulator.script({ match: { path: '/chat/completions' }, resetAtByte: 0 });
    loseOne();
    const dear = await host.play({ spendingLimitUsd: 0.0004 });
    const dearCalls = chats(host).length;
    loseOne();
    const cheap = await host.play({ spendingLimitUsd: 1 });

    expect(dear.finish.ending).toBe('failed');
    expect(dearCalls).toBe(1);
    expect(cheap.finish.ending).toBe('complete');
    expect(chats(host).length - dearCalls).toBe(2);
    expect(cheap.state.steps[0]?.max_cost).toBeGreaterThan(cheap.state.steps[0]?.usage?.cost ?? 0);
  });

  it('an answer that was lost counts at its worst, and not twice', async () => {
    const host = await startHost();
    host.simulator.script({ match: { path: '/chat/completions' }, cutAtByte: 10 });

    const run = await host.play({ spendingLimitUsd: 0.0004 });

    const [step] = run.state.steps;
    const [begun] = run.events.filter((event) => event.type === 'step-start');
    expect(run.finish.ending).toBe('cut');
    expect(step?.trace?.attempts).toMatchObject([{ reason: 'stream_cut', may_be_charged: true }]);
    expect(step?.max_cost).toBe(begun?.maxCostUsd);
  });

  it('a step that was stopped counts at its worst, with all its calls', async () => {
    const host = await startHost({ simulator: { tokensPerSecond: 20 } });
    const controller = new AbortController();

    const run = await host.play(
      { spendingLimitUsd: 0.5 },
      {
        signal: controller.signal,
        onRecord: ({ type }) => type === 'text-delta' && controller.abort(),
      },
    );

    expect(run.finish.ending).toBe('stopped');
    expect(run.state.steps[0]?.max_cost).toBeGreaterThan(0);
    await until(() => host.simulator.requests.some(({ aborted }) => aborted));
    expect(await host.spentUsd()).toBeLessThanOrEqual(run.state.steps[0]?.max_cost ?? 0);
  });

  it('fallbacks of the request and of the server are counted, and may answer', async () => {
    const preset = ['mistralai/mistral-small-2603', 'openai/gpt-5.5'];
    const host = await startHost({ client: { fallbacks: { default: preset } } });
    const named = { modelParameters: { models: ['openai/gpt-4o'] } };
    host.simulator.script({ match: { model: aModel }, fail: {}, times: Infinity });
    host.simulator.script({ match: { model: 'openai/gpt-4o' }, fail: {}, times: Infinity });

    const run = await host.play({ ...named, spendingLimitUsd: 0.05 });
    const alone = await host.play({ spendingLimitUsd: 0.05 });

    expect(run.state.steps[0]?.model).toMatch(/mistral-small/);
    expect(chats(host)[0]).toMatchObject({
      model: aModel,
      models: ['openai/gpt-4o', 'mistralai/mistral-small-2603'],
      provider: { max_price: { prompt: expect.stringMatching(/^2\.5000/) } },
    });
    expect(alone.finish.ending).toBe('complete');
    expect(await host.spentUsd()).toBeLessThanOrEqual(0.1);
  });

  it('a search is counted with the turns that it leads to', async () => {
    const host = await startHost();
    const search = { modelParameters: { tools: [{ type: 'openrouter:web_search' }] } };

    const run = await host.play({ ...search, spendingLimitUsd: 0.2 });
    const little = await host.play({ ...search, spendingLimitUsd: 0.02 });

    expect(run.finish.ending).toBe('complete');
    expect(chats(host)[0]).toMatchObject({ max_tool_calls: 3 });
    expect(run.state.steps[0]?.usage?.server_tool_use_details).toMatchObject({
      web_search_requests: 1,
    });
    expect(little.finish.limit).toMatchObject({ kind: 'spending_limit', used: 0 });
  });

  it.each([
    ['openrouter/auto', {}, /no price that is known beforehand/],
    ['~nobody/knows-latest', {}, /There is no model/],
    [
      aModel,
      { tools: [{ type: 'openrouter:advisor' }] },
      /price of the tool openrouter:advisor has no upper limit/,
    ],
    [aModel, { plugins: [{ id: 'fusion' }] }, /price of the plugin fusion has no upper limit/],
  ])('what has no bound is refused beforehand: %s %j', async (model, modelParameters, message) => {
    const host = await startHost();

    await expect(host.check({ model, modelParameters, spendingLimitUsd: 1 })).rejects.toMatchObject(
      {
        message: expect.stringMatching(message),
      },
    );
    const run = await host.play({ model, modelParameters, spendingLimitUsd: 1 });
    expect(run.finish).toMatchObject({ ending: 'budget', limit: { used: 0 } });
    expect(chats(host)).toHaveLength(0);
  });

  it('nothing is asked while the prices are not known', async () => {
    const host = await startHost({
      runner: { catalogue: { provider: 'openrouter', list: noList } },
    });

    const run = await host.play({ spendingLimitUsd: 1 });

    await expect(host.check({ spendingLimitUsd: 1 })).rejects.toMatchObject({
      reason: 'upstream_unreachable',
    });
    expect(run.state.error).toMatchObject({ code: 503 });
    expect(run.finish.ending).toBe('failed');
    expect(chats(host)).toHaveLength(0);
  });

  it('a free model answers whatever the limit is', async () => {
    const host = await startHost();

    const run = await host.play({
      model: 'nvidia/nemotron-3.5-lightning:free',
      spendingLimitUsd: 0.0000001,
    });

    expect(run.finish.ending).toBe('complete');
    expect(run.state.steps[0]).toMatchObject({ max_cost: 0, usage: { cost: 0 } });
  });
});

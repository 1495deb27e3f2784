import type { Model } from '@openrouter-native/protocol';
import { aTool, startRunHost, type RunHost } from '../../support/run-host.ts';

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

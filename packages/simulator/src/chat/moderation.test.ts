import { startSimulator, type Simulator } from '../index.ts';
import { chat, user } from '../testing/ask.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

const bad = [user('Tell me how to build a bomb in the kitchen')];

describe('moderation and guardrails', () => {
  it('flag bad words for models that insist on it, with reasons', async () => {
    const moderated = await chat(simulator, { messages: bad });
    const free = await chat(simulator, { model: 'deepseek/deepseek-v4-flash-0731', messages: bad });

    expect(moderated).toMatchObject({
      status: 403,
      error: {
        metadata: {
          reasons: ['violence'],
          flagged_input: 'Tell me how to build a bomb in the kitchen',
          provider_name: expect.any(String),
          model_slug: 'openai/gpt-4o-mini',
        },
      },
    });
    expect(free.status).toBe(200);
  });

  it('cut what was flagged in the middle', async () => {
    const long = `${'before '.repeat(20)}build a bomb${' after'.repeat(20)}`;

    const { error } = await chat(simulator, { messages: [user(long)] });

    const { flagged_input: flagged } = error.metadata as { flagged_input: string };
    expect(flagged.length).toBeLessThanOrEqual(100);
    expect(flagged).toContain('…');
  });

  it('block content and models by a rule of the key', async () => {
    const key = simulator.keys.guarded;

    const content = await chat(simulator, 'My card is 4111 1111 1111 1111', { key });
    const model = await chat(simulator, { model: 'x-ai/grok-4.6' }, { key });
    const fine = await chat(simulator, 'Say hi', { key });

    expect(content).toMatchObject({
      status: 403,
      error: { metadata: { patterns: ['credit_card'] } },
    });
    expect(model.status).toBe(403);
    expect(fine).toMatchObject({ status: 200, body: { provider: 'Azure' } });
  });
});

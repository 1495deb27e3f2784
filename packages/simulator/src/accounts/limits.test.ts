import { startSimulator, type Simulator } from '../index.ts';
import { chat, json, stream, user, type ChatAnswer } from '../testing/ask.ts';

const FREE = 'z-ai/glm-5.2:free';
const NOW = Date.UTC(2026, 9, 14, 23, 58);

let simulator: Simulator;
let now: number;
beforeEach(async () => {
  now = NOW;
  simulator = await startSimulator({ tokensPerSecond: Infinity, now: () => now });
});
afterEach(() => simulator.close());

const askWithCap = (): Promise<ChatAnswer> =>
  chat(simulator, { model: 'openai/gpt-5' }, { key: simulator.keys.capped });
const askForFree = (key = simulator.keys.free) =>
  chat(simulator, { model: FREE, max_tokens: 1 }, { key });

async function use(count: number, key?: string): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    if (index > 0 && index % 20 === 0) now += 60_000;
    expect((await askForFree(key)).status).toBe(200);
  }
}

describe('credits', () => {
  it('refuses an answer that could cost more than the balance, and says what is affordable', async () => {
    const key = simulator.keys.poor;
    const body = { model: 'openai/gpt-5', messages: [user('Say hi')] };

    const large = await chat(simulator, body, { key });
    const small = await chat(simulator, { ...body, max_tokens: 100 }, { key });

    expect(large).toMatchObject({
      status: 402,
      error: {
        metadata: { limit_source: 'openrouter_credits', reason: 'weight_exceeds_budget' },
      },
    });
    expect(large.error.message).toMatch(
      /^This request requires more credits, or fewer max_tokens\. You requested up to 128000 tokens, but can only afford \d+\./,
    );
    expect(small.status).toBe(200);
  });

  it('affords exactly as much as it says', async () => {
    const key = simulator.keys.poor;
    const ask = (max_tokens: number) =>
      chat(simulator, { model: 'openai/gpt-5', max_tokens, messages: [user('Say hi')] }, { key });
    const { error } = await ask(128_000);
    const affordable = Number(/only afford (\d+)/.exec(error.message ?? '')?.[1]);

    expect((await ask(affordable + 1)).status).toBe(402);
    expect((await ask(affordable)).status).toBe(200);
  });

  it('refuses a prompt that costs more than the balance', async () => {
    const messages = [user('word '.repeat(20_000))];

    const answer = await chat(
      simulator,
      { model: 'openai/gpt-5', messages, max_tokens: 16 },
      { key: simulator.keys.poor },
    );

    expect(answer.status).toBe(402);
    expect(answer.error.message).toMatch(/^Prompt tokens limit exceeded: \d+ > \d+/);
  });

  it('refuses an account without credits paid models, and gives it the free ones', async () => {
    const key = simulator.keys.free;

    const paid = await chat(simulator, { max_tokens: 16 }, { key });
    const free = await chat(simulator, { model: FREE }, { key });

    expect(paid).toMatchObject({ status: 402 });
    expect(paid.error.message).toMatch(/^Insufficient credits/);
    expect(free.status).toBe(200);
  });

  it('refuses an account in debt even the free models', async () => {
    const answer = await chat(simulator, { model: FREE }, { key: simulator.keys.negative });

    expect(answer).toMatchObject({
      status: 402,
      error: { metadata: { limit_source: 'openrouter_credits' } },
    });
  });
});

describe('the cap of a key', () => {
  it('is refused with 402 as documented', async () => {
    expect(await askWithCap()).toMatchObject({
      status: 402,
      error: {
        message: expect.stringMatching(/^Key limit exceeded \(monthly limit\)/),
        metadata: { limit_source: 'openrouter_key_limit' },
      },
    });
  });

  it('is refused with 403 as seen on the wire', async () => {
    await simulator.close();
    simulator = await startSimulator({ tokensPerSecond: Infinity, keyLimitStatus: 403 });

    expect(await askWithCap()).toMatchObject({ status: 403, error: { code: 403 } });
  });

  it('lets small requests through, and free models', async () => {
    const key = simulator.keys.capped;

    expect((await chat(simulator, { max_tokens: 16 }, { key })).status).toBe(200);
    expect((await chat(simulator, { model: FREE }, { key })).status).toBe(200);
  });
});

it('refuses what running requests have reserved, for now', async () => {
  await simulator.close();
  simulator = await startSimulator({ tokensPerSecond: 50, firstTokenMs: 50 });
  const key = simulator.keys.poor;
  const body = { model: 'openai/gpt-4o', max_tokens: 1200, messages: [user('Tell me about tea')] };

  const running = stream(simulator, { ...body, stop: 'tea' }, { key });
  await new Promise((resolve) => setTimeout(resolve, 20));
  const refused = await chat(simulator, { ...body, stop: 'tea' }, { key });

  expect(refused).toMatchObject({
    status: 402,
    error: {
      metadata: {
        limit_source: 'openrouter_in_flight_budget',
        reason: 'in_flight_budget_exhausted',
      },
    },
  });
  expect(refused.headers.get('retry-after')).toBe('5');
  await running;
  expect((await chat(simulator, { ...body, stop: 'tea' }, { key })).status).toBe(200);
});

describe('the free tier', () => {
  it('allows 20 requests a minute, over all free models', async () => {
    await use(20);

    const refused = await chat(
      simulator,
      { model: 'google/gemma-4-31b-it:free' },
      { key: simulator.keys.free },
    );
    expect(refused).toMatchObject({
      status: 429,
      error: {
        message: 'Rate limit exceeded: free-models-per-min.',
        metadata: { headers: { 'X-RateLimit-Limit': '20', 'X-RateLimit-Remaining': '0' } },
      },
    });
    expect(refused.headers.get('x-ratelimit-reset')).toBe(String(NOW + 60_000));
    now += 60_000;
    expect((await askForFree()).status).toBe(200);
  });

  it('allows 50 a day without credits, until midnight UTC', async () => {
    now = Date.UTC(2026, 9, 14, 8);
    await use(50);
    now += 60_000;

    const refused = await askForFree();
    expect(refused).toMatchObject({
      status: 429,
      error: {
        metadata: {
          limit_source: 'openrouter_free_tier_daily',
          headers: {
            'X-RateLimit-Limit': '50',
            'X-RateLimit-Reset': String(Date.UTC(2026, 9, 15)),
          },
        },
      },
    });
    expect(refused.error.message).toMatch(/^Rate limit exceeded: free-models-per-day\. Add 10/);
    expect(refused.headers.get('retry-after')).toBeNull();

    now = Date.UTC(2026, 9, 15);
    expect((await askForFree()).status).toBe(200);
  });

  it('counts all keys of an account together, and a refusal not at all', async () => {
    await use(20, simulator.keys.inference);

    expect((await askForFree(simulator.keys.capped)).status).toBe(429);
    const key = await json(simulator, 'GET', '/key');
    expect(key.body).toMatchObject({
      data: { free_model_daily_requests: { used: 20, limit: 1000, remaining: 980 } },
    });
  });

  it('lets paid models be', async () => {
    await use(20, simulator.keys.inference);

    expect((await chat(simulator, { max_tokens: 16 })).status).toBe(200);
  });
});

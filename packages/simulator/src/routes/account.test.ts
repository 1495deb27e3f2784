import { startSimulator, type Simulator, type SimulatorKeys } from '../index.ts';
import { chat, json } from '../testing/ask.ts';

const NOW = Date.UTC(2026, 9, 14, 12); // a Wednesday

let simulator: Simulator;
let now: number;
beforeEach(async () => {
  now = NOW;
  simulator = await startSimulator({ tokensPerSecond: Infinity, now: () => now });
});
afterEach(() => simulator.close());

type Key = { data: Record<string, unknown> & { usage: number; limit_remaining: number } };
const readKey = async (name: keyof SimulatorKeys = 'inference') => {
  const { body } = await json<Key>(simulator, 'GET', '/key', { key: simulator.keys[name] });
  return body.data;
};
const spend = () => chat(simulator, { max_tokens: 16 }, { key: simulator.keys.guarded });
const readCredits = async () => {
  const { body } = await json<{ data: { total_credits: number; total_usage: number } }>(
    simulator,
    'GET',
    '/credits',
    { key: simulator.keys.management },
  );
  return body.data;
};

describe('authentication', () => {
  const cases = [
    ['no key', null, 'Missing Authentication header'],
    ['an unknown key', `sk-or-v1-${'f'.repeat(64)}`, 'User not found.'],
    ['a key that is none', 'abc', 'User not found.'],
  ] as const;
  it.each(cases)('refuses %s with 401', async (_name, key, message) => {
    const answer = await json(simulator, 'GET', '/key', { key });

    expect(answer).toMatchObject({ status: 401, body: { error: { code: 401, message } } });
  });

  it.each(['disabled', 'expired'] as const)('refuses a key that is %s', async (name) => {
    const answer = await json(simulator, 'GET', '/key', { key: simulator.keys[name] });

    expect(answer.status).toBe(401);
  });

  it('judges the key before the body', async () => {
    const answer = await json(simulator, 'POST', '/chat/completions', {
      key: null,
      body: '{"broken',
    });

    expect(answer.status).toBe(401);
  });

  it('keeps management keys from models, and ordinary ones from the credits', async () => {
    const { management } = simulator.keys;

    const asked = await chat(simulator, 'Say hi', { key: management });
    const looked = await json(simulator, 'GET', '/credits');

    expect(asked.status).toBe(403);
    expect(looked).toMatchObject({
      status: 403,
      body: { error: { message: 'Only management keys can perform this operation' } },
    });
  });
});

describe('GET /key', () => {
  it('describes the key, with a masked label', async () => {
    expect(await readKey()).toMatchObject({
      label: 'sk-or-v1-000...000',
      limit: null,
      limit_remaining: null,
      is_free_tier: false,
      is_management_key: false,
      rate_limit: { requests: -1 },
    });
    expect(await readKey('management')).toMatchObject({ is_management_key: true });
    expect(await readKey('free')).toMatchObject({ is_free_tier: true });
  });

  it('tells what is left of a cap, whatever the account holds', async () => {
    expect(await readKey('capped')).toMatchObject({
      limit: 1,
      limit_remaining: 0.01,
      limit_reset: 'monthly',
    });
  });

  it('answers under its old path as well', async () => {
    const old = await json(simulator, 'GET', '/auth/key');

    expect(old.body).toEqual({ data: await readKey() });
  });

  it('adds up usage by UTC day, by week from Monday, and by month', async () => {
    const { usage } = (await spend()).body;
    const cost = usage?.cost ?? 0;
    expect(cost).toBeGreaterThan(0);

    now = NOW + 86_400_000;
    await spend();
    expect(await readKey('guarded')).toMatchObject({
      usage: round(2 * cost),
      usage_daily: cost,
      usage_weekly: round(2 * cost),
      usage_monthly: round(2 * cost),
    });

    now = Date.UTC(2026, 9, 19, 1); // the Monday after
    expect(await readKey('guarded')).toMatchObject({
      usage_daily: 0,
      usage_weekly: 0,
      usage_monthly: round(2 * cost),
    });
  });

  it('gives a capped key its credit back when the period turns', async () => {
    now = Date.UTC(2026, 10, 1);

    expect(await readKey('capped')).toMatchObject({ limit_remaining: 1, usage_monthly: 0 });
  });
});

describe('GET /credits', () => {
  it('grows by exactly what an answer cost', async () => {
    const before = await readCredits();

    const { body } = await chat(simulator, 'Tell me about rivers');

    const after = await readCredits();
    expect(after.total_credits).toBe(before.total_credits);
    expect(after.total_usage).toBe(round(before.total_usage + (body.usage?.cost ?? NaN)));
  });
});

describe('GET /generation', () => {
  it('knows an answer only a moment after its end', async () => {
    const { body } = await chat(simulator, { user: 'u1', session_id: 's1' });
    const path = `/generation?id=${body.id}`;

    const early = await json(simulator, 'GET', path);
    expect(early).toMatchObject({ status: 404, body: { error: { code: 404 } } });

    await new Promise((resolve) => setTimeout(resolve, 260));
    const late = await json(simulator, 'GET', path);
    expect(late).toMatchObject({
      status: 200,
      body: {
        data: {
          id: body.id,
          model: body.model,
          provider_name: body.provider,
          total_cost: body.usage?.cost,
          native_tokens_prompt: body.usage?.prompt_tokens,
          native_tokens_completion: body.usage?.completion_tokens,
          streamed: false,
          cancelled: false,
          finish_reason: 'stop',
          external_user: 'u1',
          session_id: 's1',
        },
      },
    });
  });

  it('asks for an id, and keeps one account from the answers of another', async () => {
    await simulator.close();
    simulator = await startSimulator({ tokensPerSecond: Infinity, generationDelayMs: 0 });
    const { body } = await chat(simulator, 'Say hi');
    const path = `/generation?id=${body.id}`;

    expect((await json(simulator, 'GET', '/generation')).status).toBe(400);
    expect((await json(simulator, 'GET', path)).status).toBe(200);
    expect((await json(simulator, 'GET', path, { key: simulator.keys.free })).status).toBe(404);
  });
});

function round(usd: number): number {
  return Number(usd.toFixed(12));
}

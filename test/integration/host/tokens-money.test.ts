import { createTokenSpending } from '@openrouter-native/api/database/token-spending';
import {
  appTokenListSchema,
  chatCompletionSchema,
  errorBodySchema,
  type CreateAppToken,
} from '@openrouter-native/protocol';
import type { Response } from 'supertest';
import { createToken, tokenModel, withToken, type TokenApp } from '../../support/app-tokens.ts';
import { onEachDatabase } from '../../support/databases.ts';
import { payloadsOf } from '../../support/outcome.ts';
import { signIn, type SignedIn } from '../../support/signed-in.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { answerCalls, sentWith } from '../../support/upstream-calls.ts';
import { until } from '../../support/wait.ts';

const LIMIT_USD = 0.01;
const FREE_MODEL = 'poolside/laguna-xs-2.1:free';
const errorOf = ({ body }: Response) => errorBodySchema.parse(body).error;
const costOf = ({ body }: Response) => chatCompletionSchema.parse(body).usage?.cost ?? NaN;
const chatPath = { path: '/chat/completions' };

onEachDatabase((database) => {
  let host: TestApp;
  let ada: SignedIn;
  const clock = { ms: Date.parse('2027-05-31T23:50:00Z') };
  beforeAll(async () => {
    host = await createTestApp({
      database,
      app: { now: () => clock.ms },
      simulator: { generationDelayMs: 0 },
    });
    ada = await signIn(host);
  });

  /** An app whose token is the only one there is. */
  async function limitedApp(fields: Partial<CreateAppToken> = {}): Promise<TokenApp> {
    await host.database.queries.execute('delete from app_tokens');
    const { token } = await createToken(ada, { monthly_limit_usd: LIMIT_USD, ...fields });
    return withToken(host, token);
  }

  async function spentUsd(): Promise<number | null | undefined> {
    const { body } = await ada.get('/api/tokens');
    return appTokenListSchema.parse(body).data[0]?.spent_this_month_usd;
  }

  /** What the simulator has charged so far. */
  async function chargedUsd(): Promise<number> {
    const { management } = host.simulator.keys;
    const response = await fetch(`${host.simulator.url}/credits`, {
      headers: { Authorization: `Bearer ${management}` },
    });
    const { data } = (await response.json()) as { data: { total_usage: number } };
    return data.total_usage;
  }

  it('is kept when 50 ask at once, and what remains is what it cost', async () => {
    const app = await limitedApp();
    const before = await chargedUsd();

    const responses = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        app.chat({ max_tokens: 600, stream: index % 2 === 0 }),
      ),
    );

    const charged = (await chargedUsd()) - before;
    const answered = responses.filter(({ status }) => status === 200);
    const refused = responses.filter(({ status }) => status !== 200);
    expect(charged).toBeGreaterThan(0);
    expect(charged).toBeLessThanOrEqual(LIMIT_USD);
    expect(answered.length).toBeGreaterThan(1);
    expect(refused.length).toBeGreaterThan(1);
    expect(refused.every((response) => ['in_flight_budget', 'key_limit_exceeded'].includes(errorOf(response).reason))).toBe(true); // prettier-ignore
    expect(await spentUsd()).toBeCloseTo(charged, 9);
  });

  it('ends what it does not let pass with 402, and lets free models go on', async () => {
    const app = await limitedApp({ monthly_limit_usd: 0.0001 });

    const refused = await app.chat();
    const free = await app.chat({ model: FREE_MODEL });

    expect(refused.status).toBe(402);
    expect(errorOf(refused)).toMatchObject({
      reason: 'key_limit_exceeded',
      type: 'insufficient_credits',
      retryable: false,
      message: expect.stringMatching(/^This app token may spend \$0\.0001 a month, \$0\.00 of it/),
      action: expect.stringContaining('wait until 2027-06-01T00:00:00.000Z'),
      metadata: { limit_usd: 0.0001, spent_usd: 0, resets_at: '2027-06-01T00:00:00.000Z' },
    });
    expect(free.status).toBe(200);
  });

  it('says so when it is only running answers that are in the way', async () => {
    const app = await limitedApp({ monthly_limit_usd: 0.002 });
    const takeBack = host.simulator.script({ match: chatPath, delayMs: 300 });

    const first = app.chat({ max_tokens: 600 }).then((response) => response);
    await until(async () => ((await spentUsd()) ?? 0) > 0);
    const second = await app.chat({ max_tokens: 600 });
    takeBack();

    expect((await first).status).toBe(200);
    expect(second.status).toBe(402);
    expect(errorOf(second)).toMatchObject({ reason: 'in_flight_budget', retryable: true });
  });

  it('shortens the answer that would not fit, and sends what keeps its price', async () => {
    const app = await limitedApp({ monthly_limit_usd: 0.005 });

    expect((await app.chat()).status).toBe(200);

    const { max_tokens: tokens, provider } = sentWith(answerCalls(host.simulator).at(-1));
    expect(tokens).toBeGreaterThan(1000);
    expect(tokens).toBeLessThan(2500); // At two dollars for a million.
    expect(provider).toMatchObject({ max_price: { prompt: expect.any(String) } });
  });

  it('counts what an answer cost whose reader left', async () => {
    const app = await limitedApp({ monthly_limit_usd: 0.1 });
    const before = await chargedUsd();
    const takeBack = host.simulator.script({ match: chatPath, dripMs: 20, dripBytes: 300 });
    const leaving = new AbortController();
    const response = await fetch(`${host.url}/api/openrouter/chat/completions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${app.token}` },
      body: JSON.stringify({
        model: tokenModel,
        messages: [{ role: 'user', content: 'Tell me everything about rivers.' }],
        max_tokens: 2000,
        stream: true,
      }),
      signal: leaving.signal,
    });
    await response.body?.getReader().read();
    const reserved = (await spentUsd()) ?? 0;

    leaving.abort();
    takeBack();
    await until(async () => ((await spentUsd()) ?? 0) < reserved);

    const charged = (await chargedUsd()) - before;
    expect(charged).toBeGreaterThan(0);
    expect(await spentUsd()).toBeCloseTo(charged, 9);
  });

  it('counts the most that an answer can have cost where nobody tells', async () => {
    const app = await limitedApp({ monthly_limit_usd: 0.1 });
    const cut = host.simulator.script({ match: chatPath, cutAtByte: 2000 });
    host.simulator.script({ match: { path: '/generation' }, respond: { status: 403 } });
    const lookUps = () =>
      host.simulator.requests.filter(({ path }) => path.endsWith('/generation')).length;
    const before = lookUps();

    const response = await app.chat({ max_tokens: 1000, stream: true });
    await until(() => lookUps() > before);
    cut();

    const worst = (1000 * 2) / 1_000_000; // Of the answer; the question is a little more.
    expect(payloadsOf(response.text).join('')).toContain('stream_cut');
    await until(async () => ((await spentUsd()) ?? 0) < 2 * worst); // No longer three calls of it.
    expect(await spentUsd()).toBeGreaterThan(worst);
  });

  it('is not to be had for what has no upper price', async () => {
    const app = await limitedApp();

    const responses = await Promise.all([
      app.chat({ model: 'openrouter/auto' }),
      app.chat({ preset: 'mine' }),
      app.chat({ tools: [{ type: 'openrouter:fusion' }] }),
    ]);

    expect(responses.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(errorOf(responses[0]).message).toBe(
      'The price of the model is not known beforehand. So it cannot be kept to the monthly limit of this app token.',
    );
    expect(await spentUsd()).toBe(0);
  });

  it('is not needed to know what a token spends, as long as upstream tells', async () => {
    const app = await limitedApp({ monthly_limit_usd: null });

    const cost = costOf(await app.chat());
    await until(async () => (await spentUsd()) !== 0);
    expect(await spentUsd()).toBeCloseTo(cost, 9);

    const takeBack = host.simulator.script({
      match: chatPath,
      respond: { body: { id: 'gen-x', choices: [{ message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }] } }, // prettier-ignore
    });
    const silent = host.simulator.script({
      match: { path: '/generation' },
      respond: { status: 403 },
    });
    expect((await app.chat()).status).toBe(200);
    await until(async () => (await spentUsd()) === null);
    takeBack();
    silent();
  });

  it('is one for all servers on the same database, and outlasts them', async () => {
    await limitedApp({ monthly_limit_usd: 1 });
    const { body } = await ada.get('/api/tokens');
    const id = appTokenListSchema.parse(body).data[0]?.id ?? '';
    const server = createTokenSpending(host.database.queries);
    const other = createTokenSpending(host.database.queries);
    const month = '2027-05';

    const reserved = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? server : other).reserve(id, month, 0.1),
      ),
    );
    const behind = await server.reserve(id, '2027-04', 0.1);
    await server.settle(id, month, 0.1, 0.03);

    expect(reserved.filter((one) => one === month)).toHaveLength(10); // Decimals, summed exactly.
    expect(reserved.filter((one) => one === null)).toHaveLength(40);
    expect(behind).toBeNull(); // The month of a clock that is behind is over.
    expect(await other.read(id, month)).toEqual({ spentUsd: 0.93 });
    expect(await other.reserve(id, '2027-06', 1)).toBe('2027-06');
    await other.settle(id, month, 0.1, 0); // Too late to matter.
    expect(await other.read(id, '2027-06')).toEqual({ spentUsd: 1 });
  });

  it('begins anew with each month', async () => {
    const app = await limitedApp();
    const inMay = costOf(await app.chat({ max_tokens: 300 }));
    expect(await spentUsd()).toBeCloseTo(inMay, 9);

    clock.ms = Date.parse('2027-06-01T00:00:00Z');
    expect(await spentUsd()).toBe(0);
    const inJune = costOf(await app.chat({ max_tokens: 300 }));

    expect(await spentUsd()).toBeCloseTo(inJune, 9);
  });
});

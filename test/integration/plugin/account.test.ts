import request from 'supertest';
import { creditsSchema, healthSchema } from '@openrouter-native/protocol';
import {
  startPluginHost,
  type PluginHost,
  type PluginHostOptions,
} from '../../support/plugin-host.ts';
import { until } from '../../support/wait.ts';

let host: PluginHost;
async function start(options?: PluginHostOptions): Promise<void> {
  host = await startPluginHost(options);
}
afterEach(() => host.close());

const get = (path: string) => request(host.url).get(path);
const answering = (path: string, status: number, body: unknown) =>
  host.simulator.script({ match: { path }, times: Infinity, respond: { status, body } });

describe('GET /credits', () => {
  it('says that the balance is unknown for a key without a cap, not that it is 0', async () => {
    await start();

    const response = await get('/credits');

    expect(response.headers['x-cache']).toBe('MISS');
    expect(creditsSchema.parse(response.body)).toMatchObject({
      balance: null,
      total: null,
      limit: null,
      limit_remaining: null,
      currency: 'USD',
      source: 'key',
      stale: false,
    });
  });

  it('shows what is left of the cap of a key', async () => {
    await start();
    answering('/key', 200, {
      data: { limit: 20, limit_remaining: 13.25, usage: 6.75, is_free_tier: false },
    });

    expect((await get('/credits')).body).toMatchObject({
      balance: 13.25,
      usage: 6.75,
      limit: 20,
      limit_remaining: 13.25,
      is_free_tier: false,
      source: 'key',
    });
  });

  it('shows the balance of the account with a management key', async () => {
    await start();
    const managementKey = host.simulator.keys.management;
    await host.close();
    await start({ client: { managementKey } });
    answering('/credits', 200, { data: { total_credits: 25.1, total_usage: 7.4 } });

    const response = await get('/credits');

    expect(response.body).toMatchObject({
      balance: 17.7,
      total: 25.1,
      usage: 7.4,
      source: 'account',
    });
    expect(host.simulator.requests.map(({ path, keyName }) => [path.slice(7), keyName])).toEqual(
      expect.arrayContaining([
        ['/credits', 'management'],
        ['/key', 'inference'],
      ]),
    );
  });

  it('does not believe two zeros', async () => {
    await start();
    const managementKey = host.simulator.keys.management;
    await host.close();
    await start({ client: { managementKey } });
    answering('/credits', 200, { data: { total_credits: 0, total_usage: 0 } });

    expect((await get('/credits')).body).toMatchObject({
      balance: null,
      total: null,
      source: 'key',
    });
  });

  it.each<[string, number, unknown, number, string]>([
    [
      'a revoked key',
      401,
      { error: { code: 401, message: 'User not found.' } },
      401,
      'key_invalid',
    ],
    [
      'a restricted account',
      403,
      { error: { code: 403, message: 'No.' } },
      403,
      'account_restricted',
    ],
    ['an answer that is no number', 200, { data: { usage: 'NaN' } }, 502, 'malformed_response'],
    ['an HTML page', 200, '<html></html>', 502, 'malformed_response'],
    [
      'too many requests',
      429,
      { error: { code: 429, message: 'Slow down' } },
      429,
      'rate_limited_platform',
    ],
  ])('keeps the upstream status of %s', async (_what, status, body, expected, reason) => {
    await start();
    answering('/key', status, body);

    const answer = await get('/credits');

    expect(answer.status).toBe(expected);
    expect(answer.body.error).toMatchObject({ code: expected, reason });
  });

  it('shows the last known answer as stale while upstream is down', async () => {
    const clock = { ms: Date.now() };
    await start({ plugin: { now: () => clock.ms } });
    const known = (await get('/credits')).body;
    answering('/key', 502, '<html>');
    clock.ms += 60 * 60 * 1000;

    const response = await get('/credits');

    expect(response.headers['x-cache']).toBe('STALE');
    expect(response.body).toEqual({ ...known, stale: true });
  });

  it('asks once in its time to live, and at once when forced', async () => {
    await start();

    for (const path of ['/credits', '/credits', '/credits?force=true']) await get(path);

    expect(host.simulator.requests.filter(({ path }) => path.endsWith('/key'))).toHaveLength(2);
  });
});

describe('GET /health', () => {
  it('answers before anything is known', async () => {
    await start({ simulator: { tokensPerSecond: 1 } });
    host.simulator.script({ match: { path: '/models' }, delayMs: 300 });

    const response = await get('/health');

    expect(response.status).toBe(200);
    expect(healthSchema.parse(response.body)).toBeTruthy();
  });

  it('is healthy with a fresh list and a reachable upstream', async () => {
    await start();
    await until(() => host.plugin.health().status === 'healthy');
    await get('/credits');

    const response = await get('/health');

    expect(response.status).toBe(200);
    expect(healthSchema.parse(response.body)).toMatchObject({
      status: 'healthy',
      provider: { configured: true, mode: 'live' },
      models: { count: 421, stale: false },
      credits: { known: true },
      upstream: { reachable: true, last_error_reason: null },
    });
  });

  it('is 503 when it has nothing to serve', async () => {
    await start({ client: { baseURL: 'http://127.0.0.1:1/api/v1' } });
    await until(() => host.plugin.health().upstream.reachable === false);

    const response = await get('/health');

    expect(response.status).toBe(503);
    expect(response.body).toMatchObject({
      status: 'unhealthy',
      models: { count: null, age_ms: null },
      upstream: { reachable: false, last_error_reason: 'upstream_unreachable', last_ok_at: null },
    });
  });

  it('needs no sign-in, while everything else does', async () => {
    await start({
      plugin: { requireAuth: (_request, response) => void response.status(401).json({}) },
    });

    expect((await get('/health')).status).not.toBe(401);
    expect((await get('/models')).status).toBe(401);
    expect((await get('/credits')).status).toBe(401);
    expect((await host.post({})).status).toBe(401);
  });
});

describe('what is not there', () => {
  it('answers an unknown path with 404 and our body', async () => {
    await start();

    const response = await get('/unknown');

    expect(response.status).toBe(404);
    expect(response.body.error).toMatchObject({ type: 'not_found_error', reason: 'not_found' });
  });

  it('answers a wrong method with 405 and the right one', async () => {
    await start();

    const response = await fetch(`${host.url}/chat/completions`);

    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect((await response.json()).error.reason).toBe('method_not_allowed');
  });
});

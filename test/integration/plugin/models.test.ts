import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { modelsResponseSchema, type ModelsResponse } from '@openrouter-native/protocol';
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

const modelCalls = () =>
  host.simulator.requests.filter(({ path }) => path.endsWith('/models')).length;
const read = async (path: string): Promise<ModelsResponse> =>
  modelsResponseSchema.parse(await (await fetch(new URL(path, host.url))).json());

it('answers the whole catalogue with every upstream field, in upstream order', async () => {
  await start();
  const upstream = await (await fetch(`${host.simulator.url}/models`)).json();

  const answer = await fetch(`${host.url}/models`);
  const text = await answer.text();

  expect(answer.status).toBe(200);
  const { data } = upstream;
  expect(text).toBe(JSON.stringify({ data, total_count: 421, links: { next: null } }));
  expect(modelsResponseSchema.parse(JSON.parse(text)).data).toHaveLength(421);
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
});

it('answers page by page, each with the way to the next', async () => {
  await start();
  const whole = await read('/api/openrouter/models');

  const ids: string[] = [];
  const sizes: number[] = [];
  let path: string | null = '/api/openrouter/models?limit=200';
  while (path !== null) {
    const page = await read(path);
    ids.push(...page.data.map(({ id }) => id));
    sizes.push(page.data.length);
    expect(page.total_count).toBe(421);
    path = page.links?.next ?? null;
  }

  expect(sizes).toEqual([200, 200, 21]);
  expect(ids).toEqual(whole.data.map(({ id }) => id));
  expect((await read('/api/openrouter/models?offset=421')).data).toEqual([]);
});

it.each(['limit=0', 'limit=1001', 'limit=ten', 'offset=-1', 'offset=1&offset=2'])(
  'refuses the page %s',
  async (query) => {
    await start();

    const answer = await fetch(`${host.url}/models?${query}`);

    expect(answer.status).toBe(400);
    expect((await answer.json()).error.message).toMatch(/^(limit|offset): must be a whole number/);
  },
);

it('asks upstream once for a thousand cold readers', async () => {
  await start();

  const answers = await Promise.all(
    Array.from({ length: 1_000 }, () => fetch(`${host.url}/models`, { method: 'HEAD' })),
  );

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(modelCalls()).toBe(1);
});

it('says where the list came from and how old it is', async () => {
  const clock = { ms: Date.now() };
  await start({ plugin: { now: () => clock.ms, cache: { modelsTtlMs: 10_000 } } });
  await until(() => host.plugin.health().models.count === 421);

  clock.ms += 7_500;
  const fresh = await fetch(`${host.url}/models`);
  clock.ms += 10_000;
  const stale = await fetch(`${host.url}/models`);
  await until(() => modelCalls() === 2);
  await until(async () => (await fetch(`${host.url}/models`)).headers.get('x-cache') === 'HIT');

  expect(fresh.headers.get('x-cache')).toBe('HIT');
  expect(fresh.headers.get('age')).toBe('7');
  expect(stale.headers.get('x-cache')).toBe('STALE');
  expect(stale.headers.get('age')).toBe('17');
});

it('saves the body when the reader has it already', async () => {
  await start();
  const { etag = '' } = (await raw(`${host.url}/models`, {})).headers as { etag?: string };

  const again = await raw(`${host.url}/models`, { 'If-None-Match': etag });
  const other = await raw(`${host.url}/models`, { 'If-None-Match': 'W/"other"' });

  expect(etag).toMatch(/^W\/"[\w-]+"$/);
  expect(again.status).toBe(304);
  expect(again.body).toHaveLength(0);
  expect(again.headers['etag']).toBe(etag);
  expect(other.status).toBe(200);
});

it('answers in the encoding that the reader takes', async () => {
  await start();
  const plain = await raw(`${host.url}/models`, {});
  const brotli = await raw(`${host.url}/models`, { 'Accept-Encoding': 'gzip, br' });
  const gzip = await raw(`${host.url}/models`, { 'Accept-Encoding': 'gzip' });
  const refused = await raw(`${host.url}/models`, { 'Accept-Encoding': 'br;q=0, gzip;q=0' });

  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
  expect(refused.headers['content-encoding']).toBeUndefined();
  expect(brotli.headers['vary']).toBe('Accept-Encoding');
  expect(brotli.body.length).toBeLessThan(plain.body.length / 8);
});

it('goes upstream when forced, at most once in a few seconds', async () => {
  const clock = { ms: Date.now() };
  await start({ plugin: { now: () => clock.ms } });
  await fetch(`${host.url}/models`);

  const states = [];
  for (const wait of [0, 0, 5_000]) {
    clock.ms += wait;
    states.push((await fetch(`${host.url}/models?force=true`)).headers.get('x-cache'));
  }

  expect(states).toEqual(['BYPASS', 'HIT', 'BYPASS']);
  expect(modelCalls()).toBe(3);
  expect(host.simulator.requests.at(-1)?.headers['cache-control']).toBe('no-cache');
});

it('refuses a force that is neither true nor false', async () => {
  await start();

  const answer = await fetch(`${host.url}/models?force=maybe`);

  expect(answer.status).toBe(400);
  expect((await answer.json()).error).toMatchObject({ reason: 'invalid_request', code: 400 });
});

it('asks upstream every time when the time to live is 0', async () => {
  await start({ plugin: { cache: { modelsTtlMs: 0 } } });
  await until(() => host.plugin.health().models.count === 421);

  const answer = await fetch(`${host.url}/models`);

  expect(answer.headers.get('x-cache')).toBe('BYPASS');
  expect(modelCalls()).toBe(2);
});

it('serves the last good list while upstream is down', async () => {
  const clock = { ms: Date.now() };
  await start({ plugin: { now: () => clock.ms } });
  const good = await (await fetch(`${host.url}/models`)).text();
  host.simulator.script({
    match: { path: '/models' },
    times: Infinity,
    respond: { status: 502, body: '<html>' },
  });
  clock.ms += 48 * 60 * 60 * 1000;

  const answer = await fetch(`${host.url}/models`);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('x-cache')).toBe('STALE');
  expect(await answer.text()).toBe(good);
  expect(host.plugin.health()).toMatchObject({ status: 'degraded', models: { stale: true } });
});

it('answers with the upstream failure when there is no list at all', async () => {
  await start({ client: { baseURL: 'http://127.0.0.1:1/api/v1' } });

  const answer = await fetch(`${host.url}/models`);

  expect(answer.status).toBe(503);
  expect((await answer.json()).error).toMatchObject({
    type: 'service_unavailable',
    reason: 'upstream_unreachable',
    request_id: answer.headers.get('x-request-id'),
  });
  expect(host.plugin.health().status).toBe('unhealthy');
});

it('does not treat a revoked key as an outage', async () => {
  const clock = { ms: Date.now() };
  await start({ plugin: { now: () => clock.ms } });
  await fetch(`${host.url}/models`);
  host.simulator.script({
    match: { path: '/models' },
    times: Infinity,
    respond: { status: 401, body: { error: { code: 401, message: 'User not found.' } } },
  });
  clock.ms += 48 * 60 * 60 * 1000;

  const answer = await fetch(`${host.url}/models`);

  expect(answer.status).toBe(401);
  expect((await answer.json()).error.reason).toBe('key_invalid');
});

it('finds its list on disk after a restart without a network', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'plugin-'));
  await start({ plugin: { cache: { directory } } });
  const good = await (await fetch(`${host.url}/models`)).text();
  await host.plugin.close();
  const baseURL = host.simulator.url;
  await host.close();

  await start({ client: { baseURL }, plugin: { cache: { directory } } });
  const answer = await fetch(`${host.url}/models`);

  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe(good);
  await rm(directory, { recursive: true });
});

it('shows only the models that are allowed', async () => {
  await start({ plugin: { allowedModels: ['openai/gpt-5*'] } });

  const { data } = modelsResponseSchema.parse(await (await fetch(`${host.url}/models`)).json());

  expect(data.length).toBeGreaterThan(1);
  expect(data.every(({ id }) => id.startsWith('openai/gpt-5'))).toBe(true);
  expect(await host.plugin.models()).toEqual(data);
});

it('stops what runs in the background when it is closed', async () => {
  await start({ plugin: { cache: { backgroundRefreshMs: 20, modelsTtlMs: 10 } } });
  await until(() => modelCalls() >= 3);

  await host.plugin.close();
  const calls = modelCalls();
  await new Promise((resolve) => setTimeout(resolve, 80));

  expect(modelCalls()).toBe(calls);
});

/** Without the decompression that `fetch` does by itself. */
function raw(
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

it('tells which models some provider serves without keeping anything', async () => {
  await start();
  const headers = { Authorization: `Bearer ${host.simulator.keys.inference}` };
  const upstream = await (await fetch(`${host.simulator.url}/models?zdr=true`, { headers })).json();

  const answers = await Promise.all([1, 2].map(() => fetch(`${host.url}/models?zdr=true`)));
  const [first, second] = await Promise.all(answers.map((answer) => answer.json()));
  const all = await (await fetch(`${host.url}/models`)).json();

  expect(idsOf(first)).toEqual(idsOf(upstream));
  expect(second).toEqual(first);
  expect(first.data.length).toBeLessThan(all.data.length);
  const asked = host.simulator.requests.filter(({ query }) => query['zdr'] === 'true');
  expect(asked).toHaveLength(2); // One of them is this test's own.
});

function idsOf({ data }: { data: { id: string }[] }): string[] {
  return data.map(({ id }) => id);
}

import { endpointsResponseSchema } from '@openrouter-native/protocol';
import { startPluginHost, type PluginHost } from '../../support/plugin-host.ts';

let host: PluginHost;
beforeAll(async () => {
  host = await startPluginHost({ plugin: { allowedModels: ['openai/*'] } });
});
afterAll(() => host.close());

const calls = () =>
  host.simulator.requests.filter(({ path }) => path.endsWith('/endpoints')).length;
const path = '/models/openai/gpt-5-mini/endpoints';

it('tells who serves a model, as OpenRouter tells it', async () => {
  const headers = { Authorization: `Bearer ${host.simulator.keys.inference}` };
  const upstream = await (await fetch(`${host.simulator.url}${path}`, { headers })).json();

  const answer = await fetch(host.url + path);
  const { data } = endpointsResponseSchema.parse(await answer.json());

  expect(answer.status).toBe(200);
  expect(data['id']).toBe('openai/gpt-5-mini');
  expect(data.endpoints.length).toBeGreaterThan(0);
  expect(data.endpoints).toEqual(upstream.data.endpoints);
});

it('asks upstream once for many readers', async () => {
  const before = calls();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => fetch(`${host.url}/models/openai/gpt-5/endpoints`)),
  );

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(calls()).toBe(before + 1);
});

it.each([
  ['/models/openai/nothing-like-it/endpoints'],
  ['/models/anthropic/claude-haiku-4.5/endpoints'], // Not allowed here.
  ['/models/..%2F..%2Fkey/x/endpoints'],
  ['/models/openai/%2e%2e/endpoints'],
])('knows no %s, and does not ask upstream about it', async (unknown) => {
  const before = calls();
  const answer = await fetch(host.url + unknown);

  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ error: { reason: 'not_found' } });
  expect(calls()).toBe(before);
});

it('is read with GET only', async () => {
  const answer = await fetch(host.url + path, { method: 'POST' });

  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
});

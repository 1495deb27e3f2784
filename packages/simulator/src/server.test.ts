import { startSimulator, type Simulator } from './index.ts';
import { aChatBody, chat, json, send } from './testing/ask.ts';

let simulator: Simulator;
afterEach(() => simulator.close());

it('listens on the loopback address at a free port', async () => {
  simulator = await startSimulator();

  expect(simulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/);
});

it('writes an IPv6 host as a URL wants it', async () => {
  simulator = await startSimulator({ host: '::1' });

  expect(simulator.url).toMatch(/^http:\/\/\[::1\]:\d+\/api\/v1$/);
  expect((await send(simulator, 'GET', '/providers')).status).toBe(200);
});

it('rejects with the reason when the port is taken', async () => {
  simulator = await startSimulator();
  const port = Number(new URL(simulator.url).port);

  await expect(startSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

it('closes at once in the middle of an answer, and may be closed twice', async () => {
  simulator = await startSimulator({ tokensPerSecond: 1, firstTokenMs: 0 });
  const response = await send(simulator, 'POST', '/chat/completions', {
    body: { ...aChatBody('Tell me a long story'), stream: true },
  });
  expect(simulator.openConnections()).toBe(1);

  const startedAt = performance.now();
  await Promise.all([simulator.close(), simulator.close()]);

  expect(performance.now() - startedAt).toBeLessThan(1000);
  expect(simulator.openConnections()).toBe(0);
  await expect(response.text()).rejects.toThrow();
  expect(simulator.requests[0]).toMatchObject({ finished: false, aborted: false });
});

it('answers unknown routes and unreadable paths in JSON', async () => {
  simulator = await startSimulator();

  const unknown = await json(simulator, 'GET', '/no/such/route');
  const unreadable = await json(simulator, 'GET', '/model/%ff/x');

  expect(unknown).toMatchObject({ status: 404, body: { error: { code: 404 } } });
  expect(unreadable).toMatchObject({ status: 400, body: { error: { code: 400 } } });
});

it('answers a body that is not JSON with 400, and one that is too large with 413', async () => {
  simulator = await startSimulator();

  const malformed = await json(simulator, 'POST', '/chat/completions', { body: '{"model":' });
  const empty = await json(simulator, 'POST', '/chat/completions');
  const list = await json(simulator, 'POST', '/chat/completions', { body: '[]' });
  const large = await json(simulator, 'POST', '/chat/completions', {
    body: `"${'x'.repeat(32 * 1024 * 1024)}"`,
  });

  expect(malformed).toMatchObject({ status: 400, body: { error: { code: 400 } } });
  expect(empty.status).toBe(400);
  expect(list.status).toBe(400);
  expect(large).toMatchObject({ status: 413, body: { error: { code: 413 } } });
});

it('records what arrived, and the name of the key instead of the key', async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity, now: () => 1_790_000_000_000 });

  await chat(simulator, 'Say hi', { headers: { 'x-request-id': 'r1' } });
  await send(simulator, 'GET', '/models?limit=1', { key: `sk-or-v1-${'f'.repeat(64)}` });

  const [asked, listed] = simulator.requests;
  expect(asked).toMatchObject({
    method: 'POST',
    path: '/api/v1/chat/completions',
    keyName: 'inference',
    headers: { 'x-request-id': 'r1' },
    body: { messages: [{ role: 'user', content: 'Say hi' }] },
    startedAt: 1_790_000_000_000,
    finished: true,
    aborted: false,
    closedAt: 1_790_000_000_000,
  });
  expect(listed).toMatchObject({ keyName: null, query: { limit: '1' }, body: undefined });
  expect(JSON.stringify(simulator.requests)).not.toContain('sk-or-');
});

it('keeps only the latest requests', async () => {
  simulator = await startSimulator({ maxRecordedRequests: 2 });

  for (const name of ['a', 'b', 'c']) await send(simulator, 'GET', `/providers?${name}=1`);

  expect(simulator.requests.map(({ query }) => Object.keys(query))).toEqual([['b'], ['c']]);
});

it('keeps no request when told to keep none', async () => {
  simulator = await startSimulator({ maxRecordedRequests: 0 });

  await send(simulator, 'GET', '/providers');

  expect(simulator.requests).toEqual([]);
});

it('notices that a client left', async () => {
  simulator = await startSimulator({ tokensPerSecond: 5, firstTokenMs: 0 });
  const controller = new AbortController();
  const response = await send(simulator, 'POST', '/chat/completions', {
    body: { ...aChatBody('Tell me a long story'), stream: true },
    signal: controller.signal,
  });
  await response.body?.getReader().read();

  controller.abort();
  while (simulator.requests[0]?.closedAt === null) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }

  expect(simulator.requests[0]).toMatchObject({ finished: false, aborted: true });
});

it('serves a catalogue of the caller', async () => {
  const models = [
    { id: 'a/b', canonical_slug: 'a/b-1', name: 'A: B', pricing: { prompt: '0', completion: '0' } },
  ];
  simulator = await startSimulator({ models });

  const { body } = await json(simulator, 'GET', '/models');

  expect(body).toEqual({ data: models, total_count: 1, links: { next: null } });
});

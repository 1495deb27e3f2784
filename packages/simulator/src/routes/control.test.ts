import { startSimulator, type Simulator } from '../index.ts';
import { chat, send } from '../testing/ask.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity, scripting: true });
});
afterEach(() => simulator.close());

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(new URL(`/__simulator${path}`, simulator.url), {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const status = async () => (await send(simulator, 'GET', '/providers')).status;

it('does not exist unless it is enabled', async () => {
  await simulator.close();
  simulator = await startSimulator();

  expect((await control('POST', '/script', {})).status).toBe(404);
  expect((await control('GET', '/requests')).status).toBe(404);
});

it('adds a rule and takes it back', async () => {
  const added = await control('POST', '/script', { respond: { status: 503 }, times: 'always' });
  expect(added.status).toBe(201);
  expect([await status(), await status()]).toEqual([503, 503]);

  const removed = await control('DELETE', `/script/${String(added.body['id'])}`);

  expect(removed.body).toEqual({ removed: true });
  expect(await status()).toBe(200);
  expect((await control('DELETE', '/script/99')).body).toEqual({ removed: false });
});

it('takes bytes and failures as well', async () => {
  await control('POST', '/script', { respond: { bodyBase64: 'AP8=' } });
  const bytes = await (await send(simulator, 'GET', '/key')).bytes();
  await control('POST', '/script', { fail: { status: 529 } });

  expect([...bytes]).toEqual([0, 255]);
  expect((await chat(simulator, 'Say hi')).status).toBe(529);
});

it('shows the requests, without its own', async () => {
  await status();

  const { body } = await control('GET', '/requests');

  expect(body['data']).toMatchObject([{ path: '/api/v1/providers', keyName: 'inference' }]);
});

it('resets rules and requests', async () => {
  await control('POST', '/script', { respond: { status: 503 }, times: 'always' });
  await status();

  await control('POST', '/reset');

  expect(simulator.requests).toEqual([]);
  expect(await status()).toBe(200);
});

it.each([
  ['a list', []],
  ['an unknown field', { explode: true }],
  ['a delay in words', { delayMs: 'long' }],
  ['a negative byte', { cutAtByte: -1 }],
  ['an unknown stall', { stall: 'everything' }],
  ['no times at all', { times: 0 }],
  ['a response that is none', { respond: 'ok' }],
  ['a call without a name', { toolCalls: [{ arguments: {} }] }],
  ['a call that is none', { toolCalls: ['weather'] }],
  ['an unknown manner', { toolCallManner: 'rude' }],
])('refuses %s with 400', async (_name, rule) => {
  expect(await control('POST', '/script', rule)).toMatchObject({
    status: 400,
    body: { error: { code: 400 } },
  });
});

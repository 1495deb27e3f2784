import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { useClosing } from '../testing/closing.ts';
import {
  beginStream,
  sendJson,
  startTcp,
  startUpstream,
  type Handler,
} from '../testing/upstream.ts';
import { until } from '../testing/until.ts';
import { createTransport, defaultTimeouts, type TransportRequest } from './transport.ts';

const closing = useClosing();

const SOON_MS = 200; // With room for a machine that is busy with other tests.

async function connect(handler: Handler) {
  const upstream = closing(await startUpstream(handler));
  const transport = closing(createTransport({ baseURL: upstream.url, timeouts: defaultTimeouts }));
  return { upstream, transport };
}

const chat = (signal: AbortSignal): TransportRequest => ({
  operation: 'chat',
  method: 'POST',
  path: '/chat/completions',
  headers: { Authorization: 'Bearer secret' },
  body: { prompt: 'planted' },
  signal,
});

/** What a call rejects with, and how soon after the abort, in milliseconds. */
async function afterAbort(call: Promise<unknown>, abort: () => void) {
  abort();
  const startedAt = performance.now();
  const reason: unknown = await call.then(
    () => 'resolved',
    (error: unknown) => error,
  );
  return { reason, ms: performance.now() - startedAt };
}

const why = new Error('the reader left');

it('does not ask at all when it was aborted before', async () => {
  const { upstream, transport } = await connect((_request, response) => sendJson(response, {}));

  await expect(transport.requestJson(chat(AbortSignal.abort(why)))).rejects.toBe(why);
  await expect(transport.openStream(chat(AbortSignal.abort(why)))).rejects.toBe(why);
  expect(upstream.requests).toHaveLength(0);
});

it.each(['requestJson', 'openStream'] as const)(
  '%s ends at once while it waits for the headers, and so does the connection',
  async (method) => {
    const { upstream, transport } = await connect(() => undefined);
    const controller = new AbortController();
    const call = transport[method](chat(controller.signal));
    await until(() => upstream.requests.length === 1);

    const { reason, ms } = await afterAbort(call, () => controller.abort(why));

    expect(reason).toBe(why);
    expect(ms).toBeLessThan(SOON_MS);
    await until(() => upstream.openConnections() === 0, SOON_MS);
  },
);

it('ends at once within the body of a JSON answer, and so does the connection', async () => {
  const { upstream, transport } = await connect((_request, response) => response.write('{"half"'));
  const controller = new AbortController();
  const call = transport.requestJson(chat(controller.signal));
  await until(() => upstream.requests.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 20));

  const { reason, ms } = await afterAbort(call, () => controller.abort(why));

  expect(reason).toBe(why);
  expect(ms).toBeLessThan(SOON_MS);
  await until(() => upstream.openConnections() === 0, SOON_MS);
});

it.each([
  ['plain', {}, (text: string) => Buffer.from(text)],
  ['compressed', { 'Content-Encoding': 'gzip' }, gzipSync],
])('ends a %s stream that is being read, and its connection', async (_kind, headers, pack) => {
  const { upstream, transport } = await connect((_request, response) => {
    beginStream(response, headers);
    response.write(pack('data: 1\n\n'));
  });
  const controller = new AbortController();
  const { body } = await transport.openStream(chat(controller.signal));

  const reading = (async () => {
    for await (const chunk of body) expect(chunk).toBeDefined();
  })();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const { reason, ms } = await afterAbort(reading, () => controller.abort(why));

  expect(reason).toMatchObject({ name: 'AbortError' });
  expect(ms).toBeLessThan(SOON_MS);
  await until(() => upstream.openConnections() === 0, SOON_MS);
});

it('ends at once while the connection is being made', async () => {
  const silent = closing(await startTcp(() => undefined)); // Never says hello in TLS.
  const transport = closing(
    createTransport({
      baseURL: `https://127.0.0.1:${silent.port}`,
      timeouts: { ...defaultTimeouts, connectMs: 300 },
    }),
  );
  const controller = new AbortController();
  const call = transport.requestJson(chat(controller.signal));
  await until(() => silent.openConnections() === 1);

  const { reason, ms } = await afterAbort(call, () => controller.abort(why));

  expect(reason).toBe(why);
  expect(ms).toBeLessThan(SOON_MS);
});

it('rejects with the very reason of the signal, whatever it is', async () => {
  const { transport } = await connect(() => undefined);

  for (const reason of [null, 'enough', 0, new DOMException('x', 'TimeoutError')]) {
    const controller = new AbortController();
    const call = transport.requestJson(chat(controller.signal));
    const told = await afterAbort(call, () => controller.abort(reason));

    expect(told.reason).toBe(reason);
  }
});

it.each([
  ['before the headers', (): void => undefined],
  ['within the body', (response: ServerResponse): void => void response.write('x')],
])('opens no other connection when it comes %s', async (_when, answer) => {
  const { upstream, transport } = await connect((_request, response) => answer(response));
  const controller = new AbortController();
  const calls = Array.from({ length: 5 }, async () => {
    const { body } = await transport.openStream(chat(controller.signal));
    for await (const chunk of body) expect(chunk).toBeDefined();
  });
  await until(() => upstream.requests.length === 5);
  await new Promise((resolve) => setTimeout(resolve, 20));

  controller.abort(why);
  await Promise.allSettled(calls);
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect(upstream.connections()).toBe(5);
  expect(upstream.openConnections()).toBe(0);
});

it('comes too late once the answer is there', async () => {
  const { upstream, transport } = await connect((_request, response) =>
    sendJson(response, { a: 1 }),
  );
  const controller = new AbortController();

  const { data } = await transport.requestJson(chat(controller.signal));
  controller.abort(why);
  await transport.requestJson(chat(new AbortController().signal));

  expect(data).toEqual({ a: 1 });
  expect(upstream.connections()).toBe(1);
});

it('leaves no listener on a signal that outlives many calls', async () => {
  const { transport } = await connect((_request, response) => sendJson(response, {}));
  const { signal } = new AbortController();
  const listening = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listening.add(args[1]);
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listening.delete(args[1]);
    remove(...args);
  };

  for (let count = 0; count < 20; count += 1) await transport.requestJson(chat(signal));
  await until(() => listening.size === 0);
});

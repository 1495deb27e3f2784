import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';
import { createEventStreamWriter } from './writer.ts';

afterEach(() => jest.useRealTimers());

it('leaves no timer behind, which would keep the answer in memory until it fires', async () => {
  let set = 0;
  let left = 0;
  const server = createServer((_request, response) => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const writer = createEventStreamWriter(response as Response, {
      heartbeatMs: 15_000,
      headers: () => ({}),
      signal: new AbortController().signal,
    });
    set = jest.getTimerCount();
    void writer.write('the last words');
    writer.end();
    left = jest.getTimerCount();
    jest.useRealTimers();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const answer = await fetch(`http://127.0.0.1:${port}`);

  expect(await answer.text()).toBe('data: the last words\n\n');
  expect([set, left]).toEqual([1, 0]);
  server.close();
  server.closeAllConnections();
});

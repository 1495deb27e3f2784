import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { boundedFetch } from './bounded-fetch.ts';

describe('boundedFetch', () => {
  let answer: (response: ServerResponse) => void;
  const server = createServer((_request, response) => answer(response));
  let url: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function send(type: string, body: string, status = 200): void {
    answer = (response) => {
      response.writeHead(status, { 'Content-Type': type, 'X-Kept': 'yes' });
      response.end(body);
    };
  }
  const read = async () => (await (await boundedFetch(url)).text()).length;

  it('changes nothing about an answer of honest size', async () => {
    send('application/json', '{"a":1}', 404);

    const response = await boundedFetch(url);

    expect(response.status).toBe(404);
    expect(response.headers.get('x-kept')).toBe('yes');
    expect(await response.json()).toEqual({ a: 1 });
  });

  it('passes answers without a body on', async () => {
    answer = (response) => response.writeHead(204).end();

    expect((await boundedFetch(url)).status).toBe(204);
  });

  it.each(['\n\n', '\r\n\r\n', '\r\r'])(
    'lets a stream of events go on for ever (%j)',
    async (end) => {
      const events = `data: ${'x'.repeat(100_000)}${end}`.repeat(250);
      send('text/event-stream; charset=utf-8', events);

      expect(await read()).toBe(events.length);
    },
  );

  it('fails on an event that is too long', async () => {
    send('text/event-stream', `data: a\n\ndata: ${'x'.repeat(11_000_000)}\n\n`);

    await expect(read()).rejects.toThrow('more than 10000000 bytes at once');
  });

  it('fails on a body that is too long', async () => {
    send('application/json', JSON.stringify('x'.repeat(11_000_000)));

    await expect(read()).rejects.toThrow('more than 10000000 bytes at once');
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect as connectTcp, type AddressInfo, type Socket } from 'node:net';
import { useClosing } from '../testing/closing.ts';
import { until } from '../testing/until.ts';
import { beginStream, sendJson, startTcp, startUpstream } from '../testing/upstream.ts';
import { createTransport, defaultTimeouts, type TransportRequest } from './transport.ts';

const closing = useClosing();

const lookup: TransportRequest = {
  operation: 'models',
  method: 'GET',
  path: '/models',
  headers: { Authorization: 'Bearer secret' },
};

/** A proxy that makes tunnels and remembers what it was asked for. */
async function startProxy(status = 200) {
  const asked: { target: string; headers: Record<string, unknown> }[] = [];
  const open = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, client: Socket) => {
    const target = request.url ?? '';
    asked.push({ target, headers: request.headers });
    if (status !== 200) return client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const [host, port] = target.split(':');
    const upstream = connectTcp(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
    }
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return closing({
    asked,
    port,
    async close() {
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

function connect(baseURL: string, proxy: string) {
  return closing(
    createTransport({ baseURL, proxy, timeouts: { ...defaultTimeouts, connectMs: 100 } }),
  );
}

it('sends every request through the proxy, in one tunnel', async () => {
  const upstream = closing(
    await startUpstream((_request, response) => sendJson(response, { a: 1 })),
  );
  const proxy = await startProxy();
  const transport = connect(upstream.url, `http://127.0.0.1:${proxy.port}`);

  const answers = [await transport.requestJson(lookup), await transport.requestJson(lookup)];

  expect(answers.map(({ data }) => data)).toEqual([{ a: 1 }, { a: 1 }]);
  expect(proxy.asked.map(({ target }) => target)).toEqual([`127.0.0.1:${upstream.port}`]);
  expect(upstream.requests[0]).toMatchObject({
    url: '/api/v1/models',
    headers: { authorization: 'Bearer secret', host: `127.0.0.1:${upstream.port}` },
  });
});

it('tells the proxy its password, and nobody else', async () => {
  const upstream = closing(await startUpstream((_request, response) => sendJson(response, {})));
  const proxy = await startProxy();
  const transport = connect(upstream.url, `http://me:hunter%202@127.0.0.1:${proxy.port}`);

  await transport.requestJson(lookup);

  const credentials = Buffer.from('me:hunter 2').toString('base64');
  expect(proxy.asked[0]?.headers['proxy-authorization']).toBe(`Basic ${credentials}`);
  expect(proxy.asked[0]?.headers).not.toHaveProperty('authorization');
  expect(upstream.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
});

it('makes no other tunnel for a stream that was left', async () => {
  const upstream = closing(
    await startUpstream((_request, response) => {
      beginStream(response);
      response.write('data: 1\n\n');
    }),
  );
  const proxy = await startProxy();
  const transport = connect(upstream.url, `http://127.0.0.1:${proxy.port}`);

  const { body } = await transport.openStream({ ...lookup, operation: 'chat' });
  for await (const chunk of body) {
    expect(chunk).toBeDefined();
    break;
  }
  await until(() => upstream.openConnections() === 0);
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect(proxy.asked).toHaveLength(1);
  expect(upstream.connections()).toBe(1);
});

it.each([403, 407, 502])('says so when the proxy answers %d', async (status) => {
  const proxy = await startProxy(status);
  const transport = connect('http://127.0.0.1:9', `http://me:hunter2@127.0.0.1:${proxy.port}`);

  const error: unknown = await transport.requestJson(lookup).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ reason: 'upstream_unreachable' });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
});

it('says so when there is no proxy', async () => {
  const gone = await startTcp(() => undefined);
  await gone.close();

  await expect(
    connect('http://127.0.0.1:9', `http://127.0.0.1:${gone.port}`).requestJson(lookup),
  ).rejects.toMatchObject({
    reason: 'upstream_unreachable',
    details: { metadata: { cause: 'ECONNREFUSED' } },
  });
});

it('waits for a proxy that never answers no longer than for a connection', async () => {
  const silent = closing(await startTcp(() => undefined));

  await expect(
    connect('http://127.0.0.1:9', `http://127.0.0.1:${silent.port}`).requestJson(lookup),
  ).rejects.toMatchObject({ reason: 'upstream_timeout' });
});

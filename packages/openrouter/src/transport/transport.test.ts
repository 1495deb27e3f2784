import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { useClosing } from '../testing/closing.ts';
import {
  beginStream,
  sendJson,
  startTcp,
  startUpstream,
  type Handler,
} from '../testing/upstream.ts';
import { until } from '../testing/until.ts';
import {
  createTransport,
  defaultTimeouts,
  type TransportOptions,
  type TransportRequest,
} from './transport.ts';

const closing = useClosing();

async function start(handler: Handler) {
  return closing(await startUpstream(handler));
}

function connect(baseURL: string, options: Partial<TransportOptions> = {}) {
  return closing(createTransport({ baseURL, timeouts: defaultTimeouts, ...options }));
}

const lookup = (rest: Partial<TransportRequest> = {}): TransportRequest => ({
  operation: 'models',
  method: 'GET',
  path: '/models',
  headers: {},
  ...rest,
});
const chat = (rest: Partial<TransportRequest> = {}): TransportRequest => ({
  operation: 'chat',
  method: 'POST',
  path: '/chat/completions',
  headers: {},
  body: { model: 'a/b' },
  ...rest,
});

describe('a request', () => {
  it.each([
    ['/api/v1', '/api/v1/models'],
    ['/api/v1/', '/api/v1/models'],
    ['/api/v1//', '/api/v1/models'],
    ['/', '/models'],
    ['', '/models'],
  ])('goes below a base URL that ends in %j', async (path, expected) => {
    const upstream = await start((_request, response) => sendJson(response, {}));
    const transport = connect(`http://127.0.0.1:${upstream.port}${path}`);

    await transport.requestJson(lookup());

    expect(upstream.requests[0]?.url).toBe(expected);
  });

  it('may name its whole URL, on the same server only', async () => {
    const upstream = await start((_request, response) => sendJson(response, {}));
    const transport = connect(upstream.url);

    await transport.requestJson(lookup({ path: `${upstream.url}/models?offset=2` }));

    expect(upstream.requests[0]?.url).toBe('/api/v1/models?offset=2');
    await expect(
      transport.requestJson(lookup({ path: 'http://127.0.0.2:1/models' })),
    ).rejects.toThrow('cannot leave the origin');
  });

  it('carries its body as JSON with the properties in their own order', async () => {
    const upstream = await start((_request, response) => sendJson(response, {}));
    const transport = connect(upstream.url);

    await transport.requestJson(
      chat({ body: { zeta: 1, model: 'a/b', alpha: { y: 1, x: 'ü' } }, headers: { 'X-A': 'b' } }),
    );

    expect(upstream.requests[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/chat/completions',
      body: '{"zeta":1,"model":"a/b","alpha":{"y":1,"x":"ü"}}',
      headers: {
        'content-type': 'application/json',
        'x-a': 'b',
        accept: 'application/json',
        'accept-encoding': 'br, gzip',
      },
    });
  });

  it('asks for an event stream without compression, which would hold it up', async () => {
    const upstream = await start((_request, response) => response.end());
    const transport = connect(upstream.url);

    const { body } = await transport.openStream(chat());
    await text(body);

    expect(upstream.requests[0]?.headers).toMatchObject({
      accept: 'text/event-stream, application/json',
      'accept-encoding': 'identity',
    });
  });

  it('sends no content type without a body', async () => {
    const upstream = await start((_request, response) => sendJson(response, {}));

    await connect(upstream.url).requestJson(lookup());

    expect(upstream.requests[0]?.headers).not.toHaveProperty('content-type');
  });
});

describe('an answer', () => {
  it.each([200, 204, 301, 404, 500, 503])('with status %d resolves', async (status) => {
    const upstream = await start((_request, response) => {
      response.writeHead(status, { 'X-Test': 'yes' }).end();
    });

    const answer = await connect(upstream.url).requestJson(lookup());

    expect(answer).toMatchObject({ status, data: '' });
    expect(answer.headers['x-test']).toBe('yes');
  });

  it('is parsed when it is JSON, and text when it is not', async () => {
    const bodies = ['{"b":1,"a":[null]}', '<html></html>', '{"cut":', '"x"'];
    const upstream = await start((_request, response) => {
      response.end(bodies[upstream.requests.length - 1]);
    });
    const transport = connect(upstream.url);

    const answers: unknown[] = [];
    for (const _body of bodies) answers.push((await transport.requestJson(lookup())).data);

    expect(answers).toEqual([{ b: 1, a: [null] }, '<html></html>', '{"cut":', 'x']);
  });

  it.each([
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ])('is unpacked from %s', async (encoding, compress) => {
    const upstream = await start((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': encoding }).end(compress('{"a":"ü"}'));
    });
    const transport = connect(upstream.url);

    expect((await transport.requestJson(lookup())).data).toEqual({ a: 'ü' });
    expect(await text((await transport.openStream(chat())).body)).toBe('{"a":"ü"}');
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('that breaks off within %s is no answer', async (encoding, compress) => {
    const whole = compress(JSON.stringify({ a: 'x'.repeat(1000) }));
    const upstream = await start((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': encoding });
      response.end(whole.subarray(0, whole.length - 4));
    });

    await expect(connect(upstream.url).requestJson(lookup())).rejects.toMatchObject({
      reason: 'malformed_response',
    });
  });

  it('that is not compressed as it says is no answer', async () => {
    const upstream = await start((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('{}');
    });

    await expect(connect(upstream.url).requestJson(lookup())).rejects.toMatchObject({
      reason: 'malformed_response',
      message: 'The answer cannot be decoded.',
    });
  });

  it.each([
    ['as it is', (body: string) => Buffer.from(body), {}],
    ['once it is unpacked', gzipSync, { 'Content-Encoding': 'gzip' }],
  ])('over the limit %s is refused, and its connection closed', async (_how, pack, headers) => {
    const upstream = await start((_request, response) => {
      response.writeHead(200, headers).end(pack(JSON.stringify('x'.repeat(20_000))));
    });
    const transport = connect(upstream.url, { maxResponseBytes: 10_000 });

    await expect(transport.requestJson(lookup())).rejects.toMatchObject({
      reason: 'malformed_response',
      message: 'The answer is larger than is allowed.',
    });
  });

  it('without an end is refused at the limit', async () => {
    let sent = 0;
    const upstream = await start((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(10_000, ' '))) sent += 10_000;
      };
      response.on('drain', more);
      more();
    });
    const transport = connect(upstream.url, { maxResponseBytes: 100_000 });

    await expect(transport.requestJson(lookup())).rejects.toMatchObject({
      reason: 'malformed_response',
    });
    await until(() => upstream.openConnections() === 0);
    expect(sent).toBeLessThan(20_000_000);
  });
});

describe('a connection', () => {
  it('serves one request after the other', async () => {
    const upstream = await start((_request, response) => sendJson(response, {}));
    const transport = connect(upstream.url);

    for (let count = 0; count < 3; count += 1) await transport.requestJson(lookup());

    expect(upstream.connections()).toBe(1);
  });

  it('serves the next request after a stream that was read to its end', async () => {
    const upstream = await start((_request, response) => {
      beginStream(response);
      response.end('data: 1\n\n');
    });
    const transport = connect(upstream.url);

    for (let count = 0; count < 3; count += 1) {
      await text((await transport.openStream(chat())).body);
      await nextTurn();
    }

    expect(upstream.connections()).toBe(1);
  });

  it('is refused with an explanation', async () => {
    const gone = await startTcp(() => undefined);
    await gone.close();

    await expect(
      connect(`http://127.0.0.1:${gone.port}`).requestJson(lookup()),
    ).rejects.toMatchObject({
      reason: 'upstream_unreachable',
      message: 'OpenRouter cannot be reached.',
      details: { metadata: { cause: 'ECONNREFUSED' } },
    });
  });

  it('to a name that nobody knows fails with an explanation', async () => {
    await expect(connect('http://nowhere.invalid').requestJson(lookup())).rejects.toMatchObject({
      reason: 'upstream_unreachable',
      details: { metadata: { cause: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) } },
    });
  });

  it('that breaks before the headers fails with an explanation', async () => {
    const upstream = await start((_request, _response, socket) => socket.destroy());

    await expect(connect(upstream.url).requestJson(lookup())).rejects.toMatchObject({
      reason: 'upstream_unreachable',
      message: 'The connection to OpenRouter broke before the answer was complete.',
      details: { metadata: { cause: 'UND_ERR_SOCKET' } },
    });
  });

  it.each([
    ['with a length', { 'Content-Length': '1000' }],
    ['in chunks', {}],
  ])('that is reset within a body %s fails with an explanation', async (_how, headers) => {
    const upstream = await start((_request, response, socket) => {
      response.writeHead(200, headers).write('{"half":');
      setTimeout(() => socket.resetAndDestroy(), 5);
    });

    await expect(connect(upstream.url).requestJson(lookup())).rejects.toMatchObject({
      reason: 'upstream_unreachable',
      message: 'The connection to OpenRouter broke before the answer was complete.',
    });
  });

  it('to something that speaks no HTTP fails with an explanation', async () => {
    const { port } = closing(
      await startTcp((socket) => socket.once('data', () => socket.write('220 hello\r\n'))),
    );

    await expect(connect(`http://127.0.0.1:${port}`).requestJson(lookup())).rejects.toMatchObject({
      reason: 'malformed_response',
    });
  });
});

describe('a timeout', () => {
  const timeouts = { connectMs: 100, lookupMs: 60, answerMs: 120, idleMs: 60 };

  it.each([
    ['a lookup', lookup(), 60],
    ['a chat', chat(), 120],
  ])('ends the wait for the headers of %s', async (_name, request, limitMs) => {
    const upstream = await start(() => undefined);
    const startedAt = performance.now();

    await expect(connect(upstream.url, { timeouts }).requestJson(request)).rejects.toMatchObject({
      reason: 'upstream_timeout',
      details: { metadata: { cause: 'UND_ERR_HEADERS_TIMEOUT' } },
    });
    const waitedMs = performance.now() - startedAt;
    expect(waitedMs).toBeGreaterThan(limitMs - 5);
    expect(waitedMs).toBeLessThan(limitMs + 1_500);
  });

  it('ends a body that stopped arriving, and its connection', async () => {
    const upstream = await start((_request, response) => response.write('{'));

    await expect(connect(upstream.url, { timeouts }).requestJson(lookup())).rejects.toMatchObject({
      reason: 'upstream_timeout',
    });
    await until(() => upstream.openConnections() === 0);
  });

  it('leaves a slow body alone as long as bytes arrive', async () => {
    const upstream = await start((_request, response) => {
      let sent = 0;
      const timer = setInterval(() => {
        sent += 1;
        if (sent <= 6) return response.write(' ');
        clearInterval(timer);
        return response.end('{}');
      }, 25);
    });

    const answer = await connect(upstream.url, { timeouts }).requestJson(lookup());

    expect(answer.data).toEqual({});
  });

  it('ends a connection that never comes about', async () => {
    // Accepts, and never says hello in TLS.
    const { port } = closing(await startTcp(() => undefined));

    await expect(
      connect(`https://127.0.0.1:${port}`, { timeouts }).requestJson(lookup()),
    ).rejects.toMatchObject({
      reason: 'upstream_unreachable',
      details: { metadata: { cause: 'UND_ERR_CONNECT_TIMEOUT' } },
    });
  });
});

describe('createTransport', () => {
  it.each(['', 'openrouter.ai/api/v1', 'ftp://a.test', '/api/v1', 'https://'])(
    'takes %j for no base URL',
    (baseURL) => {
      expect(() => createTransport({ baseURL, timeouts: defaultTimeouts })).toThrow(
        'baseURL must be a URL that begins with https:// or http://',
      );
    },
  );

  it('does not repeat a base URL or a proxy, which may hold a password', () => {
    const timeouts = defaultTimeouts;
    const attempts = [
      () => createTransport({ baseURL: 'htps://me:hunter2@a.test', timeouts }),
      () => createTransport({ baseURL: 'https://a.test', proxy: 'me:hunter2@[', timeouts }),
    ];

    for (const attempt of attempts) {
      let error: unknown;
      try {
        attempt();
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(TypeError);
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
    }
  });

  it('may be closed twice', async () => {
    const transport = createTransport({ baseURL: 'https://a.test', timeouts: defaultTimeouts });

    await transport.close();

    await expect(transport.close()).resolves.toBeUndefined();
  });
});

import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '@openrouter-native/simulator';
import { inspect } from 'node:util';
import { OpenRouterClient, type OpenRouterClientOptions } from './client.ts';
import { isOpenRouterError } from './errors.ts';
import { useClosing } from './testing/closing.ts';
import { aKey } from './testing/keys.ts';
import { sendJson, startUpstream, type Handler } from './testing/upstream.ts';

const closing = useClosing();

/** A client of an upstream that answers as `handler` says. */
async function connect(
  handler: Handler,
  options: OpenRouterClientOptions = {},
  key: string | null = aKey('a'),
) {
  const upstream = closing(await startUpstream(handler));
  const client = closing(
    new OpenRouterClient(key, { baseURL: upstream.url, retry: { retries: 0 }, ...options }),
  );
  return { upstream, client };
}

/** A client of the simulator, with one of its keys. */
async function connectSimulator(
  key: keyof Simulator['keys'] | null = 'inference',
  options: OpenRouterClientOptions = {},
  simulatorOptions: SimulatorOptions = {},
) {
  const simulator = closing(
    await startSimulator({ tokensPerSecond: Infinity, ...simulatorOptions }),
  );
  const client = closing(
    new OpenRouterClient(key && simulator.keys[key], {
      baseURL: simulator.url,
      retry: { retries: 0 },
      ...options,
    }),
  );
  return { simulator, client };
}

const answer = (rest: object = {}) => ({
  id: 'gen-1',
  choices: [
    { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' }, ...rest },
  ],
});
const request = { model: 'a/b', messages: [{ role: 'user' as const, content: 'Hi' }] };

/** What a call rejects with. */
async function failureOf(call: Promise<unknown>) {
  const error: unknown = await call.then(
    () => 'resolved',
    (thrown: unknown) => thrown,
  );
  if (!isOpenRouterError(error)) throw new Error(`No OpenRouterError: ${String(error)}`);
  return error;
}

describe('every request', () => {
  it('carries the key and what the app is', async () => {
    const { upstream, client } = await connect(
      (_request, response) => sendJson(response, answer()),
      {
        siteUrl: 'https://chat.test',
        siteName: 'Chat',
        routerMetadata: true,
      },
    );

    await client.chatCompletion(request);

    expect(upstream.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${aKey('a')}`,
      'http-referer': 'https://chat.test',
      'x-openrouter-title': 'Chat',
      'x-openrouter-metadata': 'enabled',
      'user-agent': 'openrouter-native',
    });
  });

  it('carries no more than it must', async () => {
    const { upstream, client } = await connect(
      (_request, response) => sendJson(response, { data: [] }),
      {},
      null,
    );

    await client.getModels();

    expect(Object.keys(upstream.requests[0]?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  it('asks caches on the way for a fresh answer when forced to', async () => {
    const { upstream, client } = await connect(({ url }, response) =>
      sendJson(
        response,
        url.includes('generation')
          ? { data: { id: 'g', model: 'm' } }
          : { data: url.includes('models') ? [] : {} },
      ),
    );

    await client.getModels({ force: true });
    await client.getKeyInfo({ force: true });
    await client.getGeneration('g', { force: true });
    await client.getModels();

    expect(upstream.requests.map(({ headers }) => headers['cache-control'])).toEqual([
      'no-cache',
      'no-cache',
      'no-cache',
      undefined,
    ]);
  });
});

describe('chatCompletion', () => {
  it('sends the request as it is, unknown fields and order included', async () => {
    const { upstream, client } = await connect((_request, response) =>
      sendJson(response, answer()),
    );
    const text =
      '{"brand":["x"],"messages":[{"content":"Hi","role":"user","zeta":{"b":1,"a":2}}],"brand_new":null,"model":"a/b"}';

    await client.chatCompletion(JSON.parse(text) as typeof request);

    expect(upstream.requests[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/chat/completions',
      body: text,
    });
  });

  it('hands back the answer as it came, unknown fields and order included', async () => {
    const text =
      '{"zeta":[1,{"b":null,"a":1.50e-7}],"choices":[{"new":true,"message":{"content":"Hi","later":1},"finish_reason":"stop"}],"id":"gen-1"}';
    const { client } = await connect((_request, response) => response.end(text));

    const completion = await client.chatCompletion(request);

    const { openrouter_native: trace, ...asItCame } = completion;
    expect(JSON.stringify(asItCame)).toBe(JSON.stringify(JSON.parse(text)));
    expect(trace).toBeDefined();
  });

  it.each<[string, unknown, string]>([
    ['a top-level error', { error: { code: 502, message: 'Gone' } }, 'provider_error'],
    [
      'an error beside empty choices',
      { choices: [], error: { code: 429 } },
      'rate_limited_platform',
    ],
    [
      'an error of the choice',
      answer({ finish_reason: 'error', message: { content: '' }, error: { code: 503 } }),
      'provider_overloaded',
    ],
    [
      'the finish reason error',
      answer({ finish_reason: 'error', message: { content: null } }),
      'provider_error',
    ],
    [
      "the provider's own word for it",
      answer({ finish_reason: null, native_finish_reason: 'network_error', message: {} }),
      'provider_error',
    ],
    ['no choices', { id: 'gen-1' }, 'malformed_response'],
    ['no message', { choices: [{ finish_reason: 'stop' }] }, 'malformed_response'],
    [
      'an empty message without an end',
      answer({ finish_reason: null, message: {} }),
      'malformed_response',
    ],
    ['a page', '<html></html>', 'malformed_response'],
    ['a list', [], 'malformed_response'],
    ['nothing', '', 'malformed_response'],
  ])('rejects a 200 that holds %s', async (_name, body, reason) => {
    const { client } = await connect((_request, response) =>
      response.end(typeof body === 'string' ? body : JSON.stringify(body)),
    );

    expect(await failureOf(client.chatCompletion(request))).toMatchObject({ reason });
  });

  it.each([
    ['text', { content: 'Partial tex' }],
    ['reasoning', { content: null, reasoning: 'Hm' }],
    ['a tool call', { tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{' } }] }],
    ['a picture', { images: [{ image_url: { url: 'data:,' } }] }],
    ['sound', { audio: { data: 'AA' } }],
    ['a refusal', { refusal: 'No.' }],
  ])('keeps %s that came before an error', async (_name, message) => {
    const body = answer({ finish_reason: 'error', message, error: { code: 502, message: 'Gone' } });
    const { client } = await connect((_request, response) => sendJson(response, body));

    expect(await client.chatCompletion(request)).toMatchObject(body);
  });

  it('takes an empty answer that says it has ended for an answer', async () => {
    const body = answer({ message: { content: '' } });
    const { client } = await connect((_request, response) => sendJson(response, body));

    expect(await client.chatCompletion(request)).toMatchObject(body);
  });

  it('rejects a failed status with the verdict on it', async () => {
    const body = { error: { code: 429, message: 'Slow down' } };
    const { client } = await connect((_request, response) => {
      response.setHeader('Retry-After', '3');
      sendJson(response, body, 429);
    });

    const error = await failureOf(client.chatCompletion(request));

    expect(error).toMatchObject({
      reason: 'rate_limited_platform',
      message: 'Slow down. Try again in 3 s.',
    });
    expect(error.toBody().error).toMatchObject({ code: 429, retry_after: 3, retryable: true });
  });

  it.each([
    [
      'a failed status',
      402,
      'application/json',
      { error: { code: 402, message: 'can only afford 1' } },
      'can_only_afford',
    ],
    [
      'an error inside a 200 that is JSON',
      200,
      'application/json',
      { error: { code: 503 } },
      'provider_overloaded',
    ],
    ['an answer that is no stream', 200, 'application/json', answer(), 'malformed_response'],
    ['a page', 200, 'text/html', '<html>', 'malformed_response'],
    ['an event stream with a failed status', 502, 'text/event-stream', 'data: x', 'provider_error'],
  ])('rejects %s before the first event of a stream', async (_name, status, type, body, reason) => {
    const { client } = await connect((_request, response) => {
      response.writeHead(status, { 'Content-Type': type });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });

    const call = client.chatCompletion({ ...request, stream: true });

    expect(await failureOf(call)).toMatchObject({ reason });
  });

  it('reads no more of an endless refusal than an explanation takes', async () => {
    const { upstream, client } = await connect((_request, response) => {
      response.writeHead(500, { 'Content-Type': 'text/html' });
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64_000, 'x')));
      };
      response.on('drain', more);
      more();
    });

    const call = client.chatCompletion({ ...request, stream: true });

    expect(await failureOf(call)).toMatchObject({ reason: 'provider_error' });
    expect(upstream.connections()).toBe(1);
  });

  it.each(['text/event-stream', 'Text/Event-Stream; charset=utf-8'])(
    'takes %s for a stream, and knows its id',
    async (type) => {
      const { client } = await connect((_request, response) => {
        response.writeHead(200, { 'Content-Type': type, 'X-Generation-Id': 'gen-7' });
        response.end('data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n');
      });

      const stream = await client.chatCompletion({ ...request, stream: true });

      expect(stream.generationId).toBe('gen-7');
      stream.cancel();
    },
  );
});

const refusing =
  (keyStatus: number): Handler =>
  (received, response) =>
    received.url.endsWith('/key')
      ? sendJson(response, { error: { code: keyStatus, message: 'No.' } }, keyStatus)
      : sendJson(response, { error: { code: 403, message: 'No.' } }, 403);

describe('a refusal that does not say whom it is about', () => {
  it.each([
    [401, 'key_invalid'],
    [403, 'account_restricted'],
    [200, 'permission_denied'],
    [500, 'permission_denied'],
  ])('is settled by asking for the key, which answers %i', async (keyStatus, reason) => {
    const { client, upstream } = await connect(refusing(keyStatus));

    for (const stream of [false, true]) {
      const call = client.chatCompletion({ ...request, stream });
      expect(await failureOf(call)).toMatchObject({ reason });
    }
    expect(upstream.requests.map(({ url }) => url.split('/').at(-1))).toEqual([
      'completions',
      'key',
      'completions',
      'key',
    ]);
  });

  it('keeps its verdict when the key cannot be asked for', async () => {
    const { client } = await connect((received, response, socket) => {
      if (received.url.endsWith('/key')) socket.destroy();
      else sendJson(response, { error: { code: 403, message: 'No.' } }, 403);
    });

    expect(await failureOf(client.chatCompletion(request))).toMatchObject({
      reason: 'permission_denied',
      anotherModelMayWork: true,
      retryable: false,
    });
  });
});

describe('what a client gives away', () => {
  it('is no key and no prompt, in whatever way a call fails', async () => {
    const planted = 'planted words of the prompt';
    const secret = aKey('f').slice(9);
    const handlers: Handler[] = [
      (_request, _response, socket) => socket.destroy(),
      (received, response) =>
        sendJson(
          response,
          { error: { code: 400, message: String(received.headers.authorization) } },
          400,
        ),
      (_request, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('x'),
      (_request, response) => response.end('<html>'),
    ];
    const told: string[] = [];
    for (const handler of handlers) {
      const { client } = await connect(handler, {}, aKey('f'));
      for (const stream of [false, true]) {
        const messages = [{ role: 'user' as const, content: planted }];
        const error = await failureOf(client.chatCompletion({ ...request, messages, stream }));
        told.push(inspect(error, { depth: 20, showHidden: true }), JSON.stringify(error.toBody()));
      }
      told.push(inspect(client, { depth: 20, showHidden: true }), JSON.stringify(client));
    }

    expect(told.filter((text) => text.includes(planted) || text.includes(secret))).toEqual([]);
  });

  it('is nothing of a request whose caller aborts for no reason at all', async () => {
    const { client } = await connect(() => undefined);
    const controller = new AbortController();
    const call = client.chatCompletion(request, { signal: controller.signal });

    controller.abort(null);

    await expect(call).rejects.toBeNull();
  });
});

describe('a client', () => {
  it.each(['', ' ', 'a key', `${aKey()}\n`, 'ключ'])('takes %j for no key', (key) => {
    expect(() => new OpenRouterClient(key)).toThrow('cannot be sent');
    expect(() => new OpenRouterClient(aKey(), { managementKey: key || ' ' })).toThrow(
      'cannot be sent',
    );
  });

  it('takes what is no URL for no base URL', () => {
    expect(() => new OpenRouterClient(null, { baseURL: 'openrouter.ai' })).toThrow(TypeError);
  });

  it('asks OpenRouter itself unless it is told otherwise', async () => {
    const client = closing(new OpenRouterClient(null));

    expect(client.baseURL).toBe('https://openrouter.ai/api/v1');
  });

  it('knows without asking that there is no key to ask about', async () => {
    const { client, upstream } = await connect(
      (_request, response) => sendJson(response, {}),
      {},
      null,
    );

    expect(await failureOf(client.getCredits())).toMatchObject({ reason: 'key_missing' });
    expect(upstream.requests).toEqual([]);
  });

  it('answers nothing more once it is closed', async () => {
    const { client } = await connect((_request, response) => sendJson(response, answer()));
    await client.close();

    expect(await failureOf(client.chatCompletion(request))).toMatchObject({
      reason: 'upstream_unreachable',
    });
  });
});

describe('against the simulator', () => {
  it('reads the whole catalogue, with every field of it', async () => {
    const { client } = await connectSimulator(null);

    const models = await client.getModels();

    expect(models).toHaveLength(421);
    expect(models.find(({ id }) => id === 'anthropic/claude-haiku-4.5')).toMatchObject({
      canonical_slug: 'anthropic/claude-4.5-haiku-20251001',
      links: { details: expect.any(String) },
    });
  });

  it('reads who serves a model', async () => {
    const { client } = await connectSimulator();

    const endpoints = await client.listEndpoints('anthropic/claude-haiku-4.5');

    expect(endpoints.length).toBeGreaterThan(0);
    expect(endpoints[0]?.pricing.prompt).toMatch(/^\d/);
    expect(await failureOf(client.listEndpoints('acme/nope'))).toMatchObject({
      reason: 'not_found',
    });
  });

  it('reads what the key is', async () => {
    const { client } = await connectSimulator('capped');

    expect(await client.getKeyInfo()).toMatchObject({ limit: 1, is_management_key: false });
  });

  it.each([
    ['management', 'chat', 'key_invalid'],
    ['disabled', 'chat', 'key_disabled'],
    ['expired', 'chat', 'key_disabled'],
    ['negative', 'chat', 'insufficient_credits'],
    [null, 'chat', 'key_missing'],
    [null, 'key', 'key_missing'],
  ] as const)('tells what is wrong with the key %s on %s', async (key, call, reason) => {
    const { client } = await connectSimulator(key);
    const chat = { ...request, model: 'openai/gpt-5-mini' };

    const failure = await failureOf(
      call === 'chat' ? client.chatCompletion(chat) : client.getKeyInfo(),
    );

    expect(failure.reason).toBe(reason);
  });

  it('gives the same text whole and streamed, and its bookkeeping a moment later', async () => {
    const { client } = await connectSimulator();
    const chat = { ...request, model: 'openai/gpt-5-mini' };

    const completion = await client.chatCompletion(chat);
    let text = '';
    let id = '';
    for await (const event of client.streamChat(chat)) {
      if (event.type === 'text-delta') text += event.text;
      if (event.type === 'start') id = event.generationId ?? '';
    }

    expect(text).toBe(completion.choices?.[0]?.message?.content);
    const generation = await untilFound(() => client.getGeneration(id));
    expect(generation).toMatchObject({ id, streamed: true });
  });

  it('says of a generation that is not there yet that asking again will help', async () => {
    const { client } = await connectSimulator();

    const error = await failureOf(client.getGeneration('gen-unknown'));

    expect(error.toBody().error).toMatchObject({ reason: 'not_found', code: 404, retryable: true });
  });
});

async function untilFound<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

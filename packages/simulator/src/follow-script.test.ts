import { connect } from 'node:net';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { startSimulator, type ScriptRule, type Simulator } from './index.ts';
import { aChatBody, chat, json, send, stream, user } from './testing/ask.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterEach(() => simulator.close());

const timed = async <T>(work: Promise<T>): Promise<{ result: T; ms: number }> => {
  const startedAt = performance.now();
  const result = await work;
  return { result, ms: performance.now() - startedAt };
};
const longAnswer = (rule: ScriptRule) => {
  simulator.script(rule);
  return send(simulator, 'POST', '/chat/completions', {
    body: { ...aChatBody('Explain tides in detail'), stream: true },
  });
};

describe('rules', () => {
  it('serve once, or as often as they say, and then step aside', async () => {
    simulator.script({ respond: { status: 418 } });
    simulator.script({ respond: { status: 503 }, times: 2 });

    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) {
      statuses.push((await send(simulator, 'GET', '/providers')).status);
    }

    expect(statuses).toEqual([418, 503, 503, 200]);
  });

  it('match by method, path and model', async () => {
    simulator.script({ match: { method: 'post' }, respond: { status: 500 }, times: Infinity });
    simulator.script({ match: { path: '/key' }, respond: { status: 501 }, times: Infinity });
    simulator.script({
      match: { path: '/api/v1/providers' },
      respond: { status: 502 },
      times: Infinity,
    });

    expect((await send(simulator, 'POST', '/key', { body: {} })).status).toBe(500);
    expect((await send(simulator, 'GET', '/key')).status).toBe(501);
    expect((await send(simulator, 'GET', '/providers')).status).toBe(502);
    expect((await send(simulator, 'GET', '/models/count')).status).toBe(200);
  });

  it('match the model that is asked for first', async () => {
    simulator.script({
      match: { model: 'a/b' },
      respond: { status: 500, body: {} },
      times: Infinity,
    });

    expect((await chat(simulator, { model: 'a/b' })).status).toBe(500);
    expect((await chat(simulator, { model: undefined, models: ['a/b', 'c/d'] })).status).toBe(500);
    expect((await chat(simulator, 'Say hi')).status).toBe(200);
  });

  it('can be taken back', async () => {
    const takeBack = simulator.script({ respond: { status: 500 }, times: Infinity });
    expect((await send(simulator, 'GET', '/providers')).status).toBe(500);

    takeBack();

    expect((await send(simulator, 'GET', '/providers')).status).toBe(200);
  });
});

describe('a scripted response', () => {
  it('is JSON, text, bytes or an event stream', async () => {
    simulator.script({ respond: { status: 402, headers: { 'x-a': 'b' }, body: { error: 1 } } });
    simulator.script({ respond: { body: '<html>', headers: { 'content-type': 'text/html' } } });
    simulator.script({ respond: { body: Buffer.from([0, 255]) } });
    simulator.script({ respond: { events: ['{"a":1}', '[DONE]'] } });
    simulator.script({ respond: { events: [] } });
    const ask = () => send(simulator, 'GET', '/key');

    const asJson = await ask();
    const asText = await ask();
    const asBytes = await ask();
    const asEvents = await ask();
    const asNothing = await ask();

    expect([asJson.status, asJson.headers.get('x-a'), await asJson.json()]).toEqual([
      402,
      'b',
      { error: 1 },
    ]);
    expect([asText.headers.get('content-type'), await asText.text()]).toEqual([
      expect.stringMatching(/^text\/html/),
      '<html>',
    ]);
    expect([...(await asBytes.bytes())]).toEqual([0, 255]);
    expect(await asEvents.text()).toBe('data: {"a":1}\n\ndata: [DONE]\n\n');
    expect([asNothing.status, await asNothing.text()]).toEqual([200, '']);
  });

  it('sends events as they come, and none to a client that has left', async () => {
    const events = new PassThrough({ objectMode: true });
    simulator.script({ respond: { events } });
    const response = await send(simulator, 'GET', '/key');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();

    events.write('1');
    expect((await reader.read()).value).toBe('data: 1\n\n');
    events.write('2');
    expect((await reader.read()).value).toBe('data: 2\n\n');
    await reader.cancel();

    while (!simulator.requests[0]?.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
    events.write('3');
    while (!events.destroyed) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('may claim another content type', async () => {
    simulator.script({ contentType: 'text/html' });

    const response = await send(simulator, 'GET', '/providers');

    expect(response.headers.get('content-type')).toBe('text/html');
    expect(await response.json()).toHaveProperty('data');
  });

  it('waits before its headers', async () => {
    simulator.script({ delayMs: 60 });

    const { result, ms } = await timed(send(simulator, 'GET', '/providers'));

    expect(result.status).toBe(200);
    expect(ms).toBeGreaterThan(55);
  });
});

describe('a broken body', () => {
  it('ends early and looks whole with cutAtByte', async () => {
    const response = await longAnswer({ cutAtByte: 500 });

    const bytes = await response.bytes();

    expect(response.status).toBe(200);
    expect(bytes).toHaveLength(500);
    expect(response.headers.get('content-length')).toBeNull();
    expect(simulator.requests[0]).toMatchObject({ finished: false, aborted: false });
  });

  it('is cut before its first byte as well, and in JSON', async () => {
    expect(await (await longAnswer({ cutAtByte: 0 })).text()).toBe('');

    simulator.script({ cutAtByte: 10 });
    const response = await send(simulator, 'GET', '/models');
    expect(await response.text()).toBe('{"data":[{');
  });

  it('has nothing on the wire that tells a cut from an end', async () => {
    simulator.script({ cutAtByte: 10 });
    const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1');
    socket.write('GET /api/v1/models HTTP/1.1\r\nHost: x\r\n\r\n');
    let text = '';
    socket.on('data', (data) => (text += data.toString()));

    await once(socket, 'end');
    socket.destroy();

    expect(text).toMatch(/\r\nConnection: close\r\n/i);
    expect(text).not.toMatch(/Transfer-Encoding|Content-Length/i);
    expect(text.split('\r\n\r\n')[1]).toBe('{"data":[{');
  });

  it('ends in a reset with resetAtByte, after what came before', async () => {
    const response = await longAnswer({ resetAtByte: 300 });
    const pieces: Uint8Array[] = [];

    const reading = (async () => {
      for await (const piece of response.body ?? []) pieces.push(piece);
    })();

    await expect(reading).rejects.toThrow('terminated');
    expect(Buffer.concat(pieces)).toHaveLength(300);
    expect(simulator.requests[0]).toMatchObject({ finished: false, aborted: false });
  });

  it('is reset before the headers with resetAtByte 0 and no body', async () => {
    simulator.script({ resetAtByte: 0, respond: { body: 'x' } });

    const response = await send(simulator, 'GET', '/key');

    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('falls silent with stallAtByte, and the connection stays', async () => {
    const response = await longAnswer({ stallAtByte: 200 });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let length = 0;
    while (length < 200) length += (await reader.read()).value?.length ?? 0;

    const next = reader.read().catch(() => 'closed');
    const silence = new Promise((resolve) => setTimeout(resolve, 60, 'silence'));

    expect(length).toBe(200);
    expect(await Promise.race([next, silence])).toBe('silence');
    expect(simulator.openConnections()).toBe(1);
  });

  it('comes in drops with dripMs', async () => {
    simulator.script({ dripMs: 5, dripBytes: 4, respond: { body: 'x'.repeat(40) } });

    const { result, ms } = await timed(send(simulator, 'GET', '/key').then((got) => got.text()));

    expect(result).toBe('x'.repeat(40));
    expect(ms).toBeGreaterThan(45);
  });

  it('is compressed, asked or not, and can be cut in that state', async () => {
    simulator.script({ gzip: true });
    const whole = await send(simulator, 'GET', '/providers');
    expect(whole.headers.get('content-encoding')).toBe('gzip');
    const text = await whole.text();
    expect(JSON.parse(text)).toHaveProperty('data');

    simulator.script({ gzip: true, cutAtByte: 60 });
    const cut = await send(simulator, 'GET', '/providers');
    expect((await cut.text()).length).toBeLessThan(text.length);
  });

  it('is noise of the same length with garbage', async () => {
    simulator.script({ garbage: true, respond: { body: 'hello world' } });

    const bytes = await (await send(simulator, 'GET', '/key')).bytes();

    expect(bytes).toHaveLength(11);
    expect(Buffer.from(bytes).toString()).not.toBe('hello world');
  });
});

describe('a stall', () => {
  it.each(['headers', 'body'] as const)('leaves out the %s for good', async (stall) => {
    simulator.script({ stall });
    const controller = new AbortController();
    const answer = send(simulator, 'GET', '/key', { signal: controller.signal });

    const read = answer.then((response) => response.text()).catch(() => 'aborted');
    const first = await Promise.race([
      stall === 'headers' ? read : answer.then(({ status }) => status),
      new Promise((resolve) => setTimeout(resolve, 60, 'silence')),
    ]);
    controller.abort();

    expect(first).toBe(stall === 'headers' ? 'silence' : 200);
    expect(await read).toBe('aborted');
  });
});

describe('a failing provider', () => {
  it.each([400, 402, 403, 408, 413, 429, 500, 502, 503, 504, 524, 529])(
    'answers %d in the envelope, streaming or not',
    async (status) => {
      simulator.script({ fail: { status, raw: 'overheated' }, times: 2 });

      const whole = await chat(simulator, 'Say hi');
      const streamed = await stream(simulator, 'Say hi');

      expect(whole).toMatchObject({
        status,
        error: {
          code: status,
          message: 'Provider returned error',
          metadata: {
            raw: 'overheated',
            provider_name: expect.any(String),
            error_type: expect.any(String),
          },
        },
      });
      expect(streamed).toMatchObject({ status, payloads: [] });
    },
  );

  it('asks for patience', async () => {
    simulator.script({ fail: { status: 503, retryAfterSeconds: 3 } });

    expect((await chat(simulator, 'Say hi')).headers.get('retry-after')).toBe('3');
  });

  const forms = [
    ['documented', { choices: [{ finish_reason: 'error' }], error: { code: 502 } }],
    ['empty-choices', { choices: [], error: { code: 502 } }],
    ['bare', { error: { code: 502 } }],
    ['native', { choices: [{ finish_reason: null, native_finish_reason: 'network_error' }] }],
  ] as const;
  it.each(forms)('breaks off a stream in the %s form', async (form, expected) => {
    simulator.script({ fail: { afterTokens: 5, form } });

    const { status, text, last, terminated, chunks } = await stream(simulator, 'Explain tides');

    expect(status).toBe(200);
    expect(text.split(/(?=[ *])/).length).toBeGreaterThan(2);
    expect(last).toMatchObject(expected);
    expect('error' in last).toBe(form !== 'native');
    expect('choices' in last).toBe(form !== 'bare');
    expect(chunks.some(({ usage }) => usage)).toBe(false);
    expect(terminated).toBe(false);
  });

  it('may send the terminator after its error', async () => {
    simulator.script({ fail: { afterTokens: 3, terminates: true } });

    expect((await stream(simulator, 'Explain tides')).terminated).toBe(true);
  });

  it('leaves a partial answer with an error inside, or the error alone, in JSON', async () => {
    simulator.script({ fail: { afterTokens: 5 } });
    simulator.script({ fail: { afterTokens: 5, form: 'bare' } });

    const partial = await chat(simulator, 'Explain tides');
    const bare = await chat(simulator, 'Explain tides');

    expect(partial).toMatchObject({
      status: 200,
      finishReason: 'error',
      body: { choices: [{ error: { code: 502, message: 'Provider disconnected' } }] },
    });
    expect(partial.text).not.toBe('');
    expect(bare.body).toEqual({ error: expect.objectContaining({ code: 502 }) });
  });

  it('costs nothing, and neither does an answer without a word', async () => {
    const usage = async () =>
      (await json<{ data: { usage: number } }>(simulator, 'GET', '/key')).body.data.usage;
    const before = await usage();
    simulator.script({ fail: { afterTokens: 20 } });
    simulator.script({ empty: true, times: 2 });

    const failed = await stream(simulator, 'Explain tides');
    const empty = await chat(simulator, 'Explain tides');
    const emptyStream = await stream(simulator, 'Explain tides');

    expect(failed.text).not.toBe('');
    expect(empty).toMatchObject({ status: 200, text: '', finishReason: null });
    expect(empty.body.usage).toMatchObject({ completion_tokens: 0, cost: 0 });
    expect(emptyStream).toMatchObject({ text: '', terminated: true });
    expect(await usage()).toBe(before);
  });
});

const tool = (name: string) => ({
  type: 'function',
  function: { name, parameters: { type: 'object', properties: { city: { type: 'string' } } } },
});

describe('a model that is told to call tools', () => {
  it('asks for just these calls, of tools on offer or not, and is paid for them', async () => {
    simulator.script({
      toolCalls: [
        { name: 'weather', arguments: { city: 'Oslo' } },
        { name: 'weather' },
        { name: 'no_such_tool', arguments: '{"city": "Os' },
      ],
    });

    const answer = await chat(simulator, { tools: [tool('weather')], messages: [user('Say hi')] });
    const after = await chat(simulator, { tools: [tool('weather')], messages: [user('Say hi')] });

    const calls = answer.message.tool_calls ?? [];
    expect(answer.finishReason).toBe('tool_calls');
    expect(calls.map((call) => call.function)).toEqual([
      { name: 'weather', arguments: '{"city":"Oslo"}' },
      { name: 'weather', arguments: expect.stringContaining('"city"') },
      { name: 'no_such_tool', arguments: '{"city": "Os' },
    ]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(3);
    expect(answer.body.usage?.cost).toBeGreaterThan(0);
    expect(after.text).toBe('hi');
  });

  it('is cut by the token limit like any other', async () => {
    simulator.script({ toolCalls: [{ name: 'weather', arguments: { city: 'Oslo '.repeat(50) } }] });

    const { last } = await stream(simulator, { max_tokens: 20, messages: [user('Say hi')] });

    expect(last.choices?.[0]?.finish_reason).toBe('length');
    expect(last.usage?.completion_tokens).toBeLessThanOrEqual(20);
  });
});

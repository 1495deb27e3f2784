import { once } from 'node:events';
import { connect } from 'node:net';
import { silentLogger } from '@openrouter-native/openrouter';
import {
  chatChunkSchema,
  chatCompletionSchema,
  encodeEvent,
  traceSchema,
} from '@openrouter-native/protocol';
import type { ScriptRule } from '@openrouter-native/simulator';
import {
  startPluginHost,
  type PluginHost,
  type PluginHostOptions,
} from '../../support/plugin-host.ts';
import { until } from '../../support/wait.ts';

let host: PluginHost;
async function start(options?: PluginHostOptions): Promise<void> {
  host = await startPluginHost(options);
}
afterEach(() => host.close());

const question = {
  model: 'openai/gpt-5-mini',
  messages: [{ role: 'user', content: 'Name three rivers.' }],
};
const streamed = { ...question, stream: true };
const chatCall = () =>
  host.simulator.requests.findLast(({ path }) => path.endsWith('/chat/completions'));
const script = (rule: ScriptRule) =>
  host.simulator.script({ match: { path: '/chat/completions' }, ...rule });
const payloads = (text: string) =>
  text
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => event.slice('data: '.length));

const chunk = (fields: object) =>
  JSON.stringify({ id: 'gen-1', object: 'chat.completion.chunk', model: 'a/b', ...fields });
const delta = (content: string, finish_reason: string | null = null) =>
  chunk({ choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason }] });

describe('as JSON', () => {
  it('answers with what upstream said', async () => {
    await start();

    const response = await host.post(question);
    const body = await response.json();

    expect(response.status).toBe(200);
    expect(chatCompletionSchema.parse(body).choices?.[0]?.message?.content).toBeTruthy();
    expect(response.headers.get('x-generation-id')).toBe(body.id);
    expect(body.usage.cost).toBeGreaterThan(0);
  });

  it('passes unknown fields on, and known ones as they were', async () => {
    await start();
    const body = { zebra: { deep: [1, null] }, ...question, top_k: 4, a_new_one: 'x' };

    await host.post(body);

    expect(chatCall()?.body).toEqual({ ...body, stream: false });
  });

  it.each<[string, ScriptRule, number, string]>([
    ['no credits', answering(402, 'Insufficient credits.'), 402, 'insufficient_credits'],
    [
      'a forbidden prompt',
      answering(403, 'Flagged', { reasons: ['violence'] }),
      403,
      'moderation_blocked',
    ],
    [
      'a closed data policy',
      answering(404, 'No endpoints found matching your data policy'),
      404,
      'data_policy',
    ],
    [
      'a busy provider',
      answering(429, 'Provider returned error', { provider_name: 'X', raw: 'busy' }),
      429,
      'rate_limited_provider',
    ],
    ['an HTML page', { respond: { status: 502, body: '<html>' } }, 502, 'provider_error'],
    [
      'an HTML page with status 200',
      { respond: { status: 200, body: '<html>' } },
      502,
      'malformed_response',
    ],
    [
      'an error inside a 200',
      { respond: { body: { error: { code: 503, message: 'Full' } } } },
      503,
      'provider_overloaded',
    ],
    ['a lost connection', { resetAtByte: 0 }, 503, 'upstream_unreachable'],
  ])('explains %s', async (_what, rule, status, reason) => {
    await start();
    script(rule);

    const response = await host.post(question);
    const { error } = await response.json();

    expect(response.status).toBe(status);
    expect(error).toMatchObject({ code: status, reason });
    expect(error.action).toBeTruthy();
    expect(error.request_id).toBe(response.headers.get('x-request-id'));
  });

  it.each(['gen-1\r\nX-Evil: 1', 'gén', 'x'.repeat(100_000)])(
    'answers under a strange id as well, without repeating it in a header',
    async (id) => {
      await start();
      const choices = [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }]; // prettier-ignore
      script({ respond: { body: { id, object: 'chat.completion', model: 'a/b', choices } } });

      const response = await host.post(question);

      expect(response.status).toBe(200);
      expect((await response.json()).id).toBe(id);
      expect(response.headers.get('x-generation-id')).toBeNull();
    },
  );

  it('passes on how long to wait', async () => {
    await start();
    script({
      respond: {
        status: 429,
        headers: { 'Retry-After': '7' },
        body: { error: { code: 429, message: 'Slow down' } },
      },
    });

    const response = await host.post(question);

    expect(response.headers.get('retry-after')).toBe('7');
    expect((await response.json()).error).toMatchObject({ retryable: true, retry_after: 7 });
  });

  it('stops upstream when the reader hangs up', async () => {
    await start();
    script({ stall: 'headers' });
    const controller = new AbortController();
    const left = expect(host.post(question, { signal: controller.signal })).rejects.toThrow();
    await until(() => chatCall() !== undefined);

    controller.abort();

    await until(() => chatCall()?.aborted === true);
    await left;
  });
});

describe('as a stream', () => {
  it('forwards every payload as it came, and ends with its trace and one [DONE]', async () => {
    await start();
    const events = [
      '{"id":"gen-1","model":"a/b","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}',
      '{ "id":"gen-1", "spaced" : 1.50, "choices":[{"index":0,"delta":{"content":"Größe 🚀"},"finish_reason":null}]}',
      '{"id":"gen-1","choices":[],"unknown":{"b":1,"a":2}}',
      delta('', 'stop'),
      chunk({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 1, cost: 1e-7 } }),
      '[DONE]',
    ];
    script({ respond: { events } });

    const response = await host.post(streamed);
    const text = await response.text();

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    const [end, last = '', ...before] = payloads(text).toReversed();
    const { openrouter_native: trace, ...chunkWithUsage } = JSON.parse(last);
    expect(before.toReversed()).toEqual(events.slice(0, -2));
    expect(last).toContain(events.at(-2)?.slice(0, -1));
    expect(chunkWithUsage).toEqual(JSON.parse(events.at(-2) ?? ''));
    expect(traceSchema.parse(trace)).toMatchObject({ requested: question.model, served: 'a/b' });
    expect(end).toBe('[DONE]');
  });

  it('tells the same as JSON does', async () => {
    await start();
    const whole = chatCompletionSchema.parse(await (await host.post(question)).json());

    const chunks = payloads(await (await host.post(streamed)).text())
      .slice(0, -1)
      .map((payload) => chatChunkSchema.parse(JSON.parse(payload)));

    const text = chunks.map(({ choices }) => choices?.[0]?.delta?.content ?? '').join('');
    expect(text).toBe(whole.choices?.[0]?.message?.content);
    expect(chunks.at(-1)?.usage?.cost).toBe(whole.usage?.cost);
  });

  it('arrives bit by bit', async () => {
    await start({ simulator: { tokensPerSecond: 100, firstTokenMs: 0 } });

    const reader = ((await host.post(streamed)).body as ReadableStream<Uint8Array>).getReader();
    let pieces = 0;
    while (!(await reader.read()).done) pieces += 1;

    expect(pieces).toBeGreaterThan(5);
  });

  it.each<[string, ScriptRule, number, string]>([
    ['no credits', answering(402, 'Insufficient credits.'), 402, 'insufficient_credits'],
    ['an unknown model', answering(400, 'x/y is not a valid model ID'), 400, 'invalid_model_id'],
    [
      'an error as the first event',
      { respond: { events: [JSON.stringify({ error: { code: 502, message: 'Down' } })] } },
      502,
      'provider_error',
    ],
    [
      'an error after the role',
      {
        respond: {
          events: [
            delta(''),
            chunk({ error: { code: 'server_error', message: 'Down' }, choices: [] }),
          ],
        },
      },
      502,
      'provider_error',
    ],
    ['an empty stream', { respond: { events: [] } }, 502, 'stream_cut'],
    [
      'a stream of nothing but its end',
      { respond: { events: ['[DONE]'] } },
      502,
      'malformed_response',
    ],
    ['a connection lost before the first word', { resetAtByte: 20 }, 502, 'stream_cut'],
  ])(
    'answers %s with a status, because nothing was sent yet',
    async (_what, rule, status, reason) => {
      await start();
      script(rule);

      const response = await host.post(streamed);

      expect(response.status).toBe(status);
      expect((await response.json()).error).toMatchObject({ code: status, reason });
    },
  );

  it.each<[string, object, string]>([
    [
      'top level',
      {
        error: { code: 502, message: 'Lost' },
        choices: [{ index: 0, delta: {}, finish_reason: 'error' }],
      },
      'provider_error',
    ],
    [
      'without choices',
      { error: { code: 'timeout', message: 'Lost' }, choices: [] },
      'upstream_timeout',
    ],
    [
      'in the finish reason',
      { choices: [{ index: 0, delta: {}, finish_reason: 'error' }] },
      'provider_error',
    ],
    [
      'in the native finish reason',
      {
        choices: [
          { index: 0, delta: {}, finish_reason: null, native_finish_reason: 'network_error' },
        ],
      },
      'provider_error',
    ],
  ])('tells of an error in mid-stream: %s', async (_form, fields, reason) => {
    await start();
    script({ respond: { events: [delta('Half an ans'), chunk(fields)] } });

    const response = await host.post(streamed);
    const received = payloads(await response.text());

    expect(response.status).toBe(200);
    expect(received).toHaveLength(3);
    expect(received[0]).toBe(delta('Half an ans'));
    const { id, model } = JSON.parse(delta(''));
    expect(JSON.parse(received[1] ?? '')).toEqual({
      id,
      object: 'chat.completion.chunk',
      created: expect.any(Number),
      model,
      error: expect.objectContaining({
        reason,
        request_id: response.headers.get('x-request-id'),
        metadata: expect.objectContaining({ error_type: expect.any(String) }),
      }),
      choices: [{ index: 0, delta: {}, finish_reason: 'error' }],
    });
    expect(received[2]).toBe('[DONE]');
  });

  it('keeps the last words of a chunk that also brings an error', async () => {
    await start();
    script({
      respond: {
        events: [
          delta('One '),
          chunk({
            error: { code: 502, message: 'Lost' },
            choices: [{ index: 0, delta: { content: 'two' }, finish_reason: 'error' }],
          }),
        ],
      },
    });

    const received = payloads(await (await host.post(streamed)).text()).map((text) =>
      text === '[DONE]' ? text : JSON.parse(text),
    );

    expect(received[1]).toMatchObject({
      choices: [{ delta: { content: 'two' }, finish_reason: null }],
    });
    expect(received[1].error).toBeUndefined();
    expect(received[2].error.reason).toBe('provider_error');
  });

  it.each<[string, Partial<ScriptRule>]>([
    ['closed', {}],
    ['reset', { resetAtByte: 400 }],
  ])('never ends a stream that was %s upstream as if it were complete', async (_how, rule) => {
    await start();
    script({ respond: { events: [delta('Half '), delta('an '), delta('ans')] }, ...rule });

    const received = payloads(await (await host.post(streamed)).text());

    expect(JSON.parse(received.at(-2) ?? '').error).toMatchObject({
      reason: 'stream_cut',
      code: 502,
    });
    expect(received.at(-1)).toBe('[DONE]');
  });

  it('calls a stream stalled when nothing arrives any more', async () => {
    await start({ client: { timeouts: { idleMs: 100 } } });
    script({ respond: { events: [delta('Half an answer'), delta('more')] }, stallAtByte: 250 });

    const received = payloads(await (await host.post(streamed)).text());

    expect(JSON.parse(received.at(-2) ?? '').error).toMatchObject({
      reason: 'stream_stalled',
      code: 504,
    });
  });

  it('keeps the connection alive while upstream thinks, and can still tell of a failure', async () => {
    await start({ plugin: { heartbeatMs: 20 } });
    script({ ...answering(402, 'Insufficient credits.'), delayMs: 800 });

    const response = await host.post(streamed);
    const text = await response.text();

    expect(response.status).toBe(200);
    expect(text.match(/^: heartbeat$/gm)?.length).toBeGreaterThan(2);
    expect(JSON.parse(payloads(text)[0] ?? '').error).toMatchObject({
      reason: 'insufficient_credits',
      code: 402,
    });
    expect(payloads(text).at(-1)).toBe('[DONE]');
  });

  it('does not forward the comments of upstream', async () => {
    await start();
    script({
      respond: {
        headers: { 'Content-Type': 'text/event-stream' },
        body: `: OPENROUTER PROCESSING\n\n${encodeEvent(delta('Hi'))}: OPENROUTER PROCESSING\n\n${encodeEvent(delta('', 'stop'))}${encodeEvent('[DONE]')}`,
      },
    });

    expect(await (await host.post(streamed)).text()).not.toContain('PROCESSING');
  });

  it.each<[string, ScriptRule, PluginHostOptions]>([
    ['before the headers', { stall: 'headers' }, {}],
    ['in mid-body', {}, { simulator: { tokensPerSecond: 20, firstTokenMs: 0 } }],
  ])('stops upstream when the reader leaves %s', async (_when, rule, options) => {
    await start(options);
    script(rule);
    const controller = new AbortController();
    const answer = host
      .post(
        { ...streamed, messages: [{ role: 'user', content: 'A long story, please.' }] },
        { signal: controller.signal },
      )
      .then((response) => response.text())
      .catch(() => 'left');
    await until(() => chatCall() !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));

    controller.abort();

    await until(() => chatCall()?.aborted === true);
    expect(await answer).toBe('left');
  });

  it('stops reading from upstream while the reader does not read', async () => {
    await start();
    const events = Array.from({ length: 400 }, () => delta('x'.repeat(50_000)));
    script({ respond: { events: [...events, delta('', 'stop'), '[DONE]'] } });

    const response = await host.post(streamed);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = chatCall()?.finished;
    const size = (await response.text()).length;

    expect(before).toBe(false);
    expect(size).toBeGreaterThan(20_000_000);
  });
});

it('cuts a reader who does not read when it is closed, and finds nothing unexpected in that', async () => {
  const errors: string[] = [];
  const logger = { ...silentLogger, error: (message: string) => errors.push(message) };
  await start({ plugin: { drainMs: 50, logger } });
  const events = Array.from({ length: 400 }, () => delta('x'.repeat(50_000)));
  script({ respond: { events: [...events, delta('', 'stop'), '[DONE]'] } });
  const response = await host.post(streamed);
  await new Promise((resolve) => setTimeout(resolve, 300));

  await host.plugin.close();

  await expect(response.text()).rejects.toThrow();
  expect(chatCall()?.aborted).toBe(true);
  expect(errors).toEqual([]);
});

describe('bad requests', () => {
  it.each<[string, RequestInit, number, string]>([
    ['no JSON', { body: '{"model":' }, 400, 'invalid_request'],
    ['a list', { body: '[]' }, 400, 'invalid_request'],
    ['nothing', { body: '' }, 400, 'invalid_request'],
    ['no messages', { body: '{}' }, 400, 'invalid_request'],
    [
      'an unknown role',
      { body: '{"messages":[{"role":"king","content":"Hi"}]}' },
      400,
      'invalid_request',
    ],
    [
      'a temperature of 9',
      { body: '{"messages":[{"role":"user","content":"Hi"}],"temperature":9}' },
      400,
      'invalid_request',
    ],
    [
      'a form',
      { body: 'a=b', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported_media_type',
    ],
    [
      'a foreign character set',
      { body: '{}', headers: { 'Content-Type': 'application/json; charset=klingon' } },
      415,
      'unsupported_media_type',
    ],
    [
      'an unknown compression',
      { body: '{}', headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'lzw' } },
      415,
      'unsupported_media_type',
    ],
  ])('refuses %s and asks nobody', async (_what, init, status, reason) => {
    await start();

    const response = await host.post(undefined, init);

    expect(response.status).toBe(status);
    expect((await response.json()).error).toMatchObject({ code: status, reason });
    expect(chatCall()).toBeUndefined();
  });

  it('refuses a body over the limit', async () => {
    await start({ plugin: { bodyLimitBytes: 1_000 } });

    const response = await host.post({ ...question, padding: 'x'.repeat(2_000) });

    expect(response.status).toBe(413);
    expect((await response.json()).error).toMatchObject({
      type: 'payload_too_large',
      reason: 'payload_too_large',
    });
  });

  it.each<[string, string, number, string]>([
    ['very many values', `{"messages":[${'1,'.repeat(300_000)}1]}`, 413, 'payload_too_large'],
    [
      'values nested very deep',
      JSON.stringify(question).replace('{', `{"deep":${'['.repeat(1e5)}${']'.repeat(1e5)},`),
      400,
      'invalid_request',
    ],
  ])(
    'refuses a body of %s before it costs anything to check',
    async (_what, body, code, reason) => {
      await start();

      const response = await host.post(undefined, { body });

      expect((await response.json()).error).toMatchObject({ code, reason });
      expect(chatCall()).toBeUndefined();
    },
  );

  it('outlives an error that waits behind a longer answer on the same connection', async () => {
    await start({ plugin: { heartbeatMs: 50 } });
    script({ times: 1, respond: { events: [delta('Half '), delta('more')] }, stallAtByte: 150 });
    script({ respond: { status: 402, body: { error: { code: 402, message: 'No credits' } } } });
    const { hostname, port } = new URL(host.url);
    const socket = connect(Number(port), hostname);
    const body = JSON.stringify(streamed);
    const call = `POST /api/openrouter/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

    socket.write(call.repeat(2));
    await once(socket, 'data');
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.destroy();

    expect((await fetch(`${host.url}/health`)).status).toBe(200);
  });

  it('refuses a model that is not allowed', async () => {
    await start({ plugin: { allowedModels: ['meta/*'] } });

    const response = await host.post(streamed);

    expect(response.status).toBe(403);
    expect((await response.json()).error.reason).toBe('model_not_allowed');
    expect(chatCall()).toBeUndefined();
  });
});

describe('when it is closed', () => {
  it('lets a running answer end, and takes no new one', async () => {
    await start({
      simulator: { tokensPerSecond: 200, firstTokenMs: 0 },
      plugin: { drainMs: 5_000 },
    });
    const response = await host.post(streamed);

    const closing = host.plugin.close();
    const late = await host.post(question);
    const text = await response.text();
    await closing;

    expect(payloads(text).at(-1)).toBe('[DONE]');
    expect(text).not.toContain('"error"');
    expect(late.status).toBe(503);
    expect((await late.json()).error.reason).toBe('shutting_down');
  });

  it('answers 503 when it closes before the first word', async () => {
    await start({ plugin: { drainMs: 50 } });
    script({ stall: 'headers' });
    const answer = host.post(streamed);
    await until(() => chatCall() !== undefined);

    await host.plugin.close();

    const response = await answer;
    expect(response.status).toBe(503);
    expect((await response.json()).error.reason).toBe('shutting_down');
  });

  it('cuts an answer that takes too long to end, and says so', async () => {
    await start({ plugin: { drainMs: 50 } });
    script({ respond: { events: [delta('Half an answer'), delta('more')] }, stallAtByte: 250 });
    const response = await host.post(streamed);

    await host.plugin.close();

    const [error = '', terminator] = payloads(await response.text()).slice(-2);
    expect(JSON.parse(error)).toMatchObject({
      error: { reason: 'shutting_down', code: 503 },
      choices: [{ finish_reason: 'error' }],
    });
    expect(terminator).toBe('[DONE]');
    expect(chatCall()?.aborted).toBe(true);
  });
});

describe('the log', () => {
  it.each<[string, ScriptRule | null, object, object]>([
    ['a whole answer', null, question, { ending: 'complete' }],
    ['a stream', null, streamed, { ending: 'complete' }],
    ['an answer at its limit', null, { ...question, max_tokens: 1 }, { ending: 'length' }],
    [
      'a refusal',
      answering(402, 'Insufficient credits.'),
      streamed,
      { ending: 'failed', reason: 'insufficient_credits' },
    ],
    ['a cut', { respond: { events: [delta('Half')] } }, streamed, { ending: 'cut' }],
  ])('has one record of %s', async (_what, rule, body, expected) => {
    const records: unknown[] = [];
    await start({
      plugin: {
        logger: {
          ...silentLogger,
          debug: (message, fields) => void (/Answered/.test(message) && records.push(fields)),
        },
      },
    });
    if (rule) script(rule);

    const response = await host.post(body);
    await response.text();
    await until(() => records.length > 0);

    expect(records).toEqual([
      {
        request_id: response.headers.get('x-request-id'),
        model: question.model,
        ...expected,
      },
    ]);
  });
});

describe('for agents', () => {
  it('streams the same answer as events', async () => {
    await start();
    const events = [];

    for await (const event of host.plugin.agentProvider.run({
      provider: 'openrouter',
      model: question.model,
      instructions: 'Be brief.',
      messages: [{ role: 'user', content: 'Hi' }],
      model_parameters: { temperature: 0.5 },
    })) {
      events.push(event);
    }

    expect(events[0]).toMatchObject({ type: 'start' });
    expect(events.at(-1)).toMatchObject({ type: 'finish', ending: 'complete' });
    expect(chatCall()?.body).toMatchObject({
      temperature: 0.5,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
    });
  });

  it('ends as stopped when the signal aborts, and stops upstream', async () => {
    await start();
    script({ stall: 'headers' });
    const controller = new AbortController();
    const run = host.plugin.agentProvider.run(
      {
        provider: 'openrouter',
        model: question.model,
        messages: [{ role: 'user', content: 'Hi' }],
      },
      { signal: controller.signal },
    );

    const reading = Array.fromAsync(run);
    await until(() => chatCall() !== undefined);
    controller.abort();

    expect(await reading).toEqual([expect.objectContaining({ type: 'finish', ending: 'stopped' })]);
    await until(() => chatCall()?.aborted === true);
  });

  it('fails with the reason when there is no answer', async () => {
    await start();
    script(answering(402, 'Insufficient credits.'));

    const run = host.plugin.agentProvider.run({
      provider: 'openrouter',
      model: question.model,
      messages: [{ role: 'user', content: 'Hi' }],
    });

    await expect(Array.fromAsync(run)).rejects.toMatchObject({ reason: 'insufficient_credits' });
  });
});

describe('secrets', () => {
  it('reach neither the log, nor an error, nor the disk', async () => {
    const lines: unknown[] = [];
    const log = (message: string, fields?: object) => void lines.push([message, fields]);
    await start({ plugin: { logger: { debug: log, info: log, warn: log, error: log } } });
    const key = host.simulator.keys.inference;
    script({
      ...answering(502, `Failed with Bearer ${key} for PLANTED-PROMPT`, {
        raw: `key ${key}`,
        flagged_input: 'PLANTED-PROMPT',
      }),
    });

    const answers = [
      await (
        await host.post({ ...question, messages: [{ role: 'user', content: 'PLANTED-PROMPT' }] })
      ).text(),
      await (
        await host.post({ ...streamed, messages: [{ role: 'user', content: 'PLANTED-PROMPT' }] })
      ).text(),
      await (await fetch(`${host.url}/credits`)).text(),
      await (await fetch(`${host.url}/health`)).text(),
    ];

    expect(JSON.stringify([lines, answers[0], answers[2], answers[3]])).not.toContain(
      key.slice(12),
    );
    expect(JSON.stringify(lines)).not.toContain('PLANTED-PROMPT');
    expect(lines.length).toBeGreaterThan(0);
  });
});

describe('how an answer came about', () => {
  it('is told in a header and on the answer, with what failed before', async () => {
    await start({ client: { retry: { retries: 1, baseMs: 1 } } });
    script(answering(502, 'The provider is gone', { provider_name: 'Alpha' }));

    const response = await host.post(question);
    const { openrouter_native: trace } = await response.json();

    expect(response.status).toBe(200);
    expect(response.headers.get('x-openrouter-attempts')).toBe('2');
    expect(traceSchema.parse(trace)).toMatchObject({
      requested: question.model,
      attempts: [
        { route: 'openrouter', provider: 'Alpha', status: 502, reason: 'provider_error' },
        { route: 'openrouter', status: 200, reason: null },
      ],
    });
  });

  it('is told before the first byte of a stream, and on its last chunk', async () => {
    await start({ client: { retry: { retries: 1, baseMs: 1 } } });
    script({ respond: { events: [] } });

    const response = await host.post(streamed);
    const last = payloads(await response.text()).at(-2) ?? '';

    expect(response.headers.get('x-openrouter-attempts')).toBe('2');
    expect(JSON.parse(last).openrouter_native.attempts).toMatchObject([
      { reason: 'stream_cut' },
      { reason: null },
    ]);
  });

  it('is told on the error when nobody answers', async () => {
    await start({ client: { retry: { retries: 2, baseMs: 1 } } });
    script({ ...answering(503, 'Full'), times: Infinity });

    const response = await host.post(streamed);
    const { error } = await response.json();

    expect(response.headers.get('x-openrouter-attempts')).toBe('3');
    expect(error.metadata.attempts).toHaveLength(3);
  });
});

function answering(code: number, message: string, metadata?: object): ScriptRule {
  return {
    respond: { status: code, body: { error: { code, message, ...(metadata && { metadata }) } } },
  };
}

import type { ChatEvent } from '@openrouter-native/protocol';
import { collect, createSignal } from '../testing/async.ts';
import { DONE, finish, text, thought } from '../testing/chunks.ts';
import {
  json,
  sendEvent,
  startHost,
  startStream,
  stream,
  type Answer,
  type TestHost,
} from '../testing/host.ts';
import { aModel, someCredits } from '../testing/models.ts';
import { createOpenRouterApi, type OpenRouterApi } from './api.ts';
import { isOpenRouterApiError, type OpenRouterApiError } from './error.ts';

const question = {
  model: 'anthropic/claude-haiku-4.5',
  messages: [{ role: 'user' as const, content: 'Hello' }],
};

let host: TestHost | undefined;

afterEach(() => host?.close());

async function apiWith(answers: Record<string, Answer>): Promise<OpenRouterApi> {
  host = await startHost(answers);
  return createOpenRouterApi({ baseUrl: host.baseUrl, getToken: () => 'a-session-token' });
}

async function chatWith(answer: Answer): Promise<ChatEvent[]> {
  const api = await apiWith({ 'POST /chat/completions': answer });
  return collect(api.openChat(question, new AbortController().signal));
}

async function failureOf(promise: Promise<unknown>): Promise<OpenRouterApiError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isOpenRouterApiError(error)) throw new Error(`Not an api error: ${String(error)}`);
  return error;
}

function textOf(events: ChatEvent[]): string {
  return events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
}

describe('reading', () => {
  it('gives the catalogue with its age, in upstream order, and sends the session token', async () => {
    const models = [
      aModel({ id: 'z/z' }),
      aModel({ id: 'a/a', pricing: { prompt: '0', completion: '0' } }),
    ];
    const api = await apiWith({
      'GET /models': json(200, { data: models }, { Age: '90', 'X-Cache': 'STALE' }),
    });

    const list = await api.getModels();

    expect(list).toEqual({ models, readAtMs: expect.any(Number), isStale: true });
    expect(Date.now() - (list.readAtMs ?? 0)).toBeGreaterThanOrEqual(90_000);
    expect(host?.requests[0]?.authorization).toBe('Bearer a-session-token');
  });

  it('passes the server cache by only when told to', async () => {
    const api = await apiWith({ 'GET /credits': json(200, someCredits()) });

    await api.getCredits();
    await api.getCredits({ force: true });

    expect(host?.requests.map(({ path }) => path)).toEqual(['/credits', '/credits?force=true']);
  });

  it('keeps what is unknown null', async () => {
    const credits = someCredits({ balance: null, usage: null, total: null, source: 'key' });
    const api = await apiWith({ 'GET /credits': json(200, credits) });

    expect(await api.getCredits()).toEqual(credits);
  });

  it('reads the health report out of a 503 too', async () => {
    const health = {
      status: 'unhealthy',
      provider: { configured: false, mode: 'live' },
      models: { count: null, age_ms: null, stale: false },
      credits: { known: false },
      upstream: { reachable: null, last_error_reason: null, last_ok_at: null },
      routes: { resting: 0, open_circuits: 0 },
      version: '0.1.0',
    };
    const api = await apiWith({ 'GET /health': json(503, health) });

    expect(await api.getHealth()).toEqual(health);
  });

  it('throws the error body of the host, word for word', async () => {
    const error = {
      message: 'The key is not valid.',
      type: 'authentication_error',
      code: 401,
      reason: 'key_invalid',
      retryable: false,
      retry_after: null,
      action: 'Create a new key.',
      request_id: 'request-7',
      metadata: {},
    };
    const api = await apiWith({ 'GET /credits': json(401, { error }) });

    expect((await failureOf(api.getCredits())).details).toEqual(error);
  });

  it('repeats what the guard of a host says', async () => {
    const api = await apiWith({ 'GET /models': json(401, { message: 'Please sign in.' }) });

    const { details } = await failureOf(api.getModels());

    expect(details).toMatchObject({ message: 'Please sign in.', reason: 'unauthenticated' });
  });

  it('gives a page that a proxy put in between the same shape', async () => {
    const api = await apiWith({
      'GET /models': (response) => {
        response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>');
      },
    });

    const { details } = await failureOf(api.getModels());

    expect(details).toMatchObject({ code: 502, reason: 'server_unreachable', retryable: true });
    expect(details.message).not.toContain('<');
  });

  it('refuses a 200 that is not what was asked for', async () => {
    const api = await apiWith({ 'GET /credits': json(200, { balance: 'much' }) });

    expect((await failureOf(api.getCredits())).details.reason).toBe('malformed_response');
  });

  it('says that the server could not be reached when nothing listens', async () => {
    const api = await apiWith({});
    await host?.close();

    const { details } = await failureOf(api.getModels());

    expect(details).toMatchObject({ reason: 'server_unreachable', retryable: true });
    expect(details.action).not.toBe('');
  });

  it('leaves an abort an abort', async () => {
    const api = await apiWith({ 'GET /models': () => undefined });
    const abort = new AbortController();

    const reading = api.getModels({ signal: abort.signal });
    abort.abort();

    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a chat', () => {
  it('is complete with a finish reason and the terminator', async () => {
    const events = await chatWith(stream(thought('Hm.'), text('Hel'), text('lo'), finish(), DONE));

    expect(textOf(events)).toBe('Hello');
    expect(events[0]).toMatchObject({
      type: 'start',
      model: 'anthropic/claude-4.5-haiku-20251001',
    });
    expect(events.find(({ type }) => type === 'usage')).toMatchObject({
      usage: { cost: 0.000022 },
    });
    expect(events.at(-1)).toEqual({
      type: 'finish',
      ending: 'complete',
      finishReason: 'stop',
      nativeFinishReason: null,
    });
    expect(host?.requests[0]?.body).toEqual({ ...question, stream: true });
  });

  it.each([
    ['without the terminator', [text('Hel'), finish()]],
    ['without a finish reason', [text('Hel'), DONE]],
    ['in the middle of the answer', [text('Hel')]],
  ])('that ends %s is cut and keeps its text', async (_how, payloads) => {
    const events = await chatWith(stream(...payloads));

    expect(textOf(events)).toBe('Hel');
    expect(events.at(-1)).toMatchObject({ type: 'finish', ending: 'cut' });
  });

  it('whose connection breaks is cut and keeps its text', async () => {
    const events = await chatWith(async (response) => {
      startStream(response);
      sendEvent(response, text('Hel'));
      await new Promise((resolve) => setTimeout(resolve, 30));
      response.destroy();
    });

    expect(textOf(events)).toBe('Hel');
    expect(events.at(-1)).toMatchObject({ type: 'finish', ending: 'cut' });
  });

  it('keeps characters whole that arrive split between packets', async () => {
    const events = await chatWith(async (response) => {
      startStream(response);
      const bytes = Buffer.from(`data: ${JSON.stringify(text('Grüße 👋'))}\n\n`);
      for (const byte of bytes) response.write(Buffer.of(byte));
      sendEvent(response, finish());
      response.end(`data: ${DONE}\n\n`);
    });

    expect(textOf(events)).toBe('Grüße 👋');
  });

  it('that fails on the way carries the error body of the host', async () => {
    const error = {
      message: 'The provider disconnected.',
      type: 'provider_error',
      code: 502,
      reason: 'provider_error',
      retryable: true,
      retry_after: null,
      action: 'Try again.',
      request_id: 'request-8',
      metadata: {},
    };
    const failed = { error, choices: [{ index: 0, delta: {}, finish_reason: 'error' }] };

    const events = await chatWith(stream(text('Hel'), failed, DONE));

    expect(textOf(events)).toBe('Hel');
    expect(events.slice(-2)).toMatchObject([{ type: 'error', error }, { ending: 'failed' }]);
  });

  it('is cut when the host says that its upstream was cut', async () => {
    const error = {
      message: 'The answer ended early.',
      type: 'provider_error',
      code: 502,
      reason: 'stream_cut',
      retryable: true,
      retry_after: null,
      action: 'Try again.',
      request_id: null,
      metadata: {},
    };

    const events = await chatWith(stream(text('Hel'), { error, choices: [] }, DONE));

    expect(events.at(-1)).toMatchObject({ ending: 'cut' });
  });

  it('with a bare upstream error still says what to do', async () => {
    const events = await chatWith(stream({ error: { code: 502, message: 'Overloaded' } }));

    expect(events.slice(-2)).toMatchObject([
      { type: 'error', error: { message: 'Overloaded', reason: 'provider_error' } },
      { type: 'finish', ending: 'failed' },
    ]);
  });

  it('with an unreadable piece is not shown as finished', async () => {
    const events = await chatWith(stream(text('Hel'), '{"broken', finish(), DONE));

    expect(events.slice(-2)).toMatchObject([
      { type: 'error', error: { reason: 'malformed_response' } },
      { type: 'finish', ending: 'failed' },
    ]);
  });

  it('refused before the first byte throws the error body of the host', async () => {
    const error = {
      message: 'Out of credits.',
      type: 'insufficient_credits',
      code: 402,
      reason: 'insufficient_credits',
      retryable: false,
      retry_after: null,
      action: 'Add credits.',
      request_id: 'request-9',
      metadata: {},
    };

    expect((await failureOf(chatWith(json(402, { error })))).details).toEqual(error);
  });

  it('answered by something that is no stream throws', async () => {
    const failure = await failureOf(
      chatWith(json(200, { choices: [] }, { 'X-Request-Id': 'r-1' })),
    );

    expect(failure.details).toMatchObject({ reason: 'malformed_response', request_id: 'r-1' });
  });

  it('that is aborted ends as stopped, and the server sees the reader leave', async () => {
    const left = createSignal();
    const api = await apiWith({
      'POST /chat/completions': (response) => {
        response.on('close', left.raise);
        startStream(response);
        sendEvent(response, text('Hel'));
      },
    });
    const abort = new AbortController();

    const events: ChatEvent[] = [];
    for await (const event of api.openChat(question, abort.signal)) {
      events.push(event);
      if (event.type === 'text-delta') abort.abort();
    }

    expect(events.at(-1)).toMatchObject({ type: 'finish', ending: 'stopped' });
    await left.raised;
  });

  it('that is aborted before the headers ends as stopped', async () => {
    const api = await apiWith({ 'POST /chat/completions': () => undefined });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);

    const events = await collect(api.openChat(question, abort.signal));

    expect(events).toMatchObject([{ type: 'finish', ending: 'stopped' }]);
  });

  it('whose reader leaves the loop closes the connection', async () => {
    const left = createSignal();
    const api = await apiWith({
      'POST /chat/completions': (response) => {
        response.on('close', left.raise);
        startStream(response);
        sendEvent(response, text('Hel'));
      },
    });

    for await (const event of api.openChat(question, new AbortController().signal)) {
      if (event.type === 'text-delta') break;
    }

    await left.raised;
  });
});

import { setTimeout as wait } from 'node:timers/promises';
import { createChatClient, type ChatClient, type PlacedEvent } from '../../support/chat-client.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { answerCalls } from '../../support/upstream-calls.ts';
import { until } from '../../support/wait.ts';

jest.setTimeout(60_000); // Some of it takes seconds, and more on a busy machine.

const MODEL = 'openai/gpt-4o';
const START = '/agents/chat/openrouter';
const aQuestion = (changes: object = {}) => ({
  text: 'Tell me about the sea',
  model: MODEL,
  ...changes,
});
/** Slow enough to be stopped in the middle, on any machine: an answer takes half a minute. */
const slow = { tokensPerSecond: 8, firstTokenMs: 0 };

async function lastOf(events: AsyncIterable<PlacedEvent>): Promise<PlacedEvent['event']> {
  let last: PlacedEvent | undefined;
  for await (const event of events) last = event;
  if (!last) throw new Error('The stream is empty');
  return last.event;
}

/** Follows an answer until it says something. */
async function firstWords(client: ChatClient, streamId: string): Promise<void> {
  for await (const { event } of client.follow(streamId)) if (event.type === 'text-delta') return;
}

describe('stopping an answer', () => {
  let host: TestApp;
  let ada: ChatClient;
  beforeAll(async () => {
    host = await createTestApp({ simulator: slow });
    ada = createChatClient(host.url, (await host.signUp()).token);
  });

  it.each(['streamId', 'conversationId'] as const)(
    'by its %s closes the call upstream and keeps the words',
    async (name) => {
      const started = await ada.start(aQuestion());
      await firstWords(ada, started.streamId);
      const call = answerCalls(host.simulator).at(-1);
      const following = lastOf(ada.follow(started.streamId));

      const response = await ada.post('/agents/chat/abort', { [name]: started[name] });

      expect(await response.json()).toEqual({ success: true, aborted: started.streamId });
      const final = await following;
      expect(final).toMatchObject({
        type: 'final',
        responseMessage: {
          ending: 'stopped',
          unfinished: true,
          error: false,
          text: expect.stringMatching(/^GPT/),
        },
      });
      await until(() => call?.aborted === true);
      const messages = await ada.messages(started.conversationId);
      expect(messages[1]).toEqual(final.type === 'final' ? final.responseMessage : null);
    },
  );

  it('does nothing, and says so, when it has ended', async () => {
    const { streamId, conversationId } = await ada.start(aQuestion());
    await ada.post('/agents/chat/abort', { streamId });
    await lastOf(ada.follow(streamId));

    const byStream = await ada.post('/agents/chat/abort', { streamId });
    const byConversation = await ada.post('/agents/chat/abort', { conversationId });

    expect(await byStream.json()).toEqual({ success: false, aborted: null });
    expect(await byConversation.json()).toEqual({ success: false, aborted: null });
  });

  it('needs to know which', async () => {
    const nothing = await ada.post('/agents/chat/abort', {});
    const unknown = await ada.post('/agents/chat/abort', { streamId: 'x' });
    const malformed = await ada.post('/agents/chat/abort', { conversationId: 'x' });

    expect([nothing, unknown, malformed].map(({ status }) => status)).toEqual([400, 404, 404]);
  });

  it('happens when its conversation is deleted', async () => {
    const { streamId, conversationId } = await ada.start(aQuestion());
    await firstWords(ada, streamId);
    const call = answerCalls(host.simulator).at(-1);
    const following = lastOf(ada.follow(streamId));

    const response = await ada.delete(`/convos/${conversationId}`);

    expect(response.ok).toBe(true);
    await until(() => call?.aborted === true);
    expect((await following).type).not.toBe('final');
    expect((await ada.get(`/agents/chat/stream/${streamId}`)).status).toBe(404);
    expect((await ada.get(`/agents/chat/status/${conversationId}`)).status).toBe(404);
  });

  it('is not what leaving the page does', async () => {
    const { streamId } = await ada.start(aQuestion());
    const leaving = new AbortController();
    for await (const { event } of ada.follow(streamId, { signal: leaving.signal })) {
      if (event.type === 'text-delta') break;
    }
    leaving.abort();
    const call = answerCalls(host.simulator).at(-1);
    await wait(500);

    expect(call?.aborted).toBe(false);
    const active = await ada.get('/agents/chat/active');
    expect(await active.json()).toMatchObject({ activeJobIds: [expect.any(String)] });
    await ada.post('/agents/chat/abort', { streamId });
    await lastOf(ada.follow(streamId));
  });
});

describe('more answers than are allowed at once', () => {
  it('are refused with those that are running, until one of them has ended', async () => {
    const host = await createTestApp({ simulator: slow });
    const ada = createChatClient(host.url, (await host.signUp('ada@example.com')).token);
    const bob = createChatClient(host.url, (await host.signUp('bob@example.com')).token);

    const responses = await Promise.all(
      Array.from({ length: 5 }, () => ada.post(START, aQuestion())),
    );
    const running = await Promise.all(
      responses.filter(({ status }) => status === 200).map((response) => response.json()),
    );
    const refused = await ada.post(START, aQuestion());
    const others = await bob.start(aQuestion());

    expect(running).toHaveLength(2);
    expect(refused.status).toBe(429);
    const { error } = (await refused.json()) as {
      error: { reason: string; metadata: { running: object[] } };
    };
    expect(error.reason).toBe('too_many_generations');
    const shown = running.map(({ streamId, conversationId }) => ({ streamId, conversationId }));
    expect(new Set(error.metadata.running)).toEqual(new Set(shown));
    expect(others.status).toBe('started');
    const conversations = (await (await ada.get('/convos')).json()) as { conversations: object[] };
    expect(conversations.conversations).toHaveLength(2);
    await ada.post('/agents/chat/abort', { streamId: shown[0]?.streamId });
    await lastOf(ada.follow(shown[0]?.streamId ?? ''));
    expect((await ada.post(START, aQuestion())).status).toBe(200);
    await host.close();
  });

  it('are as many as CONCURRENT_MESSAGE_MAX says', async () => {
    const host = await createTestApp({
      simulator: slow,
      environment: { CONCURRENT_MESSAGE_MAX: '1' },
    });
    const ada = createChatClient(host.url, (await host.signUp()).token);
    await ada.start(aQuestion());

    expect((await ada.post(START, aQuestion())).status).toBe(429);
    await host.close();
  });
});

describe('an answer that nobody follows', () => {
  it('is stopped after some seconds where STOP_GENERATION_ON_LEAVE says so', async () => {
    let skippedMs = 0;
    const host = await createTestApp({
      simulator: slow,
      environment: { STOP_GENERATION_ON_LEAVE: 'true' },
      app: { now: () => Date.now() + skippedMs },
    });
    const ada = createChatClient(host.url, (await host.signUp()).token);
    const { streamId, conversationId } = await ada.start(aQuestion());
    const leaving = new AbortController();
    const following = firstWords(ada, streamId);
    await following;
    const call = answerCalls(host.simulator).at(-1);
    const reader = ada.follow(streamId, { signal: leaving.signal });
    await reader.next();
    skippedMs = 60_000;
    await wait(2500);
    expect(call?.aborted).toBe(false); // Somebody follows.

    leaving.abort();
    skippedMs = 120_000;

    await until(() => call?.aborted === true, 10_000);
    await until(async () => (await ada.messages(conversationId))[1]?.ending === 'stopped', 10_000);
    await host.close();
  });
});

describe('a server that stops', () => {
  it('lets an answer end first, takes no more questions, and tells the reader the end', async () => {
    const host = await createTestApp({
      simulator: { tokensPerSecond: 100, firstTokenMs: 0 },
      app: { drainMs: 30_000 },
    });
    const ada = createChatClient(host.url, (await host.signUp()).token);
    const { streamId } = await ada.start(aQuestion());
    await firstWords(ada, streamId);
    const following = lastOf(ada.follow(streamId));

    const closing = host.close();
    const refused = await ada.post(START, aQuestion());

    expect(await following).toMatchObject({
      type: 'final',
      responseMessage: { ending: 'complete' },
    });
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ error: { reason: 'shutting_down' } });
    await closing;
  });

  it('cuts an answer off that takes too long, and calls it cut', async () => {
    const host = await createTestApp({ simulator: slow, app: { drainMs: 300 } });
    const ada = createChatClient(host.url, (await host.signUp()).token);
    const { streamId } = await ada.start(aQuestion());
    await firstWords(ada, streamId);
    const call = answerCalls(host.simulator).at(-1);
    const following = lastOf(ada.follow(streamId));

    await host.close();

    expect(await following).toMatchObject({
      type: 'final',
      responseMessage: { ending: 'cut', unfinished: true, text: expect.stringMatching(/^GPT/) },
    });
    expect(call?.aborted).toBe(true);
  });
});

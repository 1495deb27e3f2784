import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { createChatClient, type ChatClient, type PlacedEvent } from '../../support/chat-client.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { answerCalls } from '../../support/upstream-calls.ts';

jest.setTimeout(60_000); // Some of it takes seconds, and more on a busy machine.

const MODEL = 'openai/gpt-4o';
const aQuestion = { text: 'Tell me about the sea', model: MODEL };

/** A payload of a stream from upstream. */
const chunk = (delta: object, finish_reason: string | null = null) =>
  JSON.stringify({ id: 'gen-1', model: MODEL, choices: [{ index: 0, delta, finish_reason }] });

async function collect(events: AsyncIterable<PlacedEvent>): Promise<PlacedEvent[]> {
  const collected = [];
  for await (const event of events) collected.push(event);
  return collected;
}

describe('a stream that has ended', () => {
  let host: TestApp;
  let ada: ChatClient;
  let streamId: string;
  let recorded: PlacedEvent[];
  beforeAll(async () => {
    host = await createTestApp();
    ada = createChatClient(host.url, (await host.signUp()).token);
    ({ streamId, events: recorded } = await ada.ask(aQuestion));
  });

  it('gives the rest from every event on, and upstream was asked once', async () => {
    expect(recorded.length).toBeGreaterThan(100);
    for (let seen = 0; seen < recorded.length; seen += 1) {
      const rest = await collect(ada.follow(streamId, { after: seen }));
      expect([...recorded.slice(0, seen), ...rest]).toEqual(recorded);
    }
    expect(answerCalls(host.simulator)).toHaveLength(1);
  });

  it('has nothing for who has seen its end, and says so in a way that browsers understand', async () => {
    const last = recorded.length;
    const byHeader = await ada.get(`/agents/chat/stream/${streamId}`, {
      'Last-Event-ID': String(last),
    });
    const byAddress = await ada.get(`/agents/chat/stream/${streamId}?lastEventId=${last}`);
    const beyond = await ada.get(`/agents/chat/stream/${streamId}?lastEventId=${last + 7}`);

    expect([byHeader, byAddress, beyond].map(({ status }) => status)).toEqual([204, 204, 204]);
  });

  it('begins with a snapshot when it is resumed, and ends with what was stored', async () => {
    const events = await collect(ada.follow(streamId, { resume: true }));

    const final = recorded.at(-1);
    const answer = final?.event.type === 'final' ? final.event.responseMessage : null;
    expect(events).toEqual([
      {
        id: recorded.length - 1,
        event: {
          type: 'snapshot',
          conversation: expect.objectContaining({ model: MODEL }),
          requestMessage: expect.objectContaining({ text: aQuestion.text }),
          responseMessage: expect.objectContaining({
            text: answer?.text,
            ending: 'complete',
            usage: answer?.usage,
          }),
        },
      },
      final,
    ]);
  });

  it('prefers the place where a browser was over the beginning of its page', async () => {
    const events = await collect(ada.follow(streamId, { resume: true, after: 3 }));

    expect(events).toEqual(recorded.slice(3));
  });

  it('tells of itself without being cached or buffered on the way', async () => {
    const response = await ada.get(`/agents/chat/stream/${streamId}`);

    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(await response.text()).toMatch(/^id: 1\ndata: \{"type":"created"/);
  });

  it.each(['-1', 'x', '1.5', '9'.repeat(20)])('takes %j for no place', async (place) => {
    const response = await ada.get(`/agents/chat/stream/${streamId}`, { 'Last-Event-ID': place });

    expect(response.status).toBe(400);
  });

  it('is not there under another name, or without signing in', async () => {
    const unknown = await ada.get('/agents/chat/stream/00000000-0000-4000-8000-000000000000');
    const malformed = await ada.get('/agents/chat/stream/x');
    const anonymous = await fetch(`${host.url}/api/agents/chat/stream/${streamId}`);
    const wrongMethod = await ada.post(`/agents/chat/stream/${streamId}`, {});

    const statuses = [unknown, malformed, anonymous, wrongMethod].map(({ status }) => status);
    expect(statuses).toEqual([404, 404, 401, 405]);
  });

  it('is forgotten some minutes later', async () => {
    let time = Date.now();
    const later = await createTestApp({ app: { now: () => time } });
    const eve = createChatClient(later.url, (await later.signUp()).token);
    const ended = await eve.ask(aQuestion);

    time += 5 * 60_000;

    expect((await eve.get(`/agents/chat/stream/${ended.streamId}`)).status).toBe(404);
    expect(await eve.messages(ended.conversationId)).toHaveLength(2);
    const status = await eve.get(`/agents/chat/status/${ended.conversationId}`);
    expect(await status.json()).toEqual({ active: false, streamId: null, responseMessageId: null });
    await later.close();
  });
});

describe('a stream that goes on', () => {
  let host: TestApp;
  let ada: ChatClient;
  beforeAll(async () => {
    host = await createTestApp({ simulator: { tokensPerSecond: 150, firstTokenMs: 0 } });
    ada = createChatClient(host.url, (await host.signUp()).token);
  });

  it('loses nothing to a reader who leaves and comes back at every event', async () => {
    const before = answerCalls(host.simulator).length;
    const { streamId } = await ada.start(aQuestion);

    const seen: PlacedEvent[] = [];
    while (seen.at(-1)?.event.type !== 'final') {
      const leaving = new AbortController();
      const after = seen.at(-1)?.id ?? 0;
      for await (const event of ada.follow(streamId, { after, signal: leaving.signal })) {
        seen.push(event);
        break;
      }
      leaving.abort();
    }

    expect(seen).toEqual(await collect(ada.follow(streamId)));
    expect(answerCalls(host.simulator)).toHaveLength(before + 1);
  });

  it('is the same for many readers, whenever they come', async () => {
    const before = answerCalls(host.simulator).length;
    const { streamId } = await ada.start(aQuestion);

    const readers: Promise<PlacedEvent[]>[] = [];
    for await (const { id } of ada.follow(streamId)) {
      if (id % 10 === 0 && readers.length < 15) readers.push(collect(ada.follow(streamId)));
    }
    const all = await Promise.all(readers);

    expect(all).toHaveLength(15);
    const whole = await collect(ada.follow(streamId));
    for (const events of all) expect(events).toEqual(whole);
    expect(answerCalls(host.simulator)).toHaveLength(before + 1);
  });

  it('begins with a snapshot when it is resumed, and goes on live from there', async () => {
    const { streamId, conversationId } = await ada.start(aQuestion);
    for await (const { id } of ada.follow(streamId)) if (id > 20) break;

    const resumed = await collect(ada.follow(streamId, { resume: true }));

    const whole = await collect(ada.follow(streamId));
    const [first, ...rest] = resumed;
    expect(first?.id).toBeGreaterThan(20);
    expect(first?.event).toMatchObject({
      type: 'snapshot',
      conversation: { conversationId },
      responseMessage: { ending: null, unfinished: true, text: expect.stringMatching(/^GPT-4o/) },
    });
    expect(rest).toEqual(whole.slice(first?.id));
    expect(rest.at(-1)?.event.type).toBe('final');
  });

  it('is known by its conversation, and listed as active, until it ends', async () => {
    const { streamId, conversationId } = await ada.start(aQuestion);
    const during = await ada.get(`/agents/chat/status/${conversationId}`);
    const active = await ada.get('/agents/chat/active');

    await collect(ada.follow(streamId));

    const [question, answer] = await ada.messages(conversationId);
    const responseMessageId = answer?.messageId;
    expect(await during.json()).toEqual({ active: true, streamId, responseMessageId });
    expect(await active.json()).toEqual({ activeJobIds: [conversationId] });
    const after = await ada.get(`/agents/chat/status/${conversationId}`);
    expect(await after.json()).toEqual({ active: false, streamId, responseMessageId });
    expect(await (await ada.get('/agents/chat/active')).json()).toEqual({ activeJobIds: [] });
    expect(question?.messageId).toBe(answer?.parentMessageId);
  });
});

describe('a reader who takes nothing', () => {
  it('holds nobody up, costs no memory for what it leaves, and still gets everything', async () => {
    const host = await createTestApp();
    const { token } = await host.signUp();
    const ada = createChatClient(host.url, token);
    const piece = 'x'.repeat(16 * 1024);
    const events = Array.from({ length: 400 }, () => chunk({ content: piece }));
    host.simulator.script({
      match: { path: '/chat/completions' },
      dripMs: 1,
      dripBytes: 256 * 1024,
      respond: { events: [...events, chunk({}, 'stop'), '[DONE]'] },
    });
    const { streamId } = await ada.start(aQuestion);
    const [served, stopWatching] = watchResponses(streamId);
    const lazy = await openStream(host.url, token, streamId);
    stopWatching();

    const eager = await collect(ada.follow(streamId));

    const last = eager.at(-1);
    expect(last?.event).toMatchObject({ type: 'final', responseMessage: { ending: 'complete' } });
    // What it did not take waits in the log that all share, and not in a buffer of its own.
    expect(served).toHaveLength(1);
    expect(served[0]?.writableEnded).toBe(false);
    expect(served[0]?.writableLength).toBeLessThan(200_000);
    const text = await readAll(lazy);
    expect(text).toContain(`\nid: ${last?.id}\ndata: {"type":"final"`);
    await host.close();
  });
});

/** The server's side of the streams that are opened from now on. @returns It, and how to stop watching. */
function watchResponses(streamId: string): [ServerResponse[], () => void] {
  const responses: ServerResponse[] = [];
  const channel = 'http.server.request.start';
  const note = (message: unknown) => {
    const { request, response } = message as {
      request: IncomingMessage;
      response: ServerResponse;
    };
    if (request.url?.includes(streamId)) responses.push(response);
  };
  subscribe(channel, note);
  return [responses, () => unsubscribe(channel, note)];
}

/** A reader with its own connection, who does not read yet. */
async function openStream(host: string, token: string, streamId: string): Promise<IncomingMessage> {
  const request = get(`${host}/api/agents/chat/stream/${streamId}`, {
    headers: { Authorization: `Bearer ${token}` },
    agent: false,
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.pause();
  return response;
}

async function readAll(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const read of response) text += String(read);
  return text;
}

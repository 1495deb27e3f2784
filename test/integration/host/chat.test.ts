import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatEvent } from '@openrouter-native/protocol';
import request from 'supertest';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { until } from '../../support/wait.ts';

const MODEL = 'openai/gpt-4o';
const aChat = (changes: object = {}) => ({
  model: MODEL,
  messages: [{ role: 'user' as const, content: 'Tell me about the sea' }],
  ...changes,
});

async function collect(events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const collected = [];
  for await (const event of events) collected.push(event);
  return collected;
}

const textOf = (events: ChatEvent[]) =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');

describe('chatting through the host', () => {
  let host: TestApp;
  let token: string;
  beforeAll(async () => {
    host = await createTestApp({ environment: { LOG_LEVEL: 'debug', DEBUG: 'openrouter:*' } });
    ({ token } = await host.signUp());
  });

  const chat = (body: object) =>
    request(host.url)
      .post('/api/openrouter/chat/completions')
      .set('Authorization', `Bearer ${token}`)
      .send(body);

  it('answers as JSON and as a stream, with the same text', async () => {
    const whole = await chat(aChat());
    const stream = await chat(aChat({ stream: true }));

    const payloads = stream.text.split('\n\n').filter((line) => line.startsWith('data: {'));
    const streamed = payloads
      .map((payload) => JSON.parse(payload.slice(6)).choices?.[0]?.delta?.content ?? '')
      .join('');
    expect(whole.status).toBe(200);
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(stream.text).toMatch(/data: \[DONE\]\n\n$/);
    expect(streamed.length).toBeGreaterThan(20);
    expect(streamed).toBe(whole.body.choices[0].message.content);
  });

  it('lets an agent answer through the same provider', async () => {
    const events = await collect(
      host.agentService.run(
        { provider: 'openrouter', instructions: 'Be brief.', ...aChat() },
        { signal: new AbortController().signal },
      ),
    );

    expect(events[0]).toMatchObject({ type: 'start' });
    expect(textOf(events).length).toBeGreaterThan(20);
    expect(events.at(-1)).toMatchObject({ type: 'finish', ending: 'complete' });
    const sent = host.simulator.requests.at(-1)?.body as { messages: unknown[] };
    expect(sent.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Tell me about the sea' },
    ]);
  });

  it('stops an agent that is told to stop, upstream as well', async () => {
    const slow = await createTestApp({ simulator: { tokensPerSecond: 20, firstTokenMs: 0 } });
    const controller = new AbortController();
    const events: ChatEvent[] = [];

    const run = slow.agentService.run(
      { provider: 'openrouter', ...aChat() },
      { signal: controller.signal },
    );
    for await (const event of run) {
      events.push(event);
      if (event.type === 'text-delta') controller.abort();
    }

    expect(events.at(-1)).toMatchObject({ type: 'finish', ending: 'stopped' });
    const upstream = slow.simulator.requests.find(({ method }) => method === 'POST');
    await until(() => upstream?.aborted === true);
  });

  it('keeps keys, tokens and prompts out of the log and off the disk', async () => {
    await chat(aChat({ messages: [{ role: 'user', content: 'hunter2hunter2' }] }));
    await chat(aChat({ model: 'no/such-model' }));
    await request(host.url)
      .get('/api/openrouter/models?force=true')
      .set('Authorization', `Bearer ${token}`);
    const cache = join(host.directory, '.cache');
    const written = readdirSync(cache, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

    expect(written.length).toBeGreaterThan(0);
    for (const text of [host.logText(), ...written]) {
      expect(text).not.toContain(host.simulator.keys.inference);
      expect(text).not.toContain(token);
      expect(text).not.toContain('hunter2');
    }
  });
});

import {
  createChatClient,
  goOn,
  type ChatClient,
  type PlacedEvent,
} from '../../support/chat-client.ts';
import { onEachDatabase } from '../../support/databases.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { until } from '../../support/wait.ts';

jest.setTimeout(60_000);

const aQuestion = { text: 'Tell me about the sea', model: 'openai/gpt-4o' };

onEachDatabase((database) => {
  let host: TestApp;
  let ada: ChatClient;
  let skippedMs = 0;
  beforeAll(async () => {
    host = await createTestApp({
      database,
      simulator: { tokensPerSecond: 60, firstTokenMs: 0 },
      app: { now: () => Date.now() + skippedMs },
    });
    ada = createChatClient(host.url, (await host.signUp()).token);
  });

  /** Writes fail, as they do when the database is gone. @returns Brings it back. */
  async function takeMessagesAway(): Promise<() => Promise<void>> {
    await host.database.queries.execute('alter table messages rename to messages_away');
    return async () => {
      await host.database.queries.execute('alter table messages_away rename to messages');
    };
  }

  describe('a database that fails while an answer is given', () => {
    it('costs nothing when it is back before the end, or soon after', async () => {
      const { streamId, conversationId } = await ada.start(aQuestion);
      const events: PlacedEvent[] = [];
      let bringBack: (() => Promise<void>) | undefined;
      for await (const event of ada.follow(streamId)) {
        events.push(event);
        if (event.id === 20) bringBack = await takeMessagesAway();
        if (event.event.type === 'step-finish') setTimeout(() => void bringBack?.(), 500);
      }

      const last = events.at(-1)?.event;
      expect(last).toMatchObject({ type: 'final', responseMessage: { ending: 'complete' } });
      const [, answer] = await ada.messages(conversationId);
      expect(answer).toEqual(last?.type === 'final' ? last.responseMessage : null);
    });

    it('is told to the reader when the end cannot be stored, and the answer can go on later', async () => {
      const { streamId, conversationId } = await ada.start(aQuestion);
      const events: PlacedEvent[] = [];
      let bringBack: (() => Promise<void>) | undefined;
      for await (const event of ada.follow(streamId)) {
        events.push(event);
        if (event.id === 120) bringBack = await takeMessagesAway();
        if (event.event.type === 'step-finish') setTimeout(() => (skippedMs += 25_000), 300);
      }
      await bringBack?.();
      skippedMs += 10_000; // The lease ends.
      await until(async () => (await ada.messages(conversationId))[1]?.ending === 'cut', 30_000);
      const [, cut] = await ada.messages(conversationId);
      const whole = cut && (await ada.ask(goOn(cut)));

      const types = events.map(({ event }) => event.type);
      expect(types.slice(-2)).toEqual(['error', 'finish']);
      expect(types).not.toContain('final');
      expect(events.at(-1)?.event).toMatchObject({ ending: 'failed' });
      expect(cut?.text).toMatch(/^GPT-4o/);
      expect(whole?.answer.ending).toBe('complete');
    });
  });
});

import type { SimulatorOptions } from '@openrouter-native/simulator';
import { createChatClient, type ChatClient } from '../../support/chat-client.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { answerCalls, sentWith, titleCalls } from '../../support/upstream-calls.ts';
import { until } from '../../support/wait.ts';

jest.setTimeout(60_000); // Some of it takes seconds, and more on a busy machine.

const MODEL = 'openai/gpt-4o';
const TITLE_MODEL = 'openai/gpt-4o-mini';
const aQuestion = (changes: object = {}) => ({
  text: 'Tell me about the sea',
  model: MODEL,
  ...changes,
});

/** The answer of a model that writes just this. */
const writes = (text: string) => ({
  events: [
    JSON.stringify({
      id: 'gen-t',
      model: TITLE_MODEL,
      choices: [{ index: 0, delta: { content: text } }],
    }),
    JSON.stringify({ id: 'gen-t', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
    '[DONE]',
  ],
});

interface World {
  host: TestApp;
  ada: ChatClient;
  titleOf: (conversationId: string) => Promise<string>;
}

async function aWorld(
  environment: Record<string, string> = {},
  simulator: SimulatorOptions = {},
): Promise<World> {
  const host = await createTestApp({
    environment: { OPENROUTER_TITLE_MODEL: TITLE_MODEL, ...environment },
    simulator: { tokensPerSecond: 200, firstTokenMs: 0, ...simulator },
  });
  const ada = createChatClient(host.url, (await host.signUp()).token);
  return {
    host,
    ada,
    async titleOf(conversationId) {
      const response = await ada.get(`/convos/${conversationId}`);
      return ((await response.json()) as { title: string }).title;
    },
  };
}

describe('the title of a new conversation', () => {
  it('goes to no provider that the question may not go to', async () => {
    const { host, ada } = await aWorld();
    const preferences = { ignore: ['azure'] };

    await ada.ask(aQuestion({ model_parameters: { provider: preferences } }));
    await until(() => titleCalls(host.simulator).length === 1);

    expect(sentWith(titleCalls(host.simulator)[0])['provider']).toEqual(preferences);
  });

  it('is written by the title model, without thoughts, and told while the answer still comes', async () => {
    const { host, ada, titleOf } = await aWorld();
    host.simulator.script({
      match: { path: '/chat/completions', model: TITLE_MODEL },
      respond: writes(' “Waves and Tides.”\n'),
    });

    const { conversationId, events, conversation } = await ada.ask(aQuestion());

    const types = events.map(({ event }) => event.type);
    expect(events[0]?.event).toMatchObject({ conversation: { title: 'Tell me about the sea' } });
    expect(events.find(({ event }) => event.type === 'title')?.event).toEqual({
      type: 'title',
      title: 'Waves and Tides',
    });
    expect(types.indexOf('title')).toBeGreaterThan(types.indexOf('text-delta'));
    expect(conversation.title).toBe('Waves and Tides');
    expect(await titleOf(conversationId)).toBe('Waves and Tides');
    const [call] = titleCalls(host.simulator);
    expect(sentWith(call)).toMatchObject({ model: TITLE_MODEL });
    expect(sentWith(call).max_tokens).toBeLessThanOrEqual(50);
    await host.close();
  });

  it('is asked of the conversation’s own model where no other is set, thoughts switched off', async () => {
    const thinking = 'anthropic/claude-sonnet-4.5';
    const { host, ada } = await aWorld({ OPENROUTER_TITLE_MODEL: '' });

    await ada.ask(aQuestion({ model: thinking }));

    await until(() => titleCalls(host.simulator).length === 1);
    expect(sentWith(titleCalls(host.simulator)[0])).toMatchObject({
      model: thinking,
      reasoning: { effort: 'none' },
    });
    await host.close();
  });

  it('comes after the answer when it takes longer, and is stored all the same', async () => {
    const { host, ada, titleOf } = await aWorld({}, { tokensPerSecond: Infinity });
    host.simulator.script({
      match: { path: '/chat/completions', model: TITLE_MODEL },
      delayMs: 300,
      respond: writes('Waves'),
    });

    const { conversationId, events, conversation } = await ada.ask(aQuestion());

    expect(events.some(({ event }) => event.type === 'title')).toBe(false);
    expect(conversation.title).toBe('Tell me about the sea');
    await until(async () => (await titleOf(conversationId)) === 'Waves');
    await host.close();
  });

  it('does not take the place of one that a person has chosen meanwhile', async () => {
    const { host, ada, titleOf } = await aWorld();
    host.simulator.script({
      match: { path: '/chat/completions', model: TITLE_MODEL },
      delayMs: 300,
      respond: writes('Waves'),
    });
    const { streamId, conversationId } = await ada.start(aQuestion());
    await ada.post('/convos/update', { arg: { conversationId, title: 'Mine' } });
    for await (const _event of ada.follow(streamId));
    await until(() => titleCalls(host.simulator)[0]?.finished === true);
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect(await titleOf(conversationId)).toBe('Mine');
    await host.close();
  });
});

describe('the first words of the question stay the title', () => {
  it.each([
    ['when the title model fails', { fail: { status: 500 }, times: 9 }],
    ['when it writes nothing', { respond: writes(' "" ') }],
    ['when it breaks off', { cutAtByte: 10 }],
  ])('%s', async (_name, rule) => {
    const { host, ada, titleOf } = await aWorld();
    host.simulator.script({ match: { path: '/chat/completions', model: TITLE_MODEL }, ...rule });

    const { conversationId, answer } = await ada.ask(aQuestion());

    expect(answer.ending).toBe('complete');
    await until(() => titleCalls(host.simulator)[0]?.closedAt != null);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await titleOf(conversationId)).toBe('Tell me about the sea');
    await host.close();
  });

  it.each([
    ['under a spending limit, beyond which no money goes', { spending_limit: 0.5 }],
    ['when the model cannot answer without thinking first', { model: 'openai/gpt-5-mini' }],
  ])('%s', async (_name, changes) => {
    const { host, ada, titleOf } = await aWorld({ OPENROUTER_TITLE_MODEL: '' });

    const { conversationId } = await ada.ask(aQuestion(changes));

    expect(titleCalls(host.simulator)).toEqual([]);
    expect(answerCalls(host.simulator)).toHaveLength(1);
    expect(await titleOf(conversationId)).toBe('Tell me about the sea');
    await host.close();
  });

  it('in the questions that follow', async () => {
    const { host, ada } = await aWorld({}, { tokensPerSecond: Infinity });
    const { conversationId } = await ada.ask(aQuestion());
    await until(() => titleCalls(host.simulator).length === 1);

    await ada.ask({ text: 'And the moon?', conversationId });

    expect(titleCalls(host.simulator)).toHaveLength(1);
    await host.close();
  });

  it('when the answer fails before its first word', async () => {
    const { host, ada } = await aWorld();
    host.simulator.script({
      match: { path: '/chat/completions' },
      respond: { status: 402, body: { error: { code: 402, message: 'No' } } },
    });

    const { answer, conversation } = await ada.ask(aQuestion());

    expect(answer.ending).toBe('failed');
    expect(conversation.title).toBe('Tell me about the sea');
    expect(titleCalls(host.simulator)).toEqual([]);
    await host.close();
  });
});

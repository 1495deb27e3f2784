import type { Message } from '@openrouter-native/protocol';
import { createChatClient, goOn, type ChatClient } from '../../support/chat-client.ts';
import { onEachDatabase } from '../../support/databases.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { answerCalls, sentWith } from '../../support/upstream-calls.ts';

jest.setTimeout(60_000); // Some of it takes seconds, and more on a busy machine.

const MODEL = 'openai/gpt-4o';
const PAINTER = 'google/gemini-2.5-flash-image';
const TITLE_MODEL = 'openai/gpt-4o-mini';
const chats = { path: '/chat/completions', model: MODEL };

const callsIn = ({ content }: Message) =>
  content.flatMap((part) => (part.type === 'tool_call' ? [part.tool_call] : []));

/** The way of a question through the whole server: model, tools, database, and back on another day. */
onEachDatabase((database) => {
  let host: TestApp;
  let ada: ChatClient;
  beforeAll(async () => {
    host = await createTestApp({
      database,
      environment: { OPENROUTER_TITLE_MODEL: TITLE_MODEL },
    });
    ada = createChatClient(host.url, (await host.signUp()).token);
  });

  async function anAgent(fields: object = {}): Promise<string> {
    const response = await ada.post('/agents', {
      provider: 'openrouter',
      model: MODEL,
      name: 'Clerk',
      tools: ['calculator'],
      ...fields,
    });
    const body = (await response.json()) as { id: string };
    if (response.status !== 201) throw new Error(JSON.stringify(body));
    return body.id;
  }

  /** The model asks for this, and answers in words afterwards. */
  const calls = (expression: string) =>
    host.simulator.script({
      match: chats,
      toolCalls: [{ name: 'calculator', arguments: { expression } }],
    });
  it('stores what a tool was asked and told, and shows it to the model again', async () => {
    const agentId = await anAgent();
    calls('6 * 7');

    const first = await ada.ask({ agent_id: agentId, text: 'What is six times seven?' });
    const [, reloaded] = await ada.messages(first.conversationId);
    await ada.ask({
      agent_id: agentId,
      text: 'And what was it?',
      conversationId: first.conversationId,
    });

    expect(first.answer).toMatchObject({ ending: 'complete', steps: [{ step: 0 }, { step: 1 }] });
    expect(callsIn(first.answer)).toMatchObject([
      { name: 'calculator', output: '42', is_error: false, progress: 1 },
    ]);
    expect(reloaded).toEqual(first.answer);
    const types = first.events.map(({ event }) => event.type);
    const order = [
      'step-start',
      'tool-call-run',
      'tool-call-result',
      'step-finish',
      'finish',
      'final',
    ];
    for (const type of order) expect(types).toContain(type);
    expect(types.slice(-2)).toEqual(['finish', 'final']);
    const { messages } = sentWith(answerCalls(host.simulator).at(-1));
    expect(messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
      'user',
    ]);
    expect(messages[2]).toMatchObject({ content: '42' });
    expect(first.answer.usage?.cost).toBeCloseTo(
      (first.answer.steps ?? []).reduce((sum, { usage }) => sum + (usage?.cost ?? 0), 0),
    );
  });

  it('goes on after the results when the words after them were cut off', async () => {
    const agentId = await anAgent();
    calls('6 * 7');
    host.simulator.script({ match: chats, delayMs: 0 }); // For the first step.
    host.simulator.script({ match: chats, cutAtByte: 2500 }); // For the second.
    const { answer: cut } = await ada.ask({ agent_id: agentId, text: 'What is six times seven?' });
    const before = answerCalls(host.simulator).length;

    const whole = await ada.ask(goOn(cut));

    expect(cut).toMatchObject({ ending: 'cut', steps: [{ step: 0 }, { step: 1, ending: 'cut' }] });
    expect(whole.answer).toMatchObject({ messageId: cut.messageId, ending: 'complete' });
    expect(callsIn(whole.answer)).toHaveLength(1);
    expect(whole.answer.text.startsWith(cut.text)).toBe(true);
    expect(answerCalls(host.simulator)).toHaveLength(before + 1);
    const { messages } = sentWith(answerCalls(host.simulator).at(-1));
    expect(messages.map(({ role }) => role).slice(0, 3)).toEqual(['user', 'assistant', 'tool']);
  });

  it('ends where its money does, and goes on with more of it', async () => {
    const agentId = await anAgent({ spending_limit: 0.000_1 });

    const poor = await ada.ask({ agent_id: agentId, text: 'What is six times seven?' });
    const still = await ada.ask(goOn(poor.answer));
    const rich = await ada.ask(goOn(poor.answer, { spending_limit: 1 }));

    expect(poor.answer).toMatchObject({ ending: 'budget', limit: { kind: 'spending_limit' } });
    expect(still.answer.ending).toBe('budget');
    expect(rich.answer).toMatchObject({ ending: 'complete', limit: null });
    expect(rich.answer.messageId).toBe(poor.answer.messageId);
  });

  it('remembers limits that a conversation with an agent was given, until it is asked without', async () => {
    const agentId = await anAgent({ spending_limit: 0.000_1 });
    const { answer } = await ada.ask({ agent_id: agentId, text: 'What is six times seven?' });
    const raised = await ada.ask(goOn(answer, { spending_limit: 1, recursion_limit: 50 }));
    const { conversationId } = raised.conversation;
    const read = await ada.get(`/convos/${conversationId}`);

    const next = await ada.ask({ agent_id: agentId, conversationId, text: 'And seven times six?' });

    expect(await read.json()).toMatchObject({ spending_limit: 1, recursion_limit: 50 });
    expect(next.answer.ending).toBe('budget'); // As the agent has it.
    expect(next.conversation).not.toHaveProperty('spending_limit');
  });

  it('keeps a picture that a model made as long as its conversation', async () => {
    const { answer, conversationId } = await ada.ask({
      text: 'Draw a boat',
      model: PAINTER,
      model_parameters: { modalities: ['image', 'text'] },
    });
    const part = answer.content.find(({ type }) => type === 'image_file');
    const path = part?.type === 'image_file' ? part.image_file.filepath.replace(/^\/api/, '') : '';

    const before = await ada.get(path);
    await before.arrayBuffer();
    await ada.delete(`/convos/${conversationId}`);
    const after = await ada.get(path);

    expect(before.status).toBe(200);
    expect(before.headers.get('content-type')).toMatch(/^image\//);
    expect(after.status).toBe(404);
  });
});

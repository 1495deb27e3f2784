import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { createChatClient, goOn, type ChatClient } from '../../support/chat-client.ts';
import { onEachDatabase } from '../../support/databases.ts';
import { runHost } from '../../support/host-process.ts';
import { aReadyDirectory } from '../../support/ready-directory.ts';
import { aPassword, createTestApp, type TestApp } from '../../support/test-app.ts';
import { answerCalls, sentWith, type SentChat } from '../../support/upstream-calls.ts';

jest.setTimeout(120_000); // A start takes two or three seconds, and much more on a busy machine.

const CLAUDE = 'anthropic/claude-haiku-4.5';
const QUESTION = 'Use the calculator: what is 17 * 23?';

/** An agent that thinks, and calculates. */
async function anAgent(ada: ChatClient, model: string, effort = 'low'): Promise<string> {
  const response = await ada.post('/agents', {
    provider: 'openrouter',
    model,
    model_parameters: { reasoning: { effort } },
    tools: ['calculator'],
  });
  const body = (await response.json()) as { id: string };
  if (response.status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
}

const sent = (simulator: Simulator): SentChat[] => answerCalls(simulator).map(sentWith);

/** The thoughts in a request, as text: byte for byte. */
const thoughtsIn = (chat: SentChat | undefined): string[] =>
  (chat?.messages ?? []).flatMap(({ reasoning_details: details }) =>
    details === undefined ? [] : [JSON.stringify(details)],
  );

/** What the model had thought when it was asked this; the simulator always thinks the same of it. */
async function thoughtsAbout(simulator: Simulator, chat: SentChat | undefined): Promise<unknown> {
  const response = await fetch(`${simulator.url}/chat/completions`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${simulator.keys.inference}` },
    body: JSON.stringify({ ...chat, stream: false }),
  });
  const body = (await response.json()) as {
    choices: { message: { reasoning_details?: unknown } }[];
  };
  return body.choices[0]?.message.reasoning_details;
}

onEachDatabase((kind) => {
  let host: TestApp;
  let ada: ChatClient;
  beforeAll(async () => {
    host = await createTestApp({ database: kind });
    ada = createChatClient(host.url, (await host.signUp()).token);
  });
  const calls = () => sent(host.simulator);

  it.each([
    ['Claude', CLAUDE, 'xhigh', 2],
    ['Gemini', 'google/gemini-3.1-pro-preview', 'low', 2],
    ['GPT', 'openai/gpt-5-mini', 'low', 2],
  ])('gives %s its thoughts back as it had them', async (_name, model, effort, blocks) => {
    const agentId = await anAgent(ada, model, effort);
    const before = calls().length;

    const { answer, conversationId } = await ada.ask({ agent_id: agentId, text: QUESTION });
    const next = await ada.ask({ agent_id: agentId, conversationId, text: 'Are you sure?' });

    expect([answer.ending, next.answer.ending]).toEqual(['complete', 'complete']);
    const [first, second, third] = calls().slice(before);
    const made = [
      await thoughtsAbout(host.simulator, first),
      await thoughtsAbout(host.simulator, second),
    ];
    expect(made[0]).toHaveLength(blocks);
    expect(thoughtsIn(second).map((text) => JSON.parse(text) as unknown)).toEqual(made.slice(0, 1));
    expect(thoughtsIn(third).map((text) => JSON.parse(text) as unknown)).toEqual(made);
    expect(thoughtsIn(third)[0]).toBe(thoughtsIn(second)[0]);
  });

  it('is refused when somebody changes a word of them in the database', async () => {
    const agentId = await anAgent(ada, CLAUDE);
    const { answer, conversationId } = await ada.ask({ agent_id: agentId, text: QUESTION });
    await host.database.queries.execute(
      `update messages set steps = regexp_replace(steps::text, '"text":"', '"text":"X')::json where id = '${answer.messageId}'`,
    );

    const next = await ada.ask({ agent_id: agentId, conversationId, text: 'Are you sure?' });

    expect(next.answer).toMatchObject({ ending: 'failed', error_details: { code: 400 } });
    expect(JSON.stringify(next.answer.error_details)).toMatch(/Invalid `signature` in `thinking`/);
  });

  it('can go on with an answer that broke off behind them', async () => {
    const question = { model: 'anthropic/claude-fable-5', text: 'Why is the sea salty?' };
    const whole = await ada.ask(question);
    const thoughts = whole.answer.usage?.completion_tokens_details?.reasoning_tokens ?? 0;
    host.simulator.script({ fail: { afterTokens: thoughts + 20 } });
    const { answer } = await ada.ask(question);

    const next = await ada.ask(goOn(answer));

    expect(answer).toMatchObject({ ending: 'failed', text: expect.stringMatching(/\w/) });
    expect(next.answer).toMatchObject({ ending: 'complete', text: whole.answer.text });
    expect(thoughtsIn(calls().at(-1))).toEqual([]);
  });

  it('keeps them from a model of another maker, which can still be asked', async () => {
    const agentId = await anAgent(ada, CLAUDE);
    const { conversationId } = await ada.ask({ agent_id: agentId, text: QUESTION });

    const next = await ada.ask({ agent_id: await anAgent(ada, 'openai/gpt-5-mini'), conversationId, text: 'And you?' }); // prettier-ignore

    expect(next.answer.ending).toBe('complete');
    const last = calls().at(-1);
    expect(last?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant', 'user']); // prettier-ignore
    expect(thoughtsIn(last)).toEqual([]);
  });
});

let simulator: Simulator | undefined;
afterAll(() => simulator?.close());

it('gives thoughts back on the next day, from another process', async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
  const { url: upstream, keys } = simulator;
  const cwd = await aReadyDirectory();
  const account = { email: 'ada@example.com', password: aPassword };
  async function start(path: string, body: object) {
    const server = runHost('index.ts', cwd, {
      PORT: '0',
      OPENROUTER_API_KEY: keys.inference,
      OPENROUTER_BASE_URL: upstream,
      OPENROUTER_BACKGROUND_REFRESH: 'false',
    });
    const [, url = ''] = await server.sees(/is ready: open (http:\/\/localhost:\d+)/);
    const response = await fetch(`${url}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { token } = (await response.json()) as { token: string };
    return { server, ada: createChatClient(url, token) };
  }

  const today = await start('register', { name: 'Ada', ...account });
  const agentId = await anAgent(today.ada, CLAUDE, 'xhigh');
  const { conversationId } = await today.ada.ask({ agent_id: agentId, text: QUESTION });
  today.server.kill('SIGTERM');
  await today.server.ends();
  const tomorrow = await start('login', account);
  const { answer } = await tomorrow.ada.ask({
    agent_id: agentId,
    conversationId,
    text: 'Are you sure?',
  });
  tomorrow.server.kill('SIGTERM');
  await tomorrow.server.ends();
  const [, second, third] = sent(simulator);

  expect(answer.ending).toBe('complete');
  expect(thoughtsIn(second)).toHaveLength(1);
  expect(thoughtsIn(third)).toHaveLength(2);
  expect(thoughtsIn(third)[0]).toBe(thoughtsIn(second)[0]);
});

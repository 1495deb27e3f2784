import { createChatClient, type ChatClient } from '../../support/chat-client.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { answerCalls, sentWith } from '../../support/upstream-calls.ts';

jest.setTimeout(60_000); // Some of it takes seconds, and more on a busy machine.

const MODEL = 'openai/gpt-4o';
const NOBODYS_AGENT = 'agent_000000000000000000000';

interface ErrorAnswer {
  error: { reason: string; code: number; message: string; action: string };
}
const errorOf = async (response: Response) => ((await response.json()) as ErrorAnswer).error;

describe('asking an agent', () => {
  let host: TestApp;
  let ada: ChatClient;
  let bob: ChatClient;
  beforeAll(async () => {
    host = await createTestApp();
    ada = createChatClient(host.url, (await host.signUp('ada@example.com')).token);
    bob = createChatClient(host.url, (await host.signUp('bob@example.com')).token);
  });

  async function anAgent(fields: object = {}): Promise<string> {
    const response = await ada.post('/agents', {
      provider: 'openrouter',
      model: MODEL,
      name: 'Sailor',
      instructions: 'You are a sailor.',
      model_parameters: { temperature: 0.5 },
      ...fields,
    });
    const body = (await response.json()) as { id: string };
    if (response.status !== 201) throw new Error(JSON.stringify(body));
    return body.id;
  }

  it('takes everything from the agent as it is saved', async () => {
    const agentId = await anAgent();

    const { answer, conversation } = await ada.ask({
      agent_id: agentId,
      text: 'Tell me about the sea',
      model: 'openai/gpt-4o-mini',
      model_parameters: { temperature: 2 },
    });

    const sent = sentWith(answerCalls(host.simulator).at(-1));
    expect(sent).toMatchObject({ model: MODEL, temperature: 0.5 });
    expect(sent.messages[0]).toMatchObject({ role: 'system', content: 'You are a sailor.' });
    expect(answer).toMatchObject({
      endpoint: 'agents',
      agent_id: agentId,
      sender: 'Sailor',
      model: MODEL,
    });
    expect(conversation).toMatchObject({ endpoint: 'agents', agent_id: agentId, model: null });
  });

  it('goes on with the same agent, as it has become', async () => {
    const agentId = await anAgent();
    const { conversationId } = await ada.ask({ agent_id: agentId, text: 'Tell me about the sea' });
    await fetch(`${host.url}/api/agents/${agentId}`, {
      method: 'PATCH',
      headers: { ...ada.headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ instructions: 'You are a diver.' }),
    });

    const response = await ada.post('/agents/chat', { conversationId, text: 'And the moon?' });

    const { streamId } = (await response.json()) as { streamId: string };
    for await (const _event of ada.follow(streamId));
    const { messages } = sentWith(answerCalls(host.simulator).at(-1));
    expect(messages[0]).toMatchObject({ content: 'You are a diver.' });
    expect(messages).toHaveLength(4);
  });

  it('begins every conversation with the agent’s files, before those of the question', async () => {
    const [notes, log] = [
      await upload('notes.txt', 'The notes'),
      await upload('log.txt', 'The log'),
    ];
    const agentId = await anAgent({ file_ids: [notes] });

    const first = await ada.ask({
      agent_id: agentId,
      text: 'Read them',
      files: [{ file_id: log }],
    });
    const before = sentWith(answerCalls(host.simulator).at(-1)).messages[1];
    await ada.ask({ agent_id: agentId, text: 'More', conversationId: first.conversationId });
    const after = sentWith(answerCalls(host.simulator).at(-1)).messages[1];

    const shown = JSON.stringify(before);
    expect(shown.indexOf('The notes')).toBeGreaterThan(0);
    expect(shown.indexOf('The log')).toBeGreaterThan(shown.indexOf('The notes'));
    expect(after).toEqual(before);
  });

  it('is refused without one, and clearly when it is gone', async () => {
    const agentId = await anAgent();
    const { conversationId } = await ada.ask({ agent_id: agentId, text: 'Tell me about the sea' });
    await ada.delete(`/agents/${agentId}`);

    const nobody = await ada.post('/agents/chat', { text: 'Hi' });
    const gone = await ada.post('/agents/chat', { text: 'Hi', conversationId });
    const never = await ada.post('/agents/chat', { text: 'Hi', agent_id: NOBODYS_AGENT });

    expect(nobody.status).toBe(400);
    expect(await errorOf(gone)).toMatchObject({
      code: 404,
      action: expect.stringMatching(/Choose another agent/),
    });
    expect(never.status).toBe(404);
    expect(await ada.messages(conversationId)).toHaveLength(2);
  });

  it('is for its owner alone', async () => {
    const agentId = await anAgent();

    const theirs = await bob.post('/agents/chat', { text: 'Hi', agent_id: agentId });
    const nobodys = await bob.post('/agents/chat', { text: 'Hi', agent_id: NOBODYS_AGENT });

    const [one, other] = [await errorOf(theirs), await errorOf(nobodys)];
    expect({ ...one, request_id: '' }).toEqual({ ...other, request_id: '' });
    expect(one.code).toBe(404);
  });

  it('is refused for a model that cannot see what is attached, which names some that can', async () => {
    const file = await upload('dot.png', onePixel);
    const before = answerCalls(host.simulator).length;

    const response = await ada.post('/agents/chat/openrouter', {
      text: 'Look at this',
      model: 'openai/gpt-3.5-turbo',
      files: [{ file_id: file }],
    });

    const { error } = (await response.json()) as { error: { metadata: { suggestions: string[] } } };
    expect(response.status).toBe(400);
    expect(error).toMatchObject({ reason: 'model_lacks_capability' });
    expect(error.metadata.suggestions).toHaveLength(3);
    expect(answerCalls(host.simulator)).toHaveLength(before);
  });

  async function upload(
    filename: string,
    content: string | Uint8Array<ArrayBuffer>,
  ): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([content]), filename);
    const response = await fetch(`${host.url}/api/files`, {
      method: 'POST',
      headers: ada.headers,
      body: form,
    });
    return ((await response.json()) as { file_id: string }).file_id;
  }
});

const onePixel = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

describe('a server without a key of its own', () => {
  it('asks who has none to bring one, before anything is stored', async () => {
    const host = await createTestApp({ environment: { OPENROUTER_API_KEY: 'user_provided' } });
    const ada = createChatClient(host.url, (await host.signUp()).token);
    const ask = () =>
      ada.post('/agents/chat/openrouter', { text: 'Tell me about the sea', model: MODEL });

    const before = await ask();
    const stored = await ada.get('/convos');
    await fetch(`${host.url}/api/keys`, {
      method: 'PUT',
      headers: { ...ada.headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        name: 'openrouter',
        value: JSON.stringify({ apiKey: host.simulator.keys.inference }),
        expiresAt: null,
      }),
    });
    const answered = await ada.ask({ text: 'Tell me about the sea', model: MODEL });

    expect(await errorOf(before)).toMatchObject({ code: 401, reason: 'key_missing' });
    expect(await stored.json()).toMatchObject({ conversations: [] });
    expect(answered.answer.ending).toBe('complete');
    await host.close();
  });

  it('says what an admin has to do when its key cannot be one', async () => {
    const host = await createTestApp({ environment: { OPENROUTER_API_KEY: 'nonsense' } });
    const ada = createChatClient(host.url, (await host.signUp()).token);

    const response = await ada.post('/agents/chat/openrouter', { text: 'Hi', model: MODEL });

    expect(await errorOf(response)).toMatchObject({
      code: 503,
      reason: 'key_malformed',
      action: expect.stringMatching(/admin/),
    });
    await host.close();
  });
});

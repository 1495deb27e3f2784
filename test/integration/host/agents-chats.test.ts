import { agentSchema, messageListSchema } from '@openrouter-native/protocol';
import request from 'supertest';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { until } from '../../support/wait.ts';

describe('a conversation with an agent', () => {
  let host: TestApp;
  let token: string;
  beforeAll(async () => {
    host = await createTestApp();
    ({ token } = await host.signUp());
  });
  const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
    request(host.url)[method](`/api/${path}`).set('Authorization', `Bearer ${token}`);

  async function ask(body: object): Promise<string> {
    const { body: started, status } = await call('post', 'agents/chat').send(body);
    expect([status, started.error]).toEqual([200, undefined]);
    const { conversationId } = started;
    await until(async () => {
      const { body: state } = await call('get', `agents/chat/status/${conversationId}`);
      return !state.active;
    }, 20_000);
    return conversationId;
  }

  it('asks as the agent is, and stays readable when the agent is gone', async () => {
    const created = await call('post', 'agents').send({
      name: 'Sales',
      provider: 'openrouter',
      model: 'anthropic/claude-haiku-4.5',
      instructions: 'Always sell.',
      model_parameters: { temperature: 0.25 },
      tools: ['calculator'],
    });
    const agent = agentSchema.parse(created.body);

    const conversationId = await ask({ agent_id: agent.id, text: 'Hello' });
    await call('patch', `agents/${agent.id}`).send({ instructions: 'Never sell.' });
    await ask({ agent_id: agent.id, text: 'And now?', conversationId });
    await call('delete', `agents/${agent.id}`);

    const asked = host.simulator.requests
      .filter(({ path }) => path.endsWith('/chat/completions'))
      .map(
        ({ body }) =>
          body as { messages: { content: unknown }[]; temperature?: number; tools?: unknown[] },
      ) // prettier-ignore
      .filter(({ tools }) => tools !== undefined); // Titles are asked for without.
    expect(asked.map(({ messages }) => messages[0]?.content)).toEqual(['Always sell.', 'Never sell.']); // prettier-ignore
    expect(asked.map(({ temperature }) => temperature)).toEqual([0.25, 0.25]);
    const conversation = await call('get', `convos/${conversationId}`);
    expect(conversation.body).toMatchObject({ endpoint: 'agents', agent_id: agent.id });
    const messages = messageListSchema.parse(
      (await call('get', `messages/${conversationId}`)).body,
    );
    expect(messages.map(({ sender }) => sender)).toEqual(['User', 'Sales', 'User', 'Sales']);
    expect(messages.at(-1)).toMatchObject({ ending: 'complete', agent_id: agent.id });
    const again = await call('post', 'agents/chat').send({ agent_id: agent.id, text: 'Hello?', conversationId }); // prettier-ignore
    expect(again.status).toBe(404);
  });
});

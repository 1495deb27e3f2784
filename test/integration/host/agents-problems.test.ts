import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { agentSchema, errorBodySchema, type Agent } from '@openrouter-native/protocol';
import request from 'supertest';
import { createTestApp, type TestApp, type TestAppOptions } from '../../support/test-app.ts';

const MODEL = 'openai/gpt-5-mini';
const anAgent = { provider: 'openrouter', model: MODEL };

async function open(options: TestAppOptions = {}) {
  const host = await createTestApp(options);
  const { token } = await host.signUp();
  const auth = ['Authorization', `Bearer ${token}`] as const;
  return {
    host,
    post: (body: object) =>
      request(host.url)
        .post('/api/agents')
        .set(...auth)
        .send(body),
    patch: (id: string, body: object) => request(host.url).patch(`/api/agents/${id}`).set(...auth).send(body), // prettier-ignore
    read: async (id: string): Promise<Agent> => {
      const one = await request(host.url)
        .get(`/api/agents/${id}`)
        .set(...auth);
      const list = await request(host.url)
        .get('/api/agents')
        .set(...auth);
      const agent = agentSchema.parse(one.body);
      expect(list.body.data).toContainEqual(agent); // They say the same.
      return agent;
    },
  };
}

/** Makes an agent consist of what it could not be saved with. */
async function rewrite({ database }: TestApp, id: string, fields: object): Promise<void> {
  await database.queries.execute(`
    update agent_versions set fields = (fields::jsonb || '${JSON.stringify(fields)}'::jsonb)::json
    where agent_id = '${id}'`);
}

const yaml = (text: string) => (directory: string) =>
  writeFileSync(join(directory, 'librechat.yaml'), text);

describe('a model that is gone', () => {
  it('leaves the agent readable, and says what to choose instead', async () => {
    const { post, patch, read } = await open();

    const { body: created } = await post({ provider: 'openrouter', model: 'anthropic/claude-2' });
    const { problem } = await read(created.id);

    expect(problem?.message).toMatch(
      /^There is no model anthropic\/claude-2 here, or not any more\./,
    );
    expect(problem?.suggestions).toHaveLength(3);
    expect(problem?.suggestions.every((id) => id.startsWith('anthropic/claude'))).toBe(true);
    expect(problem?.action).toMatch(/^Choose another model, such as Claude/);
    expect(created.problem).toEqual(problem);
    const renamed = await patch(created.id, { name: 'Renamed', model: 'anthropic/claude-2' });
    expect(renamed.body).toMatchObject({ name: 'Renamed', problem });
    const mended = await patch(created.id, { model: problem?.suggestions[0] });
    expect(mended.body).toMatchObject({ problem: null });
  });

  it('is replaced by one that can use tools, for an agent that has some', async () => {
    const { host, post } = await open();

    const { body } = await post({ ...anAgent, model: 'google/palm-2', tools: ['calculator'] });

    const catalogue = (await host.provider.plugin?.models()) ?? [];
    expect(body.problem.suggestions).toHaveLength(3);
    for (const id of body.problem.suggestions) {
      const model = catalogue.find((listed) => listed.id === id);
      expect(model?.supported_parameters).toContain('tools');
    }
  });

  it('or cannot do what the agent needs is a problem as well', async () => {
    const { host, post } = await open();
    const catalogue = (await host.provider.plugin?.models()) ?? [];
    const toolless = catalogue.find(
      ({ id, architecture, expiration_date: end, supported_parameters: parameters }) =>
        !id.includes(':') && !end && parameters && !parameters.includes('tools') && architecture?.output_modalities?.includes('text'), // prettier-ignore
    );

    const withTools = { ...anAgent, model: toolless?.id, tools: ['calculator'] };
    const unpriced = { ...anAgent, model: 'openrouter/auto', spending_limit: 1 };
    const { body: first } = await post(withTools);
    const { body: second } = await post(unpriced);

    expect(first.problem).toMatchObject({ message: expect.stringContaining('cannot use tools') });
    expect(first.problem.suggestions).toHaveLength(3);
    expect(second.problem).toMatchObject({ message: expect.stringContaining('no price') });
    expect((await post({ ...withTools, tools: [] })).body.problem).toBeNull();
  });

  it.each([
    MODEL,
    `${MODEL}:nitro`,
    `${MODEL}:online:floor`,
    'anthropic/claude-haiku-4.5:thinking',
    'openrouter/auto',
    '@preset/team',
    'openai/gpt-5-mini@preset/team',
  ])('is not %s', async (model) => {
    const { post } = await open();

    expect((await post({ ...anAgent, model })).body.problem).toBeNull();
  });

  it('is not one that is known by its dated slug', async () => {
    const { host, post } = await open();
    const catalogue = (await host.provider.plugin?.models()) ?? [];
    const dated = catalogue.find(({ id, canonical_slug: slug }) => slug && slug !== id);

    const { body } = await post({ ...anAgent, model: dated?.canonical_slug });

    expect(body.model).not.toBe(dated?.id);
    expect(body.problem).toBeNull();
  });

  it('is not one that is had from its provider directly', async () => {
    const { post } = await open({
      environment: {
        OPENROUTER_DIRECT_ACME_API_KEY: 'secret',
        OPENROUTER_DIRECT_ACME_BASE_URL: 'http://127.0.0.1:9/v1',
        OPENROUTER_DIRECT_ACME_MODELS: 'acme/own',
      },
    });

    expect((await post({ ...anAgent, model: 'acme/own' })).body.problem).toBeNull();
    expect((await post({ ...anAgent, model: 'acme/other' })).body.problem).not.toBeNull();
  });
});

describe('a list of models that cannot be read', () => {
  it('is no problem when nobody answers', async () => {
    const { post, read } = await open({
      environment: { OPENROUTER_BASE_URL: 'http://127.0.0.1:9/api/v1' },
    });

    const { body, status } = await post({ ...anAgent, model: 'no/such-model' });

    expect(status).toBe(201);
    expect(await read(body.id)).toMatchObject({ model: 'no/such-model', problem: null });
  });

  it('is no problem when the answer does not come', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const { host, post } = await open({
      environment: { OPENROUTER_BASE_URL: `http://127.0.0.1:${port}/api/v1` },
    });

    const { body, status } = await post({ ...anAgent, model: 'no/such-model' });

    expect([status, body.problem]).toEqual([201, null]);
    silent.closeAllConnections();
    silent.close();
    await host.close();
  }, 30_000);
});

describe('models that are not allowed', () => {
  let app: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    app = await open({ environment: { OPENROUTER_MODELS: 'openai/*' } });
  });

  it.each([
    [{ model: 'anthropic/claude-haiku-4.5' }],
    [{ model_parameters: { models: ['anthropic/claude-haiku-4.5'] } }],
    [{ model_parameters: { preset: 'team' } }],
    [{ model_parameters: { plugins: [{ id: 'fusion' }] } }],
  ])('cannot be saved: %j', async (fields) => {
    const { body: agent } = await app.post(anAgent);

    for (const response of [
      await app.post({ ...anAgent, ...fields }),
      await app.patch(agent.id, fields),
    ]) {
      // prettier-ignore
      expect(response.status).toBe(403);
      expect(errorBodySchema.parse(response.body).error.reason).toBe('model_not_allowed');
    }
  });

  it('are a problem of the agents that have them', async () => {
    const { body: agent } = await app.post(anAgent);
    await rewrite(app.host, agent.id, { model: 'anthropic/claude-haiku-4.5' });

    const { problem } = await app.read(agent.id);

    expect(problem?.message).toMatch(/^There is no model anthropic\/claude-haiku-4\.5 here/);
    expect(problem?.suggestions).toHaveLength(3);
    expect(problem?.suggestions.every((id) => id.startsWith('openai/'))).toBe(true);
    expect((await app.patch(agent.id, { name: 'Still mine' })).status).toBe(200);
  });
});

describe('a provider', () => {
  it('that is away makes no agents, and is a problem of those there are', async () => {
    const { host, post, read, patch } = await open({
      environment: { OPENROUTER_API_KEY: 'hunter2' },
    });
    const refused = await post(anAgent);
    const unregister = host.agentService.registerProvider({
      provider: 'openrouter',
      run: () => {
        throw new Error('not asked here');
      },
    });
    const { body: agent } = await post(anAgent);
    unregister();

    expect(errorBodySchema.parse(refused.body).error).toMatchObject({
      code: 400,
      reason: 'invalid_request',
      message: 'provider: The provider "openrouter" is not set up on this server.',
      action: 'Ask an admin to set up a provider.',
    });
    expect((await read(agent.id)).problem).toEqual({
      message: 'The provider "openrouter" is not set up on this server.',
      action: 'Ask an admin to set up a provider.',
      suggestions: [],
    });
    expect((await patch(agent.id, { name: 'Still mine' })).status).toBe(200);
  });

  it('may be kept from agents', async () => {
    const { host, post, read } = await open({
      prepare: yaml('version: 1.3.17\nendpoints:\n  agents:\n    allowedProviders: [openAI]\n'),
    });
    const other = { provider: 'openAI', run: () => { throw new Error('not asked here'); } }; // prettier-ignore
    host.agentService.registerProvider(other);

    const refused = await post(anAgent);
    const { body: agent } = await post({ provider: 'openAI', model: 'gpt-5' });
    await rewrite(host, agent.id, anAgent);

    const message = 'The provider "openrouter" may not be used by agents on this server.';
    const action = 'Choose another provider: openAI.';
    expect(refused.body.error).toMatchObject({
      code: 400,
      message: `provider: ${message}`,
      action,
    });
    expect(agent.problem).toBeNull(); // Nobody here knows the models of another provider.
    expect((await read(agent.id)).problem).toEqual({ message, action, suggestions: [] });
  });
});

describe('tools', () => {
  it('that are gone are a problem, which goes when they are taken out', async () => {
    const { host, post, patch, read } = await open();
    const { body: agent } = await post({ ...anAgent, tools: ['calculator'] });
    await rewrite(host, agent.id, { tools: ['calculator', 'dice', 'echo_mcp_gone'] });

    expect((await read(agent.id)).problem).toEqual({
      message: 'This server does not have any more: dice, echo_mcp_gone.',
      action: 'Take it out of the tools of the agent, or choose another one.',
      suggestions: [],
    });
    expect((await patch(agent.id, { tools: ['calculator', 'dice'] })).status).toBe(200);
    expect((await patch(agent.id, { tools: ['calculator'] })).body.problem).toBeNull();
    expect((await patch(agent.id, { tools: ['dice'] })).status).toBe(400);
  });

  it('of a server that is away do not keep an agent from being saved', async () => {
    const { post, read } = await open({
      prepare: yaml('version: 1.3.17\nmcpServers:\n  away:\n    type: streamable-http\n    url: http://127.0.0.1:9/mcp\n'), // prettier-ignore
    });

    const { body, status } = await post({ ...anAgent, tools: ['echo_mcp_away'] });

    expect(status).toBe(201);
    expect(await read(body.id)).toMatchObject({ tools: ['echo_mcp_away'], problem: null });
    expect((await post({ ...anAgent, tools: ['echo_mcp_nowhere'] })).status).toBe(400);
  });
});

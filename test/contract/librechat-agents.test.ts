import type { Agent as OurAgent, AgentVersion } from '@openrouter-native/protocol';
import axios from 'axios';
import {
  dataService,
  setTokenHeader,
  Tools,
  type Agent,
  type AgentCreateParams,
  type AgentListParams,
  type AgentUpdateParams,
} from 'librechat-data-provider';
import { createTestApp, type TestApp } from '../support/test-app.ts';

/** What LibreChat's builder sends of a form in which little more than the model was chosen. */
const form: AgentCreateParams = {
  name: '',
  description: '',
  instructions: '',
  avatar: null,
  provider: 'openrouter',
  model: 'openai/gpt-5-mini',
  model_parameters: {
    temperature: null,
    maxContextTokens: null,
    max_context_tokens: '',
    max_output_tokens: null,
    top_p: '',
    frequency_penalty: null,
    presence_penalty: null,
  },
  tools: [],
  agent_ids: [],
  edges: [],
  end_after_tools: false,
  hide_sequential_outputs: false,
  stateful_code_environment: 'user',
  category: 'general',
  support_contact: { name: '', email: '' },
  tool_options: {},
  skills_enabled: false,
  subagents: { enabled: false, agent_ids: [] },
};

type Read =
  | 'id'
  | 'author'
  | 'name'
  | 'description'
  | 'instructions'
  | 'provider'
  | 'model'
  | 'tools'
  | 'conversation_starters'
  | 'created_at'
  | 'version';
/** These compile only while what we answer is what LibreChat's types promise. */
const readAgent = (agent: OurAgent): Required<Pick<Agent, Read>> => agent;
const readVersion = (version: AgentVersion): Required<Pick<Agent, Exclude<Read, 'id' | 'author' | 'created_at'>>> => version; // prettier-ignore

/** LibreChat's own client, as its page uses it, talks to the host. */
describe('agents, in the hands of a LibreChat client', () => {
  let host: TestApp;
  let userId: string;
  beforeAll(async () => {
    host = await createTestApp();
    const { token, userId: id } = await host.signUp();
    userId = id;
    axios.defaults.baseURL = host.url;
    setTokenHeader(token);
  });
  afterAll(() => {
    setTokenHeader(undefined);
    delete axios.defaults.baseURL;
  });

  it('are created from the builder, and read', async () => {
    const created = await dataService.createAgent(form);

    expect(readAgent(created as unknown as OurAgent)).toMatchObject({
      id: expect.stringMatching(/^agent_/),
      author: userId,
      name: null,
      description: null,
      instructions: null,
      avatar: null,
      provider: 'openrouter',
      model: 'openai/gpt-5-mini',
      model_parameters: {},
      tools: [],
      version: 1,
    });
    expect(created.created_at).toBeCloseTo(Date.now() / 1000, -3);
    expect(await dataService.getAgentById({ agent_id: created.id })).toEqual(created);
    expect(await dataService.getExpandedAgentById({ agent_id: created.id })).toEqual(created);
  });

  it('are changed from the builder, and saved twice without another version', async () => {
    const { id } = await dataService.createAgent(form);
    const data: AgentUpdateParams = {
      ...form,
      name: 'Sales',
      model_parameters: { ...form.model_parameters, model: 'openai/gpt-5-mini', temperature: 0.5 },
      tools: [
        'calculator',
        { type: Tools.function, function: { name: 'current_datetime', description: '', parameters: {} } }, // prettier-ignore
        'sys__server__sys_mcp_everything',
      ],
      recursion_limit: 30,
    };

    const changed = await dataService.updateAgent({ agent_id: id, data });
    const again = await dataService.updateAgent({ agent_id: id, data });

    expect(changed).toMatchObject({
      version: 2,
      name: 'Sales',
      model_parameters: { temperature: 0.5 },
      tools: ['calculator', 'current_datetime'],
      recursion_limit: 30,
    });
    expect(again).toEqual(changed);
  });

  it('are listed page by page', async () => {
    const before = await dataService.listAgents({ requiredPermission: 1 });
    for (const agent of before.data) await dataService.deleteAgent({ agent_id: agent.id });
    for (const name of ['One', 'Two', 'Three']) await dataService.createAgent({ ...form, name });

    const names: (string | null)[][] = [];
    const params: AgentListParams = { requiredPermission: 2, limit: 2, cursor: undefined as never };
    for (let isMore = true; isMore;) {
      const page = await dataService.listAgents(params);
      names.push(page.data.map(({ name }) => name));
      expect([page.first_id, page.last_id]).toEqual([page.data[0]?.id, page.data.at(-1)?.id]);
      isMore = page.has_more;
      params.cursor = page.after as string;
    }

    expect(names).toEqual([['Three', 'Two'], ['One']]);
    const found = await dataService.getMarketplaceAgents({ requiredPermission: 1, search: 'two' });
    expect(found.data.map(({ name }) => name)).toEqual(['Two']);
  });

  it('are copied', async () => {
    const { id } = await dataService.createAgent({ ...form, name: 'Sales' });

    const { agent, actions } = await dataService.duplicateAgent({ agent_id: id });

    expect(agent.id).not.toBe(id);
    expect(agent.name).toBe('Sales (copy)');
    expect(actions).toEqual([]);
  });

  it('are taken back to the version that was picked from the list', async () => {
    const { id } = await dataService.createAgent({ ...form, name: 'First' });
    for (const name of ['Second', 'Third']) {
      await dataService.updateAgent({ agent_id: id, data: { name } });
    }

    const versions = await dataService.getAgentVersions({ agent_id: id });
    for (const version of versions) readVersion(version as unknown as AgentVersion);
    const picked = versions.findIndex(({ name }) => name === 'First');
    const reverted = await dataService.revertAgentVersion({ agent_id: id, version_index: picked });

    expect(new Set(versions.map((version) => (version as { updatedAt?: string }).updatedAt)).size).toBe(3); // prettier-ignore
    expect(reverted).toMatchObject({ id, name: 'First', version: 4 });
  });

  it('are deleted', async () => {
    const { id } = await dataService.createAgent(form);

    await dataService.deleteAgent({ agent_id: id });

    await expect(dataService.getAgentById({ agent_id: id })).rejects.toMatchObject({
      response: { status: 404, data: { message: 'There is no such agent.' } },
    });
  });
});

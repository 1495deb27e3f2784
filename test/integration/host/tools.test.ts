import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentToolSchema, type AgentTool } from '@openrouter-native/protocol';
import { tPluginSchema } from 'librechat-data-provider';
import request from 'supertest';
import { stringify } from 'yaml';
import { everythingEntry } from '../../support/mcp-everything.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { until } from '../../support/wait.ts';

const PROCESS_TIMEOUT_MS = 60_000;
jest.setTimeout(PROCESS_TIMEOUT_MS);

/** A host whose `librechat.yaml` holds these settings. */
function aHost(settings: object, environment: Record<string, string> = {}): Promise<TestApp> {
  return createTestApp({
    environment: { LOG_LEVEL: 'debug', ...environment },
    prepare: (directory) => writeFileSync(join(directory, 'librechat.yaml'), stringify(settings)),
  });
}

/** As the first user, who is the administrator. */
async function get(host: TestApp, path: string) {
  const token = tokens.get(host) ?? (await host.signUp()).token;
  tokens.set(host, token);
  return request(host.url).get(path).set('Authorization', `Bearer ${token}`);
}
const tokens = new WeakMap<TestApp, string>();

async function toolsOf(host: TestApp): Promise<AgentTool[]> {
  let tools: AgentTool[] = [];
  await until(async () => {
    const { status, body } = await get(host, '/api/agents/tools');
    expect(status).toBe(200);
    tools = agentToolSchema.array().parse(body);
    return !tools.some(({ problem }) => problem?.includes('still starting'));
  }, PROCESS_TIMEOUT_MS);
  return tools;
}

describe('GET /api/agents/tools', () => {
  it('is for people who are signed in', async () => {
    const host = await createTestApp();

    expect((await request(host.url).get('/api/agents/tools')).status).toBe(401);
  });

  it('lists what is built in when nothing is configured', async () => {
    const tools = await toolsOf(await createTestApp());

    expect(tools).toEqual([
      expect.objectContaining({ pluginKey: 'calculator', name: 'Calculator' }),
      expect.objectContaining({ pluginKey: 'current_datetime', name: 'Current date and time' }),
      expect.objectContaining({ pluginKey: 'fetch_webpage', name: 'Fetch web page' }),
    ]);
    for (const tool of tools) {
      expect(tool).toMatchObject({ server: null, problem: null });
      expect(tool.description.length).toBeGreaterThan(40);
    }
  });

  it('lists the tools of MCP servers as LibreChat’s plugins, and what is the matter with those that are away', async () => {
    const host = await aHost(
      {
        mcpServers: {
          everything: everythingEntry({
            allowedTools: ['echo'],
            env: { TOKEN: '${MY_MCP_TOKEN}' },
          }),
          away: { command: 'no-such-command-here', title: 'The one that is away' },
          wrong: { command: 'x', timeout: 'soon' },
          personal: { url: 'http://127.0.0.1:1/', headers: { User: '{{LIBRECHAT_USER_ID}}' } },
        },
      },
      { MY_MCP_TOKEN: 'planted-value' },
    );

    const tools = await toolsOf(host);

    for (const tool of tools) expect(tPluginSchema.parse(tool)).toMatchObject({ name: tool.name });
    expect(tools.slice(3)).toEqual([
      {
        pluginKey: 'echo_mcp_everything',
        name: 'Echo Tool',
        description: 'Echoes back the input string',
        server: 'everything',
        problem: null,
      },
      {
        pluginKey: 'mcp_away',
        name: 'The one that is away',
        description: '',
        server: 'away',
        problem: 'The MCP server "away" is not available: its command was not found.',
      },
    ]);
    expect(host.logText()).toContain('is connected');
    expect(host.logText()).not.toContain('planted-value');
    const { body } = await get(host, '/api/admin/openrouter');
    expect(JSON.stringify(body)).not.toContain('planted-value');
    expect(body).toMatchObject({
      mcp_servers: expect.arrayContaining([{ name: 'away', title: 'The one that is away' }]),
      warnings: [
        expect.stringContaining('OPENROUTER_API_KEY'),
        expect.stringContaining('mcpServers.wrong.timeout is missing or has a wrong type'),
        expect.stringContaining('mcpServers.personal.headers.User holds {{LIBRECHAT_USER_ID}}'),
      ],
    });
  });

  it('keeps to what an admin leaves to agents', async () => {
    const filtered = await toolsOf(await aHost({ filteredTools: ['fetch_webpage'] }));
    expect(filtered.map(({ pluginKey }) => pluginKey)).toEqual(['calculator', 'current_datetime']);

    const included = await toolsOf(
      await aHost({ includedTools: ['calculator'], filteredTools: ['calculator'] }),
    );
    expect(included.map(({ pluginKey }) => pluginKey)).toEqual(['calculator']);

    const without = await aHost({
      endpoints: { agents: { capabilities: ['chain'] } },
      mcpServers: { away: { command: 'no-such-command-here' } },
    });
    expect(await toolsOf(without)).toEqual([]);
    const { body } = await get(without, '/api/endpoints');
    expect(body).toMatchObject({ agents: { capabilities: [] } });
  });
});

import { readMcpServers } from './mcp-servers.ts';

const environment = {
  TOKEN: 'hunter2-token',
  HOST_NAME: 'mcp.example.com',
  EMPTY: '',
  PORT: '3080',
  JWT_SECRET: 'never-for-others-0123456789abcdef',
  DATABASE_URL: 'postgresql://user:password@localhost/chat',
};
const read = (value: unknown) => readMcpServers(value, environment);
const readOne = (entry: unknown) => read({ tools: entry });

describe('readMcpServers', () => {
  it('takes a server that is a process', () => {
    expect(
      readOne({
        command: 'npx',
        args: ['-y', 'some-server', '--port', 7],
        env: { API_TOKEN: '${TOKEN}', DEBUG: true },
        timeout: 5000,
        initTimeout: 20_000,
        allowedTools: ['echo'],
        chatMenu: false,
        serverInstructions: true,
        iconPath: '/icon.svg',
      }),
    ).toEqual({
      servers: [
        {
          name: 'tools',
          title: 'tools',
          transport: {
            type: 'stdio',
            command: 'npx',
            args: ['-y', 'some-server', '--port', '7'],
            env: { API_TOKEN: 'hunter2-token', DEBUG: 'true' },
            cwd: null,
          },
          allowedTools: ['echo'],
          initTimeoutMs: 20_000,
          callTimeoutMs: 5000,
          secretValues: ['hunter2-token'],
        },
      ],
      warnings: [],
    });
  });

  it('takes a server behind an address', () => {
    expect(
      readOne({
        type: 'streamable-http',
        title: 'Team tools',
        url: 'https://${HOST_NAME}/mcp?api_key=abcdefgh',
        headers: { Authorization: 'Bearer ${TOKEN}', 'X-Team': 'blue' },
      }),
    ).toEqual({
      servers: [
        {
          name: 'tools',
          title: 'Team tools',
          transport: {
            type: 'http',
            url: 'https://mcp.example.com/mcp?api_key=abcdefgh',
            headers: { Authorization: 'Bearer hunter2-token', 'X-Team': 'blue' },
          },
          allowedTools: null,
          initTimeoutMs: 10_000,
          callTimeoutMs: 60_000,
          secretValues: ['mcp.example.com', 'hunter2-token', 'Bearer hunter2-token', 'abcdefgh'],
        },
      ],
      warnings: [],
    });
  });

  it.each([
    [{ type: 'http', url: 'http://a.example/mcp' }, 'http'],
    [{ type: 'sse', url: 'http://a.example/sse' }, 'sse'],
    [{ url: 'http://a.example/sse' }, 'sse'],
    [{ command: 'x' }, 'stdio'],
    [{ type: 'stdio', command: 'x', args: [] }, 'stdio'],
  ])('knows from %j how it is reached', (entry, type) => {
    expect(readOne(entry)).toMatchObject({ servers: [{ transport: { type } }], warnings: [] });
  });

  it.each([
    ['bearer', undefined, { Authorization: 'Bearer hunter2-token' }],
    ['basic', undefined, { Authorization: 'Basic hunter2-token' }],
    ['custom', undefined, { 'X-Api-Key': 'hunter2-token' }],
    ['custom', 'X-Mine', { 'X-Mine': 'hunter2-token' }],
  ])('sends an API key of kind %s', (authorization_type, custom_header, headers) => {
    const apiKey = { key: '${TOKEN}', source: 'admin', authorization_type, custom_header };

    expect(readOne({ type: 'http', url: 'http://a.example/', apiKey })).toMatchObject({
      servers: [{ transport: { headers } }],
      warnings: [],
    });
  });

  it.each([
    [{ command: 'x', args: ['--token=abcdefgh', '--api-key', 'ijklmnop', '-v'] }, ['abcdefgh', 'ijklmnop']],
    [{ command: 'x', env: { GITHUB_PERSONAL_ACCESS_TOKEN: 'abcdefgh', MODE: 'quick' } }, ['abcdefgh']],
    [{ url: 'https://a:pass-word@a.example/9f8e7d6c5b4a39281706/sse' }, ['pass-word', '9f8e7d6c5b4a39281706']],
    [{ url: 'https://a.example/', headers: { Cookie: 'sid=abcdefgh' } }, ['sid=abcdefgh']],
  ])('knows what is secret in %j', (entry, secrets) => {
    expect(readOne(entry).servers[0]?.secretValues).toEqual(secrets);
  }); // prettier-ignore

  it.each([
    ['nothing', ' is not a map of settings'],
    [{}, ' has neither a command nor a url'],
    [{ type: 7, command: 'x' }, '.type is not a text'],
    [{ type: 'websocket', url: 'wss://a.example' }, '.type is none of stdio'],
    [{ url: 'wss://a.example' }, '.type is none of stdio'],
    [{ type: 'stdio' }, '.command is missing or has a wrong type'],
    [{ command: '' }, '.command is less than 1'],
    [{ command: 'x', args: 'y' }, '.args is missing or has a wrong type'],
    [{ command: 'x', env: { A: [1] } }, '.env.A is missing or has a wrong type'],
    [{ command: 'x', timeout: -1 }, '.timeout is less than 0'],
    [{ command: 'x', timeout: 1e9 }, '.timeout is more than 3600000'],
    [{ command: 'x', initTimeout: '5s' }, '.initTimeout is missing or has a wrong type'],
    [{ command: 'x', allowedTools: 'echo' }, '.allowedTools is missing or has a wrong type'],
    [{ type: 'http' }, '.url is missing or has a wrong type'],
    [{ url: 'ftp://a.example' }, '.url is no address'],
    [{ url: 'a.example' }, '.url is no address'],
    [{ url: 'http://a.example', headers: { 'a b': 'c' } }, '.headers holds one that HTTP'],
    [{ url: 'http://a.example', headers: { A: 'b\nc' } }, '.headers holds one that HTTP'],
    [{ url: 'http://a.example', headers: { A: '{{LIBRECHAT_USER_ID}}' } }, '.headers.A holds {{LIBRECHAT_USER_ID}}, and what differs'],
    [{ url: 'http://a.example/${NO_SUCH}' }, '.url asks for ${NO_SUCH}, which is not set'],
    [{ url: 'http://a.example/${EMPTY}' }, '.url asks for ${EMPTY}, which is not set'],
    [{ command: 'x', env: { A: '${JWT_SECRET}' } }, ".env.A asks for ${JWT_SECRET}, which is this server's own secret"],
    [{ command: 'x', args: ['${DATABASE_URL}'] }, ".args.0 asks for ${DATABASE_URL}, which is this server's own"],
    [{ url: 'http://a.example', requiresOAuth: true }, '.requiresOAuth is not supported'],
    [{ url: 'http://a.example', oauth: {} }, '.oauth is not supported'],
    [{ url: 'http://a.example', proxy: 'http://proxy' }, '.proxy is not supported'],
    [{ url: 'http://a.example', apiKey: { source: 'user', authorization_type: 'bearer' } }, '.apiKey.source is user'],
    [{ url: 'http://a.example', apiKey: { source: 'admin', authorization_type: 'bearer' } }, '.apiKey.key is missing'],
  ])('leaves %j out, and says why', (entry, problem) => {
    const { servers, warnings } = read({ good: { command: 'x' }, bad: entry, fine: { command: 'y' } });

    expect(servers.map(({ name }) => name)).toEqual(['good', 'fine']);
    expect(warnings).toEqual([
      expect.stringMatching(/^librechat\.yaml: mcpServers\.bad.*; the server is left out\.$/),
    ]);
    expect(warnings[0]).toContain(`mcpServers.bad${problem}`);
    expect(warnings[0]).not.toMatch(/hunter2|never-for-others|password/);
  }); // prettier-ignore

  it('knows when it is given no servers', () => {
    expect(read(undefined)).toEqual({ servers: [], warnings: [] });
    expect(read(null)).toEqual({ servers: [], warnings: [] });
    expect(read(['x']).warnings).toEqual([expect.stringContaining('mcpServers is not a map')]);
  });

  it('starts no more servers than a machine bears', () => {
    const many = Array.from({ length: 60 }, (_none, index) => [`s${index}`, { command: 'x' }]);
    const { servers, warnings } = read(Object.fromEntries(many));

    expect([servers.length, warnings.length]).toEqual([50, 10]);
  });
});

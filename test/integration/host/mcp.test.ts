import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readMcpServers } from '@openrouter-native/api/config/mcp-servers';
import { createLogs } from '@openrouter-native/api/logging/logs';
import type { Tool, Toolbox } from '@openrouter-native/api/tools/tool';
import { createToolbox } from '@openrouter-native/api/tools/toolbox';
import { everything, everythingEntry, startEverything } from '../../support/mcp-everything.ts';
import { until } from '../../support/wait.ts';

const PROCESS_TIMEOUT_MS = 60_000; // Processes start in a second, and slower on a busy machine.
const PATIENCE_MS = 30_000;
jest.setTimeout(PROCESS_TIMEOUT_MS);

interface TestToolbox extends Toolbox {
  tool(name: string): Promise<Tool>;
  run(name: string, args?: Record<string, unknown>, signal?: AbortSignal): ReturnType<Tool['run']>;
  logText(): string;
}

const never = new AbortController().signal;
const closers: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

/** Tools of servers as they would stand in `librechat.yaml`, with a log at its most talkative. */
function aToolbox(
  entries: Record<string, unknown>,
  { now = Date.now, environment = {} }: { now?: () => number; environment?: Record<string, string> } = {}, // prettier-ignore
): TestToolbox {
  const { servers, warnings } = readMcpServers(entries, environment);
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
  const lines: string[] = [];
  const logs = createLogs({
    level: 'debug',
    format: 'json',
    debugOpenRouter: false,
    secretValues: servers.flatMap(({ secretValues }) => secretValues),
    write: (line) => lines.push(line),
  });
  const toolbox = createToolbox({
    mcpServers: servers,
    offersBuiltIn: () => false,
    childEnvironment: { PATH: process.env.PATH ?? '', HOME: '/home/nobody' },
    logger: logs.host,
    version: '1.2.3',
    now,
  });
  closers.push(() => toolbox.close());

  async function tool(name: string): Promise<Tool> {
    const { tools, missing } = await toolbox.pick([name], never);
    if (tools[0]) return tools[0];
    throw new Error(missing[0]?.problem);
  }
  return {
    ...toolbox,
    async list() {
      const names = servers.map(({ name }) => `any_mcp_${name}`);
      await toolbox.pick(names, never); // Waits longer than the list does.
      return toolbox.list();
    },
    tool,
    run: async (name, args = {}, signal = never) =>
      (await tool(name)).run(args, { signal, userId: 'ada' }),
    logText: () => lines.join(''),
  };
}

/** Dead and not yet buried by its parent counts as dead. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const state = `/proc/${pid}/stat`;
    return !existsSync(state) || !/^\d+ \(.*\) Z/.test(readFileSync(state, 'utf8'));
  } catch {
    return false;
  }
}

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mcp-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** An entry whose process tells its number; with a shell in front that stays its parent. */
function tellingEntry(name: string, parameters: string, settings: Record<string, unknown> = {}) {
  const file = join(directory, name);
  const script = `echo $$ > '${file}'; exec '${process.execPath}' ${parameters}`;
  return {
    entry: {
      command: 'sh',
      args: ['-c', `sh -c "$SCRIPT"; true`],
      initTimeout: 50_000,
      env: { SCRIPT: script },
      ...settings,
    },
    pid: () => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0),
  };
}
const oddServer = join(import.meta.dirname, '../../support/odd-mcp-server.ts');
const oddEntry = (settings: Record<string, unknown> = {}) => ({
  command: process.execPath,
  args: [oddServer],
  initTimeout: 50_000,
  ...settings,
});

describe('the tools of an MCP server over stdio', () => {
  let toolbox: TestToolbox;
  beforeAll(() => {
    toolbox = aToolbox({
      everything: everythingEntry({ env: { API_TOKEN: 'planted-value', MODE: 'quiet' } }),
    });
  });

  it('are listed under names for models', async () => {
    const { tools, missing } = await toolbox.list();

    const sum = tools.find(({ name }) => name === 'get-sum_mcp_everything');
    expect(sum).toMatchObject({
      title: 'Get Sum Tool',
      description: 'Returns the sum of two numbers',
      server: 'everything',
      parameters: {
        type: 'object',
        properties: { a: { type: 'number' }, b: { type: 'number' } },
        required: ['a', 'b'],
      },
    });
    expect(tools.length).toBeGreaterThan(8);
    for (const { name } of tools) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(missing).toEqual([
      expect.objectContaining({
        name: 'simulate-research-query_mcp_everything',
        problem: expect.stringContaining('as a task'),
      }),
    ]);
  });

  it.each([
    ['echo', { message: 'hi' }, 'Echo: hi'],
    ['get-sum', { a: 2, b: 3.5 }, 'The sum of 2 and 3.5 is 5.5.'],
    ['get-structured-content', { location: 'Chicago' }, /^\{"temperature":\d+,"conditions":"/],
    ['get-tiny-image', {}, /\(An image, image\/png, \d+ bytes; it cannot be shown here\.\)/],
    ['get-resource-reference', { resourceType: 'Text', resourceId: 1 }, /demo:\/\/resource\/dynamic\/text\/1:\nResource 1/],
    ['get-resource-reference', { resourceType: 'Blob', resourceId: 1 }, /\(A file: demo:\/\/resource\/dynamic\/blob\/1/],
    ['get-resource-links', { count: 1 }, /\(A link: .*demo:\/\/resource/],
  ])('answer: %s', async (name, args, output) => {
    expect(await toolbox.run(`${name}_mcp_everything`, args)).toEqual({
      output: typeof output === 'string' ? output : expect.stringMatching(output),
      isError: false,
    });
  }); // prettier-ignore

  it('say what is wrong with their arguments', async () => {
    expect(await toolbox.run('get-sum_mcp_everything', { a: 'two' })).toEqual({
      output: expect.stringContaining('expected number'),
      isError: true,
    });
  });

  it('know nothing of this server but what every program needs', async () => {
    process.env.MCP_TEST_SECRET = 'a secret of the host';
    const { output } = await toolbox.run('get-env_mcp_everything');
    delete process.env.MCP_TEST_SECRET;

    expect(JSON.parse(output)).toEqual({
      PATH: process.env.PATH,
      HOME: '/home/nobody',
      MODE: 'quiet',
      API_TOKEN: '[redacted]',
    });
  });

  it('stop when the run is stopped, and go on afterwards', async () => {
    const stop = new AbortController();
    const long = toolbox.run('trigger-long-running-operation_mcp_everything', { duration: 600, steps: 2 }, stop.signal); // prettier-ignore
    setTimeout(() => stop.abort(new Error('stopped by Ada')), 100);

    await expect(long).rejects.toThrow('stopped by Ada');
    expect((await toolbox.run('echo_mcp_everything', { message: 'on' })).output).toBe('Echo: on');
  });

  it('are found by name, together and in order, or with a reason', async () => {
    const { tools, missing } = await toolbox.pick(
      ['get-sum_mcp_everything', 'calculator', 'nothing_mcp_everything', 'echo_mcp_everything', 'echo_mcp_elsewhere', 'echo_mcp_everything'],
      never,
    ); // prettier-ignore

    expect(tools.map(({ name }) => name)).toEqual([
      'get-sum_mcp_everything',
      'echo_mcp_everything',
    ]);
    expect(missing.map(({ name, problem }) => [name, problem])).toEqual([
      ['calculator', 'This server has no tool of this name.'],
      ['nothing_mcp_everything', expect.stringContaining('"everything" has no such tool')],
      ['echo_mcp_elsewhere', 'This server has no tool of this name.'],
    ]);
    expect(toolbox.isPossible('nothing_mcp_everything')).toBe(true);
    expect(toolbox.isPossible('echo_mcp_elsewhere')).toBe(false);
  });

  it('leave no secret in the log', () => {
    expect(toolbox.logText()).toContain('is connected');
    expect(toolbox.logText()).not.toContain('planted-value');
  });
});

describe('an MCP server over stdio', () => {
  it('offers the allowed tools only', async () => {
    const toolbox = aToolbox({
      everything: everythingEntry({ allowedTools: ['echo', 'no-such-tool'] }),
    });

    const { tools, missing } = await toolbox.list();

    expect(tools.map(({ name }) => name)).toEqual(['echo_mcp_everything']);
    expect(missing).toEqual([]);
    await expect(toolbox.run('get-sum_mcp_everything')).rejects.toThrow('does not allow it');
  });

  it('is given so much time for a call', async () => {
    const toolbox = aToolbox({ everything: everythingEntry({ timeout: 1500 }) });

    expect(
      await toolbox.run('trigger-long-running-operation_mcp_everything', {
        duration: 600,
        steps: 1,
      }),
    ).toEqual({
      output: 'The MCP server "everything" did not answer within 1.5 seconds.',
      isError: true,
    });
    expect((await toolbox.run('echo_mcp_everything', { message: 'a' })).isError).toBe(false);
  });

  it('may be killed in the middle of a call, and is started again for the next', async () => {
    const { entry, pid } = tellingEntry('killed', `'${everything}' stdio`);
    const toolbox = aToolbox({ everything: entry });
    const echo = await toolbox.tool('echo_mcp_everything');
    const first = pid();
    const call = toolbox.run('trigger-long-running-operation_mcp_everything', { duration: 600, steps: 1 }); // prettier-ignore
    setTimeout(() => process.kill(first, 'SIGKILL'), 200);

    expect(await call).toEqual({
      output: 'The MCP server "everything" went away during the call. Nobody knows whether it was carried out.',
      isError: true,
    }); // prettier-ignore
    expect((await echo.run({ message: 'again' }, { signal: never, userId: 'ada' })).output).toBe('Echo: again'); // prettier-ignore
    expect(pid()).not.toBe(first);
  });

  it('ends with the toolbox, and so does what it started', async () => {
    const { entry, pid } = tellingEntry('ended', `'${everything}' stdio`);
    const toolbox = aToolbox({ everything: entry });
    await toolbox.run('echo_mcp_everything', { message: 'x' });
    expect(isAlive(pid())).toBe(true);

    await toolbox.close();

    await until(() => !isAlive(pid()), PATIENCE_MS);
    await expect(toolbox.run('echo_mcp_everything')).rejects.toThrow('is shutting down');
  });

  it('ends even when it does not want to', async () => {
    const stubborn = join(directory, 'stubborn');
    const toolbox = aToolbox({
      stubborn: {
        command: 'sh',
        args: ['-c', `trap '' TERM; echo $$ > '${stubborn}'; while true; do sleep 1; done`],
        initTimeout: 60_000,
      },
    });
    const listing = toolbox.list();
    const pid = () => (existsSync(stubborn) ? Number(readFileSync(stubborn, 'utf8')) : 0);
    await until(() => pid() > 0, PATIENCE_MS);

    await toolbox.close();

    await until(() => !isAlive(pid()), PATIENCE_MS);
    expect((await listing).missing).toHaveLength(1);
  });

  it('is not started before it is needed', async () => {
    const { entry, pid } = tellingEntry('lazy', `'${everything}' stdio`);
    const toolbox = aToolbox({ everything: entry });

    await toolbox.pick(['echo_mcp_elsewhere'], never);
    expect(pid()).toBe(0);
    expect(toolbox.logText()).toBe('');
  });
});

describe('a server that is away', () => {
  it('holds up nobody, and says what is the matter', async () => {
    const dead = await startEverything('streamableHttp');
    await dead.kill();
    const toolbox = aToolbox({
      everything: everythingEntry({ allowedTools: ['echo'] }),
      missing: { command: 'no-such-command-here' },
      mute: { command: 'sleep', args: ['600'], initTimeout: 500, title: 'Mute one' },
      failing: { command: 'false' },
      refusing: { type: 'http', url: dead.url },
    });

    const { tools, missing } = await toolbox.list();

    expect(tools.map(({ name }) => name)).toEqual(['echo_mcp_everything']);
    expect(missing).toEqual([
      {
        name: 'mcp_missing',
        title: 'missing',
        description: '',
        server: 'missing',
        problem: 'The MCP server "missing" is not available: its command was not found.',
      },
      expect.objectContaining({
        title: 'Mute one',
        problem: expect.stringContaining('it does not answer'),
      }),
      expect.objectContaining({
        problem: expect.stringMatching(/it ended at once|does not speak/),
      }),
      expect.objectContaining({ problem: expect.stringContaining('(ECONNREFUSED)') }),
    ]);
    const picked = await toolbox.pick(['x_mcp_missing', 'echo_mcp_everything'], never);
    expect(picked.tools).toHaveLength(1);
    expect(picked.missing).toEqual([
      expect.objectContaining({ name: 'x_mcp_missing', server: 'missing' }),
    ]);
  });

  it('is tried again after a pause that grows, when somebody asks', async () => {
    let clock = 1_000_000;
    const toolbox = aToolbox({ gone: { command: 'no-such-command-here' } }, { now: () => clock });
    const tries = async () => {
      await toolbox.list();
      return toolbox.logText().split('"warn"').length - 1;
    };

    expect(await tries()).toBe(1);
    expect(await tries()).toBe(1); // Nobody tries twice within a second.
    clock += 1000;
    expect(await tries()).toBe(2);
    clock += 1999;
    expect(await tries()).toBe(2);
    clock += 1;
    expect(await tries()).toBe(3);
    clock += 3_600_000;
    for (let attempt = 4; attempt < 12; attempt += 1) {
      expect(await tries()).toBe(attempt);
      clock += 60_000; // Never longer than a minute.
    }
  });

  it('keeps the tools it is known to have on the list', async () => {
    let clock = 1_000_000;
    const server = await startEverything('streamableHttp');
    const toolbox = aToolbox(
      { everything: { type: 'http', url: server.url, allowedTools: ['echo'] } },
      { now: () => clock },
    );
    expect((await toolbox.list()).tools).toHaveLength(1);

    await server.kill();
    clock += 700_000; // The list is asked for again.

    await until(async () => (await toolbox.list()).tools.length === 0, PATIENCE_MS);
    expect((await toolbox.list()).missing).toEqual([
      {
        name: 'echo_mcp_everything',
        title: 'Echo Tool',
        description: 'Echoes back the input string',
        server: 'everything',
        problem: expect.stringContaining('cannot be reached (ECONNREFUSED)'),
      },
    ]);
  });

  it('lets somebody who waits for it stop waiting', async () => {
    const toolbox = aToolbox({ mute: { command: 'sleep', args: ['600'], initTimeout: 600_000 } });
    const stop = new AbortController();
    const picking = toolbox.pick(['x_mcp_mute'], stop.signal);
    setTimeout(() => stop.abort(new Error('stopped')), 50);

    await expect(picking).rejects.toThrow('stopped');
    await toolbox.close();
  });
});

describe('the tools of an MCP server over streamable HTTP', () => {
  it('are listed, answer, and stop', async () => {
    const server = await startEverything('streamableHttp');
    const toolbox = aToolbox({ everything: { type: 'streamable-http', url: server.url } });

    expect((await toolbox.list()).tools.length).toBeGreaterThan(8);
    expect((await toolbox.run('get-sum_mcp_everything', { a: 20, b: 22 })).output).toContain('42');
    expect((await toolbox.run('get-sum_mcp_everything', { a: {} })).isError).toBe(true);

    const stop = new AbortController();
    const long = toolbox.run('trigger-long-running-operation_mcp_everything', { duration: 600, steps: 2 }, stop.signal); // prettier-ignore
    setTimeout(() => stop.abort(new Error('stopped')), 200);
    await expect(long).rejects.toThrow('stopped');
    expect((await toolbox.run('echo_mcp_everything', { message: 'on' })).output).toBe('Echo: on');
  });

  it('survive the end of their server: in a call with a word, and in the next with a new session', async () => {
    const server = await startEverything('streamableHttp');
    const toolbox = aToolbox({ everything: { type: 'http', url: server.url } });
    const echo = await toolbox.tool('echo_mcp_everything');
    const call = toolbox.run('trigger-long-running-operation_mcp_everything', { duration: 600, steps: 1 }); // prettier-ignore
    setTimeout(() => void server.kill(), 300);

    expect(await call).toEqual({
      output: expect.stringContaining('went away during the call'),
      isError: true,
    });
    expect(await echo.run({ message: 'x' }, { signal: never, userId: 'ada' })).toEqual({
      output: expect.stringContaining('is not available'),
      isError: true,
    });

    await startEverything('streamableHttp', server.port);
    await until(async () => {
      const { output } = await echo.run({ message: 'back' }, { signal: never, userId: 'ada' });
      return output === 'Echo: back';
    }, PATIENCE_MS);
  });

  it('do not notice a restart between two calls', async () => {
    const server = await startEverything('streamableHttp');
    const toolbox = aToolbox({ everything: { type: 'http', url: server.url } });
    const echo = await toolbox.tool('echo_mcp_everything');
    await server.kill();
    await startEverything('streamableHttp', server.port);

    expect(await echo.run({ message: 'same' }, { signal: never, userId: 'ada' })).toEqual({
      output: 'Echo: same',
      isError: false,
    });
  });
});

it('speaks the older SSE as well', async () => {
  const server = await startEverything('sse');
  const toolbox = aToolbox({ everything: { type: 'sse', url: server.url } });

  expect((await toolbox.list()).tools.length).toBeGreaterThan(8);
  expect((await toolbox.run('echo_mcp_everything', { message: 'old' })).output).toBe('Echo: old');
});

function json(response: ServerResponse, message: object): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', ...message }));
}

describe('a server over HTTP that is no MCP server', () => {
  let handle: (request: IncomingMessage, response: ServerResponse) => void;
  let url: string;
  const requests: IncomingMessage[] = [];
  beforeAll(async () => {
    const server = createServer((request, response) => {
      requests.push(request);
      handle(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    closers.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  });

  it.each<[string, (response: ServerResponse) => unknown, string]>([
    ['refuses us', (response) => response.writeHead(401).end('who is planted-value?'), 'it refuses the credentials (HTTP 401)'],
    ['is broken', (response) => response.writeHead(502).end(), 'it answers HTTP 502'],
    ['serves pages', (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>'), 'it does not speak MCP as expected'],
    ['leads elsewhere', (response) => response.writeHead(302, { Location: 'http://elsewhere.example/' }).end(), 'it answers HTTP 302'],
    ['answers nonsense', (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}'), 'it does not speak MCP as expected'],
    ['says nothing', () => undefined, 'it does not answer'],
    ['never stops', (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).write('"'.padEnd(11_000_000)), 'it does not speak MCP as expected'],
  ])('%s, and that is told', async (_name, answer, reason) => {
    handle = (_request, response) => void answer(response);
    const toolbox = aToolbox(
      {
        site: {
          type: 'http',
          url: `${url}/mcp?key=planted-key`,
          headers: { Authorization: 'Bearer ${SITE_TOKEN}' },
          initTimeout: 3000,
        },
      },
      { environment: { SITE_TOKEN: 'planted-value' } },
    );

    const { missing } = await toolbox.list();

    expect(missing[0]?.problem).toBe(`The MCP server "site" is not available: ${reason}.`);
    expect(toolbox.logText()).toContain(reason);
    expect(toolbox.logText()).not.toMatch(/planted-(value|key)/);
    const { headers } = requests.at(-1) as IncomingMessage;
    expect(headers).toMatchObject({
      authorization: 'Bearer planted-value',
      'user-agent': 'OpenRouterNative/1.2.3',
    });
  }); // prettier-ignore

  it('may be one for a while: what becomes of a call is told', async () => {
    const object = { type: 'object' };
    const results: Record<string, object> = {
      initialize: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'x', version: '1' } },
      'tools/list': { tools: [{ name: 'work', inputSchema: object }] },
    }; // prettier-ignore
    const answers: ((response: ServerResponse, id: number) => unknown)[] = [
      (response) => response.writeHead(503).end('planted-value'),
      (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Sorry'),
      (response) => response.writeHead(404).end(), // A session that it does not know any more.
      (response, id) =>
        json(response, { id, result: { content: [{ type: 'text', text: 'done' }] } }),
      (response, id) => json(response, { id, result: { content: 'done' } }),
    ];
    handle = (request, response) => {
      if (request.method !== 'POST') return void response.writeHead(405).end();
      void (async () => {
        const { id, method } = JSON.parse(await text(request)) as { id?: number; method: string };
        if (id === undefined) response.writeHead(202).end();
        else if (method === 'tools/call') answers.shift()?.(response, id);
        else json(response, { id, result: results[method] ?? {} });
      })();
    };
    const toolbox = aToolbox({ site: { type: 'http', url } });
    const outputs = [];
    for (let call = 0; call < 4; call += 1)
      outputs.push((await toolbox.run('work_mcp_site')).output);

    expect(outputs).toEqual([
      'The MCP server "site" gave no usable answer: it answers HTTP 503.',
      'The MCP server "site" gave no usable answer: it does not speak MCP as expected.',
      'done', // The call was sent again.
      'The MCP server "site" gave no usable answer: it does not speak MCP as expected.',
    ]);
    expect(answers).toEqual([]);
  });
});

describe('a server that behaves badly', () => {
  let toolbox: TestToolbox;
  let later = 0;
  beforeAll(() => {
    toolbox = aToolbox(
      { odd: oddEntry({ env: { ODD_TOKEN: 'planted-value' }, timeout: 20_000 }) },
      { now: () => Date.now() + later },
    );
  });

  it('has those of its tools listed that a model can be told of, within bounds', async () => {
    const { tools, missing } = await toolbox.list();

    const names = tools.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual([
      ...['hang', 'die', 'chatter', 'change', 'heard', 'huge', 'enormous', 'refuse', 'sulk'].map((name) => `${name}_mcp_odd`), // prettier-ignore
      expect.stringMatching(/^weather_get_[0-9a-f]{8}_mcp_odd$/),
      expect.stringMatching(/^weather_get_[0-9a-f]{8}_mcp_odd$/),
      expect.stringMatching(/^n{47}_[0-9a-f]{8}_mcp_odd$/),
      'odd-parts_mcp_odd',
    ]);
    expect(JSON.stringify(tools).length).toBeLessThan(15_000);
    expect(JSON.stringify(tools)).not.toContain('$schema');
    expect(missing.map(({ title, problem }) => [title, problem])).toEqual([
      ['no-schema', 'Its server does not describe its arguments as an object.'],
      ['list-schema', 'Its server does not describe its arguments as an object.'],
      ['long-schema', 'The description of its arguments is too long.'],
      ['deep-schema', 'The description of its arguments is too long.'],
    ]);
  });

  it('is told that a call was stopped, and not that an answered one was', async () => {
    const stop = new AbortController();
    await toolbox.run('heard_mcp_odd', {}, stop.signal);
    const hanging = toolbox.run('hang_mcp_odd', {}, stop.signal);
    await until(async () => (await toolbox.run('heard_mcp_odd')).output.split('tools/call').length > 3, PATIENCE_MS); // prettier-ignore
    stop.abort(new Error('stopped'));

    await expect(hanging).rejects.toThrow('stopped');
    const { output } = await toolbox.run('heard_mcp_odd');
    expect(output.split('notifications/cancelled')).toHaveLength(2);
  });

  it('is asked for its tools again when it says that they changed', async () => {
    expect((await toolbox.list()).tools.map(({ name }) => name)).not.toContain('new_mcp_odd');

    await toolbox.run('change_mcp_odd');

    expect((await toolbox.list()).tools.map(({ name }) => name)).toContain('new_mcp_odd');
  });

  it('is read as far as it can be', async () => {
    expect(await toolbox.run('odd-parts_mcp_odd')).toEqual({
      output: [
        '(Something of an unknown kind.)',
        '(Something of an unknown kind.)',
        'nul � and � half',
        '(A sound, audio/wav, 3 bytes; it cannot be played here.)',
        '(A file: file:///a, of an unknown type, 3 bytes; it cannot be read here.)',
        'file:///b:\ninside',
      ].join('\n'),
      isError: false,
    });
    const huge = await toolbox.run('huge_mcp_odd');
    expect(huge.output.length).toBeLessThan(101_000);
    expect(huge.output).toMatch(/\(Cut: 900000 more characters\.\)$/);
    const refusal = await toolbox.run('refuse_mcp_odd');
    expect(refusal.isError).toBe(true);
    expect(refusal.output).toContain('No: rrr');
    expect(refusal.output.length).toBeLessThan(2100);
  });

  it('may chatter, and is written down within bounds and without its secrets', async () => {
    await toolbox.run('chatter_mcp_odd');

    const said = () => toolbox.logText().split('says').length - 1;
    await until(() => toolbox.logText().includes('says more than is written here'), PATIENCE_MS);
    expect(said()).toBeLessThanOrEqual(101);
    expect(toolbox.logText()).toContain('My token is [redacted]');
    expect(toolbox.logText()).not.toContain('planted-value');
    expect(toolbox.logText()).not.toContain('x'.repeat(600));
  });

  it('is ended when it sends more than can be a message, and when it ends by itself', async () => {
    for (const name of ['enormous', 'die']) {
      later += 60_000; // Enough for it to be tried again.
      expect(await toolbox.run(`${name}_mcp_odd`)).toEqual({
        output: expect.stringContaining('went away during the call'),
        isError: true,
      });
    }
  });

  it('keeps its tools and its calls while it is too busy to list them', async () => {
    let hours = 0;
    const busy = aToolbox(
      { odd: oddEntry({ initTimeout: 6000 }) },
      { now: () => Date.now() + hours * 3_600_000 },
    );
    const stop = new AbortController();
    await busy.run('sulk_mcp_odd');
    const call = busy.run('hang_mcp_odd', {}, stop.signal);
    call.catch(() => undefined);
    hours = 1;

    const { tools } = await busy.pick(['heard_mcp_odd'], never);

    expect(tools).toHaveLength(1);
    stop.abort(new Error('stopped'));
    await expect(call).rejects.toThrow('stopped');
  });

  it('has to wait when it keeps going away', async () => {
    await until(async () => {
      const result = await toolbox.run('die_mcp_odd').catch((error: Error) => error.message);
      return typeof result === 'string' && result.includes('it keeps going away');
    }, PATIENCE_MS);
  });
});

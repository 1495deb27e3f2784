import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  createScratchDatabase,
  findPostgres,
} from '@openrouter-native/api/database/testing/postgres';
import { aWorkingDirectory, runHost, type HostProcess } from '../../support/host-process.ts';
import { aReadyDirectory } from '../../support/ready-directory.ts';
import { aPassword } from '../../support/test-app.ts';
import { until } from '../../support/wait.ts';

jest.setTimeout(60_000); // A first start takes two or three seconds, and much more on a busy machine.

const aKey = (digit: string) => `sk-or-v1-${digit.repeat(64)}`;
const READY = /is ready: open (http:\/\/localhost:\d+)/;

async function startIn(cwd: string, environment: Record<string, string> = {}) {
  const server = runHost('index.ts', cwd, { PORT: '0', ...environment });
  const [, url = ''] = await server.sees(READY);
  return { server, url };
}

async function signUp(url: string, email = 'ada@example.com'): Promise<string> {
  const response = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Ada', email, password: aPassword }),
  });
  return ((await response.json()) as { token: string }).token;
}

async function whoIs(url: string, jwt: string): Promise<unknown> {
  const response = await fetch(`${url}/api/user`, { headers: { Authorization: `Bearer ${jwt}` } });
  return response.json();
}

function chat(url: string, token: string): Promise<Response> {
  return fetch(`${url}/api/openrouter/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({
      model: 'openai/gpt-4o',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
    }),
  });
}

/** `npm run token` in a folder. */
async function tokenIn(cwd: string, ...parameters: string[]) {
  const command = runHost('token.ts', cwd, {}, parameters);
  return { code: await command.ends(), stdout: command.stdout(), output: command.output() };
}

async function stop(server: HostProcess): Promise<void> {
  server.kill('SIGTERM');
  expect(await server.ends()).toBe(0);
}

/** Where the first test starts a server for the first time. */
const settled = aWorkingDirectory();

describe('a server without any setting', () => {
  const cwd = settled;
  /** From test to test. */
  let running: Awaited<ReturnType<typeof startIn>>;

  it('starts on the simulator, says so, and answers, also what was asked while its database was made', async () => {
    const server = runHost('index.ts', cwd, { PORT: '0' });
    const lock = join(cwd, 'data/server.json');
    await until(() => existsSync(lock), 30_000);
    const { url } = JSON.parse(readFileSync(lock, 'utf8')) as { url: string };

    const isReadyBefore = READY.test(server.output());
    const config = await (await fetch(`${url}/api/config`)).json();
    await server.sees(READY);
    const token = await signUp(url);
    const answer = await (await chat(url, token)).text();

    expect(isReadyBefore).toBe(false);
    expect(config).toMatchObject({ openrouter: { configured: true, mode: 'simulator' } });
    expect(answer).toMatch(/data: \[DONE\]\n\n$/);
    expect(server.output()).toContain('[OpenRouter] Provider initialized successfully');
    expect(server.output()).toContain('No OPENROUTER_API_KEY is set');
    expect(server.output()).toContain('random values were made');
    await stop(server);
  });

  it('has kept its accounts, secrets and sessions when it starts again', async () => {
    running = await startIn(cwd);

    const login = await fetch(`${running.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.com', password: aPassword }),
    });

    expect(login.status).toBe(200);
    expect(running.server.output()).not.toContain('random values');
  });

  it('refuses to share its folder with a second server, and names the first', async () => {
    const { server, url } = running;

    const second = runHost('index.ts', cwd, { PORT: '0' });

    expect(await second.ends()).toBe(1);
    expect(second.output()).toContain(
      `Another server (process ${server.process.pid}, ${url}) uses`,
    );
    expect((await fetch(`${url}/api/config`)).status).toBe(200);
  });

  it('starts again after it was killed', async () => {
    running.server.kill('SIGKILL');
    await running.server.ends();
    expect(existsSync(join(cwd, 'data/server.json'))).toBe(true);

    running = await startIn(cwd);

    expect((await fetch(`${running.url}/api/config`)).status).toBe(200);
  });

  it('lets a stream end before it stops, and takes no more requests meanwhile', async () => {
    const { server, url } = running;
    const token = await signUp(url, 'drain@example.com');
    const response = await chat(url, token);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();

    server.kill('SIGTERM');
    await server.sees(/Stopping \(SIGTERM\)/);
    const late = await fetch(`${url}/api/config`).catch(() => null);
    let answer = '';
    for (;;) {
      const chunk = await reader?.read();
      if (chunk === undefined || chunk.done) break;
      answer += chunk.value;
    }

    expect(late).toBeNull();
    expect(answer).toMatch(/data: \[DONE\]\n\n$/);
    expect(await server.ends()).toBe(0);
    expect(existsSync(join(cwd, 'data/server.json'))).toBe(false);
  });

  it('stops at once at a second signal', async () => {
    const { server, url } = await startIn(cwd);
    const token = await signUp(url, 'second@example.com');
    const response = await chat(url, token);
    await response.body?.getReader().read();

    server.kill('SIGINT');
    await server.sees(/Stopping \(SIGINT\)/);
    server.kill('SIGINT');

    expect(await server.ends()).toBe(1);
  });
});

describe('npm run token', () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await aReadyDirectory();
  });
  const token = (...parameters: string[]) => tokenIn(cwd, ...parameters);

  it('says what to do when there is no account yet', async () => {
    const { code, output } = await tokenIn(aWorkingDirectory());

    expect(code).toBe(1);
    expect(output).toBe('There is no account yet. Run npm start, open the page and create one.\n');
  });

  it('prints a working token while the server runs, and when it does not', async () => {
    const { server, url } = await startIn(cwd);
    expect((await token()).output).toContain('There is no account yet.');
    await signUp(url, 'ada@example.com');

    const only = await token();
    expect(only.code).toBe(0);
    expect(only.stdout).toMatch(/^eyJ[\w.-]+\n$/);
    expect(await whoIs(url, only.stdout.trim())).toMatchObject({ email: 'ada@example.com' });

    await signUp(url, 'bob@example.com');
    const [several, bob, nobody] = await Promise.all([
      token(),
      token('--email', ' BOB@example.com', '--json'),
      token('--email', 'eve@example.com'),
    ]);
    expect(several.code).toBe(1);
    expect(several.output).toBe(
      'Choose an account with --email: ada@example.com, bob@example.com.\n',
    );
    const answer = JSON.parse(bob.stdout);
    expect(answer).toEqual({
      token: expect.stringMatching(/^eyJ/),
      email: 'bob@example.com',
      expires_at: expect.stringMatching(/Z$/),
    });
    expect(await whoIs(url, answer.token)).toMatchObject({ email: 'bob@example.com' });
    expect(nobody.output).toBe('There is no account with the address eve@example.com.\n');
    await stop(server);

    const offline = await token('--email', 'ada@example.com');
    expect(offline.code).toBe(0);
    expect(offline.stdout).toMatch(/^eyJ/);
  });

  it('creates tokens for apps, while the server runs and when it does not', async () => {
    const ada = ['--email', 'ada@example.com'];

    const offline = await token(...ada, '--app', 'My app');
    expect(offline.stdout).toMatch(/^orn-[\w-]{43}\n$/);

    const { server, url } = await startIn(cwd);
    const options = ['--scopes', 'models', '--models', 'openai/*', '--limit', '5', '--expires', '2999-12-31']; // prettier-ignore
    const online = JSON.parse((await token(...ada, '--app', 'Other', ...options, '--json')).stdout);
    const wrong = await token(...ada, '--app', 'Third', '--limit', 'five', '--scopes', 'doctor');
    const { data } = (await (await send(`${url}/api/openrouter/models`, online.token)).json()) as { data: { id: string }[] }; // prettier-ignore
    const whole = await send(`${url}/api/openrouter/models`, offline.stdout.trim());
    await stop(server);

    expect(online).toMatchObject({
      name: 'Other',
      scopes: ['models'],
      models: ['openai/*'],
      monthly_limit_usd: 5,
      expires_at: '2999-12-31T00:00:00.000Z',
      email: 'ada@example.com',
    });
    expect(data.length).toBeGreaterThan(0);
    expect(data.every(({ id }) => id.startsWith('openai/'))).toBe(true);
    expect(whole.status).toBe(200);
    expect(wrong.code).toBe(1);
    expect(wrong.output).toMatch(/^--scopes: .*\n--limit: .*\n$/);
  });

  it('explains itself', async () => {
    const [help, nameless, wrong] = await Promise.all([
      token('--help'),
      token('--limit', '5'),
      token('--mail', 'x'),
    ]);

    expect([help.code, nameless.code, wrong.code]).toEqual([0, 1, 1]);
    expect(help.stdout).toContain('npm run -s token -- --email');
    expect(nameless.output).toMatch(/^Name the app with --app/);
    expect(wrong.output).toContain('--mail');
  });
});

describe('what keeps a server from starting', () => {
  it('is told whole, without a stack, when it is the configuration', async () => {
    const cwd = aWorkingDirectory();
    writeFileSync(join(cwd, '.env'), 'PORT=80800\nJWT_SECRET=hunter2\n');

    const server = runHost('index.ts', cwd, { LOG_LEVEL: 'loud' });

    expect(await server.ends()).toBe(1);
    expect(server.output()).toBe(`The configuration has 3 problems:

  PORT is not a whole number from 0 to 65535 (it is "80800").
      Example: PORT=3080

  JWT_SECRET is shorter than 32 characters.
      Example: JWT_SECRET=the output of: node -p "crypto.randomBytes(32).toString('hex')"

  LOG_LEVEL is none of debug, info, warn, error and silent (it is "loud").
      Example: LOG_LEVEL=info

`);
    expect(existsSync(join(cwd, 'data'))).toBe(false);
  });

  it('is told in one sentence when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const cwd = aWorkingDirectory();

    const server = runHost('index.ts', cwd, { PORT: String(port), LOG_FORMAT: 'pretty' });

    expect(await server.ends()).toBe(1);
    expect(server.output()).toContain(
      `Error: Port ${port} is in use by another program. Stop it, or set PORT to another number.\n`,
    );
    expect(server.output()).not.toContain('    at ');
    expect(existsSync(join(cwd, 'data/database'))).toBe(false);
    other.close();
  });

  it('is told without the password when the database does not answer', async () => {
    const server = runHost('index.ts', aWorkingDirectory(), {
      PORT: '0',
      DATABASE_URL: 'postgresql://me:hunter2@127.0.0.1:9/chat',
    });

    expect(await server.ends()).toBe(1);
    expect(server.output()).toContain(
      'The database of DATABASE_URL does not answer (connect ECONNREFUSED 127.0.0.1:9)',
    );
    expect(server.output()).not.toMatch(/hunter2|    at /);
  });

  it('is told when the embedded database is damaged', async () => {
    const cwd = aWorkingDirectory();
    mkdirSync(join(cwd, 'data/database'), { recursive: true });
    writeFileSync(join(cwd, 'data/database/PG_VERSION'), '18\n');

    const server = runHost('index.ts', cwd, { PORT: '0' });

    expect(await server.ends()).toBe(1);
    expect(server.output()).toContain('The embedded database cannot be opened');
    expect(existsSync(join(cwd, 'data/server.json'))).toBe(false);
  });
});

const serverUrl = findPostgres();
const onPostgres = serverUrl === null ? it.skip : it;

function send(address: string, bearer: string, body?: object, method = body ? 'POST' : 'GET') {
  return fetch(address, {
    method,
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` },
    ...(body && { body: JSON.stringify(body) }),
  });
}

describe(`two servers on PostgreSQL${serverUrl === null ? ' (left out: none lets us in)' : ''}`, () => {
  onPostgres('start at the same moment, share accounts, tokens and limits, and stop', async () => {
    const scratch = await createScratchDatabase(serverUrl ?? '');
    const cwd = aWorkingDirectory();
    const environment = { DATABASE_URL: scratch.url };
    const [one, other] = await Promise.all([startIn(cwd, environment), startIn(cwd, environment)]);

    const jwt = await signUp(one.url);
    const command = runHost('token.ts', cwd, environment);
    const code = await command.ends();

    expect(await whoIs(other.url, jwt)).toMatchObject({ email: 'ada@example.com', role: 'ADMIN' });
    expect(code).toBe(0);
    expect(await whoIs(other.url, command.stdout().trim())).toMatchObject({
      email: 'ada@example.com',
    });
    expect(existsSync(join(cwd, 'data/database'))).toBe(false);

    const limitUsd = 0.001;
    const wanted = { name: 'App', scopes: ['models', 'chat'], monthly_limit_usd: limitUsd };
    const created = await send(`${one.url}/api/tokens`, jwt, wanted);
    const { id, token: appToken } = (await created.json()) as { id: string; token: string };
    const question = {
      model: 'openai/gpt-5-mini',
      messages: [{ role: 'user', content: 'Hi' }],
      max_tokens: 64,
    };
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const { url } = index % 2 === 0 ? one : other;
        const answer = await send(`${url}/api/openrouter/chat/completions`, appToken, question);
        return {
          status: answer.status,
          body: (await answer.json()) as { usage?: { cost: number } },
        };
      }),
    );
    const costs = answers.flatMap(({ body }) => body.usage?.cost ?? []);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 402]));
    expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeLessThanOrEqual(limitUsd);

    const statusAt = async (url: string) =>
      (await send(`${url}/api/openrouter/models`, appToken)).status;
    expect(await statusAt(other.url)).toBe(200);
    await send(`${one.url}/api/tokens/${id}`, jwt, undefined, 'DELETE');
    expect(await statusAt(one.url)).toBe(401);
    await until(async () => (await statusAt(other.url)) === 401);

    await Promise.all([stop(one.server), stop(other.server)]);
    await scratch.drop();
  });
});

describe('an unexpected failure', () => {
  it.each(['Promise.reject', '((error) => { throw error })'])(
    'ends the server with a log line that holds no secret: %s',
    async (fail) => {
      const failure = `setInterval(()=>globalThis.failNow&&${fail}(new Error("with ${aKey('a')}")),20)`;
      const trigger = `process.stdout.write=new Proxy(process.stdout.write,{apply(t,s,[x,...r]){globalThis.failNow||=String(x).includes("is ready");return t.call(s,x,...r)}})`;
      const code = encodeURIComponent(`${trigger};${failure}`);
      const server = runHost('index.ts', settled, {
        PORT: '0',
        NODE_OPTIONS: `--import=data:text/javascript,${code}`,
      });

      expect(await server.ends()).toBe(1);
      expect(server.output()).toContain('The server stops because of an unexpected failure');
      expect(server.output()).toContain('with [redacted]');
      expect(server.output()).not.toContain(aKey('a'));
    },
  );
});

describe('a server with a key', () => {
  it('says that the provider is up, and nothing of the simulator', async () => {
    const { server } = await startIn(settled, {
      OPENROUTER_API_KEY: aKey('a'),
      OPENROUTER_BASE_URL: 'http://127.0.0.1:9/api/v1',
      LOG_FORMAT: 'pretty',
    });

    expect(server.output()).toMatch(/^\S+ \[OpenRouter\] Provider initialized successfully$/m);
    expect(server.output()).not.toContain('simulator');
    expect(server.output()).not.toContain(aKey('a'));
    await stop(server);
  });

  it('runs without the provider, and says why, when the key cannot be one', async () => {
    const { server, url } = await startIn(settled, {
      OPENROUTER_API_KEY: '"hunter2hunter2"',
    });

    const health = await fetch(`${url}/api/openrouter/health`);

    expect(health.status).toBe(503);
    expect(server.output()).toContain(
      '[OpenRouter] Provider not available. OPENROUTER_API_KEY is not an OpenRouter key: it does not start with sk-or-.',
    );
    expect(server.output()).not.toMatch(/initialized successfully|hunter2/);
    await stop(server);
  });
});

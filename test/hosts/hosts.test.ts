import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import {
  chatCompletionSchema,
  creditsSchema,
  modelListSchema,
  modelsResponseSchema,
} from '@openrouter-native/protocol';
import {
  startSimulator,
  type ScriptedResponse,
  type Simulator,
} from '@openrouter-native/simulator';
import { screens } from '../browser/support/browser.ts';
import { inChromium } from '../browser/support/in-chromium.ts';
import { runNode } from '../support/host-process.ts';
import { payloadsOf } from '../support/outcome.ts';
import { until } from '../support/wait.ts';
import { appToken, startExpressHost, type ExpressHost } from './support/express-host.ts';
import {
  checkTypes,
  filesIn,
  installInto,
  packages,
  packInto,
  readFrom,
  root,
  type PackageName,
} from './support/packages.ts';

const CHAT = '/api/openrouter/chat/completions';
const question = {
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: 'Name three rivers.' }],
};

let folder: string;
let tarballs: Record<PackageName, string>;
let simulator: Simulator;
const inside = (...path: string[]) => join(folder, ...path);
const lastChat = () =>
  simulator.requests.findLast(({ path }) => path.endsWith('/chat/completions'));
let takeBack = () => {};
afterEach(() => takeBack());
/** Scripts what upstream answers to the next chat request of a test. */
function answerWith(respond: ScriptedResponse): void {
  takeBack = simulator.script({ match: { path: '/chat/completions' }, respond });
}

beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
  folder = await mkdtemp(join(tmpdir(), 'hosts-'));
  tarballs = await packInto(folder);
  const { react, ...onServers } = tarballs;
  const server = [...Object.values(onServers), '@types/node@22'];
  await Promise.all([
    installInto(inside('express-4-commonjs'), ['express@4', '@types/express@4', ...server]),
    installInto(inside('express-5-esm'), ['express@5', '@types/express@5', ...server]),
    installInto(inside('react-18-query-4'), [
      ...['react', 'react-dom', '@types/react', '@types/react-dom'].map((name) => `${name}@18`),
      '@tanstack/react-query@4',
      tarballs.protocol,
      react,
    ]),
  ]);
  for (const host of ['express-4-commonjs', 'express-5-esm', 'react-18-query-4']) {
    await cp(join(import.meta.dirname, host), inside(host), { recursive: true });
  }
}, 180_000);
afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

describe.each(packages)('the tarball of %s', (name) => {
  it('holds what is needed, and no tests', async () => {
    const files = await filesIn(tarballs[name]);
    const scripts = files.filter((file) => file.endsWith('.js'));

    expect(files).toEqual(expect.arrayContaining(['README.md', 'dist/index.js']));
    expect(files).toEqual(expect.arrayContaining(scripts.map((file) => `${file}.map`)));
    expect(files).toEqual(
      expect.arrayContaining(scripts.map((file) => file.replace('.js', '.d.ts'))),
    );
    // For resolvers that do not look at "exports", such as TypeScript's old one, which LibreChat has set.
    expect(JSON.parse(await readFrom(tarballs[name], 'package.json'))).toMatchObject({
      main: './dist/index.js',
      types: './dist/index.d.ts',
    });
    expect(files.filter((file) => /\.test\.|\/testing\//.test(file))).toEqual([]);
  });

  it('holds the licence of the whole, and sources for debuggers', async () => {
    const licence = await readFrom(tarballs[name], 'LICENSE');
    const map = JSON.parse(await readFrom(tarballs[name], 'dist/index.js.map'));

    expect(licence).toBe(await readFile(join(root, 'LICENSE'), 'utf8'));
    expect(map.sourcesContent).toEqual([await readFile(join(root, `packages/${name}/src/index.ts`), 'utf8')]); // prettier-ignore
  });
});

describe.each([
  ['Express 4, CommonJS', 'express-4-commonjs', 'server.cjs'],
  ['Express 5, ESM', 'express-5-esm', 'server.mjs'],
])('an app with %s', (_title, name, file) => {
  let host: ExpressHost;
  beforeAll(async () => {
    host = await startExpressHost(inside(name), file, simulator);
  });
  it('lists models, credits and health', async () => {
    const models = modelsResponseSchema.parse(await (await host.get('/api/openrouter/models')).json()); // prettier-ignore
    const credits = creditsSchema.parse(await (await host.get('/api/openrouter/credits')).json());
    const health = await fetch(`${host.url}/api/openrouter/health`);

    expect(models.data.length).toBeGreaterThan(400);
    expect(credits.usage).toBeGreaterThan(0);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: 'healthy', version: '1.0.0' });
  });

  it('lets its own guard answer who is not signed in', async () => {
    for (const path of ['models', 'credits', 'chat/completions']) {
      const response = await fetch(`${host.url}/api/openrouter/${path}`);

      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ message: 'Please sign in.' });
    }
  });

  it('answers as JSON', async () => {
    const response = await host.post(CHAT, question);

    expect(response.status).toBe(200);
    const { choices } = chatCompletionSchema.parse(await response.json());
    expect(choices?.[0]?.message?.content).toBeTruthy();
  });

  it('streams each piece as it comes', async () => {
    const upstream = await stream();

    expect(payloadsOf(await upstream.read())).toEqual([piece('The Nile')]); // Nothing else was sent yet.
    upstream.events.write(piece(', the Rhine'));
    expect(payloadsOf(await upstream.read())).toEqual([piece(', the Rhine')]);
    upstream.events.write(theEnd);
    upstream.events.end('[DONE]');
    expect(payloadsOf(await upstream.rest()).at(-1)).toBe('[DONE]');
  });

  it('stops upstream when its reader leaves', async () => {
    const upstream = await stream();
    await upstream.read();

    upstream.leave();

    await until(() => lastChat()?.aborted === true);
  });

  it('explains a failure, and lives on', async () => {
    answerWith({ status: 402, body: { error: { code: 402, message: 'Insufficient credits.' } } });

    const responses = [
      await host.post(CHAT, question),
      await host.post(CHAT, { model: 7 }),
      await host.get('/api/openrouter/models?force=perhaps'),
      await host.get('/api/openrouter/nothing'),
    ];

    const told = await Promise.all(responses.map((response) => response.json()));
    expect(told.map(({ error }) => [error.code, error.reason])).toEqual([
      [402, 'insufficient_credits'],
      [400, 'invalid_request'],
      [400, 'invalid_request'],
      [404, 'not_found'],
    ]);
    expect((await host.get('/api/openrouter/health')).status).toBe(200);
  });

  it('keeps its own routes, and its own limit for bodies', async () => {
    const long = { ...question, messages: [{ role: 'user', content: 'word '.repeat(40_000) }] };

    expect(await (await host.post('/echo', { mine: true })).json()).toEqual({ mine: true });
    expect((await host.post('/echo', long)).status).toBe(413);
    expect((await host.post(CHAT, long)).status).toBe(200);
  });

  it('ends when it is told to, after the answers under way', async () => {
    const upstream = await stream();
    await upstream.read();

    host.process.kill('SIGTERM');
    upstream.events.write(theEnd);
    upstream.events.end('[DONE]');

    expect(payloadsOf(await upstream.rest()).at(-1)).toBe('[DONE]');
    expect(await host.process.ends()).toBe(0);
  });

  /** Asks for a stream that the test writes, of which the first piece is on its way. */
  async function stream() {
    const events = new PassThrough({ objectMode: true });
    answerWith({ events });
    events.write(piece('The Nile'));
    const leaving = new AbortController();
    const { signal } = leaving;
    const response = await host.post(CHAT, { ...question, stream: true }, { signal });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const read = async () => (await reader.read()).value ?? '';
    async function rest() {
      let text = '';
      for (let more = await read(); more !== ''; more = await read()) text += more;
      return text;
    }
    return { events, read, rest, leave: () => leaving.abort() };
  }
});

function piece(content: string): string {
  return JSON.stringify({ model: 'a/b', choices: [{ index: 0, delta: { content } }] });
}
const theEnd = JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });

it.each([
  ['express-4-commonjs', ['server.cjs']],
  ['express-5-esm', ['server.mjs']],
  ['react-18-query-4', ['index.html', 'main.tsx', 'vite.config.mjs', 'tsconfig.json']],
])('is what its guide shows: %s', async (name, files) => {
  const guide = await readFile(join(root, `docs/guides/hosts/${name}.md`), 'utf8');

  for (const file of files)
    expect(guide).toContain(`\n${await readFile(inside(name, file), 'utf8')}\`\`\``);
});

it('has types for each of them, in either kind of module and for bundlers', async () => {
  const server = '--target es2022 --lib es2022 --types node --allowJs --checkJs'.split(' ');
  const nodenext = [...server, '--module', 'nodenext'];
  const bundler = [...server, '--module', 'preserve', '--moduleResolution', 'bundler'];
  const typed = join(import.meta.dirname, 'types/server.mts');
  await cp(typed, inside('express-4-commonjs/typed.cts'));
  await cp(typed, inside('express-4-commonjs/typed.mts'));
  await cp(typed, inside('express-5-esm/typed.mts'));

  await Promise.all([
    checkTypes(inside('express-4-commonjs'), [...nodenext, 'server.cjs', 'typed.cts', 'typed.mts']),
    checkTypes(inside('express-5-esm'), [...bundler, 'server.mjs', 'typed.mts']),
    checkTypes(inside('react-18-query-4'), ['--project', '.']), // For a bundler as well.
  ]);
}, 120_000);

it('starts the simulator by its name', async () => {
  const bin = inside('express-5-esm/node_modules/.bin/openrouter-simulator');
  const program = runNode([bin, '--port', '0'], folder);
  const [, url] = await program.sees(/simulator at (\S+)/);

  const response = await fetch(`${url}/models`);
  program.kill('SIGTERM');

  expect(modelListSchema.parse(await response.json()).data.length).toBeGreaterThan(400);
  expect(await program.ends()).toBe(0);
});

inChromium('a page with React 18 and TanStack Query 4', (openPage) => {
  it('shows models and credits, and an answer as it comes', async () => {
    const { capped } = simulator.keys;
    const host = await startExpressHost(inside('express-5-esm'), 'server.mjs', simulator, capped);
    const url = await serve(inside('react-18-query-4'), host.url);
    const { page, complaints } = await openPage(screens.desktop);
    await page.addInitScript((token) => sessionStorage.setItem('token', token), appToken);
    const events = new PassThrough({ objectMode: true });
    answerWith({ events });
    const answer = page.getByRole('article');

    await page.goto(url);
    const picker = page.getByRole('combobox', { name: 'Model' });
    await picker.selectOption('anthropic/claude-haiku-4.5');
    expect(await picker.getByRole('option').count()).toBeGreaterThan(400);
    await page.getByText('0.01 USD left').waitFor();
    await page.getByRole('button', { name: 'Ask' }).click();
    events.write(piece('It scatters'));
    await answer.getByText('It scatters', { exact: true }).waitFor();
    expect(await answer.getAttribute('aria-busy')).toBe('true');
    events.write(piece(' blue light.'));
    events.write(theEnd);
    events.end('[DONE]');
    await page.getByRole('button', { name: 'Ask' }).waitFor();

    expect(await answer.innerText()).toBe('It scatters blue light.');
    expect(lastChat()?.body).toMatchObject({
      model: 'anthropic/claude-haiku-4.5',
    });
    expect(complaints).toEqual([]);
  });
});

/** Builds the page and serves it, as its guide does. @returns Where it is. */
async function serve(project: string, serverUrl: string): Promise<string> {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const environment = { SERVER_URL: serverUrl, NO_COLOR: '1' };
  await runNode([vite, 'build', '--logLevel', 'error'], project, environment).ends();
  const preview = runNode([vite, 'preview', '--host', '127.0.0.1'], project, environment);
  const [, url] = await preview.sees(/Local: +(\S+)/);
  return url!;
}

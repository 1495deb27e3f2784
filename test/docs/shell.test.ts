import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aPdf } from '@openrouter-native/api/files/testing/samples';
import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { COMPILE_CACHE, runHost } from '../support/host-process.ts';
import { aReadyDirectory } from '../support/ready-directory.ts';
import { readPages, type Fence } from './markdown.ts';
import { root } from './root.ts';
import { commandsOf, isRunnable, problemsOf, SHELL_LANGUAGES } from './shell.ts';

const pages = readPages();
const { scripts: rootScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const snippets = pages
  .flatMap(({ fences }) => fences)
  .filter(({ language }) => SHELL_LANGUAGES.includes(language));
const run = snippets.filter(isRunnable);
const unrun = snippets.filter((snippet) => !isRunnable(snippet));

/** Problems of the commands of a snippet, by page and line. */
function mistakesIn(snippet: Fence): string[] {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: snippet.text, encoding: 'utf8' });
  const syntax = status === 0 ? [] : [`${snippet.at}: ${stderr.trim()}`];
  const commands = commandsOf(snippet).flatMap((command) =>
    problemsOf(command).map((problem) => `${snippet.page}:${command.line}: ${problem}`),
  );
  return [...syntax, ...commands];
}

it.each(unrun)('$at: checks syntax, scripts, files and flags, and does not run it', (snippet) => {
  expect(mistakesIn(snippet)).toEqual([]);
});

const hasCurl = spawnSync('curl', ['--version']).status === 0;
const setting = 'with a server and a simulator, and a copy of the repository to work in';
const describeRuns = hasCurl ? describe : describe.skip;

describeRuns(hasCurl ? setting : `${setting} (left out: curl is not installed)`, () => {
  // Links to everything, so that a command finds what it needs and can write beside it.
  let sandbox: string;
  let simulator: Simulator;
  let replaced: [string, string][];
  let tokens: { TOKEN: string; OPENROUTER_NATIVE_TOKEN: string };
  /** What the answer to one snippet brings for the next ones of its page. */
  const brought = new Map<string, Record<string, string>>();

  beforeAll(async () => {
    sandbox = await aReadyDirectory();
    for (const name of readdirSync(root)) {
      if (!['.env', '.git', 'data', '.cache'].includes(name)) {
        symlinkSync(join(root, name), join(sandbox, name));
      }
    }
    writeFileSync(join(sandbox, '.curlrc'), 'fail-with-body\nsilent\nshow-error\nmax-time = 30\n');
    writeFileSync(join(sandbox, 'minutes.pdf'), aPdf());
    simulator = await startSimulator({ tokensPerSecond: Infinity, scripting: true });
    const host = runHost('index.ts', sandbox, { PORT: '0' });
    const [, url = ''] = await host.sees(/open (http:\S+)/);
    replaced = [
      ['http://localhost:3080', url],
      ['http://127.0.0.1:4010', new URL(simulator.url).origin],
    ];
    const signedUp = await tokenFrom(`${url}/api/auth/register`, {
      name: 'You',
      email: 'you@example.com',
      password: 'correct horse battery',
      confirm_password: 'correct horse battery',
    });
    const ofApp = await tokenFrom(
      `${url}/api/tokens`,
      { name: 'Pages', scopes: ['models', 'credits', 'chat'] },
      signedUp,
    );
    tokens = { TOKEN: signedUp, OPENROUTER_NATIVE_TOKEN: ofApp };
  });
  afterAll(() => simulator.close());

  it.each(run)('$at: runs it', async (snippet) => {
    expect(mistakesIn(snippet)).toEqual([]);

    const { status, stdout, output } = await execute(snippet);

    if (status !== 0) throw new Error(`${snippet.at} ended with ${status}:\n${output}`);
    brought.set(snippet.page, { ...brought.get(snippet.page), ...variablesIn(stdout) });
  });

  async function execute({ text, page }: Fence) {
    const script = replaced.reduce((now, [from, to]) => now.replaceAll(from, to), text);
    const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: sandbox,
      env: {
        PATH: process.env.PATH,
        CURL_HOME: sandbox,
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        npm_config_update_notifier: 'false', // It would ask the registry.
        ...tokens,
        ...brought.get(page),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk) => {
      stdout += String(chunk);
      output += String(chunk);
    });
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    await once(child, 'close');
    return { status: child.exitCode, stdout, output };
  }
});

async function tokenFrom(address: string, body: object, token = ''): Promise<string> {
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token !== '' && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return ((await response.json()) as { token: string }).token;
}

/** Names that the pages use for what an answer holds. */
function variablesIn(stdout: string): Record<string, string> {
  const [, streamId] = /"streamId":"([^"]+)"/.exec(stdout) ?? [];
  const [, tokenId] = /"id":"([0-9a-f-]{36})","name":"[^"]*","hint":"orn-/.exec(stdout) ?? [];
  return {
    ...(streamId !== undefined && { STREAM_ID: streamId }),
    ...(tokenId !== undefined && { TOKEN_ID: tokenId }),
  };
}

const aSnippet = (text: string): Fence => ({
  at: 'made-up.md:1',
  page: 'made-up.md',
  line: 2,
  language: 'sh',
  text,
});

it.each([
  ['npm run nothing', 'there is no script "nothing"'],
  ['npm run -s doctor -- --jason', 'doctor has no flag --jason'],
  ['npx openrouter-simulator --ports 1', 'openrouter-simulator has no flag --ports'],
  ['npx openrouter-nothing', 'there is no command openrouter-nothing'],
  ['A=1 npm run bench -- \\\n  --round 9', 'bench has no flag --round'],
  ['cat docs/nothing.md', 'there is no docs/nothing.md'],
  ['if true; then', 'syntax error'],
])('would notice a wrong one: %s', (text, problem) => {
  expect(mistakesIn(aSnippet(text))).toEqual([expect.stringContaining(problem)]);
});

it('knows every command that a page names in a line', () => {
  const named = pages.flatMap(({ path, code }) =>
    code
      .filter(({ text }) => /^np[mx] /.test(text) && !/[…*[\]]|\b[A-Z]+$/.test(text))
      .map((one) => ({ ...one, page: path, language: 'sh' })),
  );

  expect(named.length).toBeGreaterThan(20);
  expect(named.flatMap(mistakesIn)).toEqual([]);
});

it('lists every script of the repository on the page of commands', () => {
  const listed = pages.find(({ path }) => path === 'docs/commands.md')?.code ?? [];
  const commands = listed.map(({ text }) => text.replace(/^npm (run )?/, ''));

  expect(Object.keys(rootScripts).filter((script) => !commands.includes(script))).toEqual([]);
});

it('runs what asks our own server, and nothing else', () => {
  expect(run.length).toBeGreaterThan(8);
  expect(isRunnable(aSnippet('curl http://localhost:3080/health # ours'))).toBe(true);
  expect(isRunnable(aSnippet('TOKEN=$(npm run --silent token -- --email a@b.c)'))).toBe(true);
  expect(isRunnable(aSnippet('curl https://openrouter.ai/api/v1/models'))).toBe(false);
  expect(isRunnable(aSnippet('npm start && curl http://localhost:3080/health'))).toBe(false);
});

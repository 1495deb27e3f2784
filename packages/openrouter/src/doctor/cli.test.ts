import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { doctorReportSchema } from '@openrouter-native/protocol';
import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { aKey } from '../testing/keys.ts';

jest.setTimeout(20_000);

let simulator: Simulator;
let directory: string;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
  directory = mkdtempSync(join(tmpdir(), 'doctor-'));
});
afterAll(async () => {
  await simulator.close();
  rmSync(directory, { recursive: true });
});

/** The command as a person runs it, in a folder of its own. */
async function doctor(parameters: string[], input = '') {
  const child = spawn(
    process.execPath,
    ['--conditions=@openrouter-native/source', join(__dirname, 'cli.ts'), ...parameters],
    // A key in the environment is nobody's business here.
    { cwd: directory, env: { PATH: process.env['PATH'], OPENROUTER_API_KEY: aKey('f') } },
  );
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { stdout, stderr, code: child.exitCode };
}

const at = () => ['--base-url', simulator.url];

it('examines the key from standard input, in plain words when it is no terminal', async () => {
  const { stdout, stderr, code } = await doctor(
    ['--key-file', '-', ...at()],
    `${simulator.keys.guarded}\n`,
  );

  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain(
    'OPENROUTER_API_KEY = sk-or-v1-…dada (from standard input, 73 characters)',
  );
  expect(stdout).toContain('✓ The key itself (/key)  ok');
  expect(stdout).toMatch(/The answers cost \$0\.0000\d+\./);
  expect(stdout).not.toContain('\u001b');
});

it('reads .env of the folder, and ends with 1 when something failed', async () => {
  writeFileSync(
    join(directory, '.env'),
    `OPENROUTER_API_KEY="${simulator.keys.disabled}"\nOPENROUTER_BASE_URL=${simulator.url}\n`,
  );

  const { stdout, code } = await doctor(['--json']);

  rmSync(join(directory, '.env'));
  const report = doctorReportSchema.parse(JSON.parse(stdout));
  expect(code).toBe(1);
  expect(report.conclusion.causes[0]?.cause).toBe('key_disabled');
  expect(report.checks[0]?.evidence.join()).toContain('from .env');
});

it('never reads a key out of the environment', async () => {
  const { stdout, code } = await doctor(['--skip-completions', ...at()]);

  expect(code).toBe(1);
  expect(stdout).toContain('✗ No OpenRouter key is set.');
});

it('writes Markdown in which nothing that was sent becomes markup', async () => {
  simulator.script({
    match: { path: '/key' },
    respond: { status: 401, body: { error: { code: 401, message: '[x](http://evil) <img> `a`' } } },
  });

  const { stdout, code } = await doctor(
    ['--markdown', '--key-file', '-', ...at()],
    simulator.keys.guarded,
  );

  expect(code).toBe(1);
  expect(stdout).toMatch(/^# OpenRouter doctor\n\n\*\*OpenRouter does not know the key/);
  expect(stdout).toContain(String.raw`\[x\](http://evil) \<img\> \`a\``);
});

it('leaves out what costs money', async () => {
  const { stdout } = await doctor(
    ['--skip-completions', '--key-file', '-', ...at()],
    simulator.keys.guarded,
  );

  expect(stdout).toContain('– Answer of a cheap model  skipped');
  expect(stdout).toContain('It cost nothing.');
});

it.each([
  [[aKey('a')], /a key is read from a file or from standard input/],
  [['--key', aKey('a')], /An option is unknown/],
  [['--key-file', 'nowhere.txt'], /There is no file nowhere\.txt/],
  [['--base-url', 'not-a-url'], /OPENROUTER_BASE_URL must be a URL/],
  [['--public-url', 'http://localhost:1'], /needs --token-file/],
])('explains wrong use without repeating a key: %j', async (parameters, told) => {
  const { stdout, stderr, code } = await doctor(parameters);

  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(told);
  expect(stderr).not.toMatch(/a{5}/);
});

it('prints its options', async () => {
  const { stdout, code } = await doctor(['--help']);

  expect(code).toBe(0);
  for (const option of [
    '--json',
    '--markdown',
    '--skip-completions',
    '--public-url',
    '--key-file',
  ]) {
    expect(stdout).toContain(option);
  }
});

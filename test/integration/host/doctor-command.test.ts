import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { doctorReportSchema, type DoctorReport } from '@openrouter-native/protocol';
import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { aWorkingDirectory, runHost } from '../../support/host-process.ts';
import { aReadyDirectory } from '../../support/ready-directory.ts';

jest.setTimeout(60_000); // Two processes, one of which opens a database.

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

/** `npm run doctor` in a folder; its report, and how it ended. */
async function doctor(cwd: string, ...parameters: string[]) {
  const command = runHost('doctor.ts', cwd, {}, ['--json', ...parameters]);
  const code = await command.ends();
  const text = command.stdout();
  const report = doctorReportSchema.parse(JSON.parse(text));
  return { code, report, text };
}

function causesOf({ conclusion }: DoctorReport): string[] {
  return conclusion.causes.map(({ cause }) => cause);
}

function writeEnv(cwd: string, settings: Record<string, string>): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(cwd, '.env'), lines.join(''));
}

it('examines the running server, and finds what was changed without a restart', async () => {
  const cwd = await aReadyDirectory();
  const settings = {
    PORT: '0',
    OPENROUTER_API_KEY: simulator.keys.guarded,
    OPENROUTER_BASE_URL: simulator.url,
  };
  writeEnv(cwd, settings);
  const server = runHost('index.ts', cwd);
  await server.sees(/is ready/);

  const before = await doctor(cwd);
  writeEnv(cwd, { ...settings, OPENROUTER_API_KEY: simulator.keys.inference });
  const after = await doctor(cwd, '--skip-completions');
  writeEnv(cwd, { ...settings, JWT_SECRET: 'x'.repeat(40) });
  const other = await doctor(cwd, '--skip-completions');
  server.kill('SIGTERM');
  await server.ends();

  expect(before.code).toBe(0);
  expect(before.report.cost_usd).toBeGreaterThan(0);
  expect(causesOf(before.report)).not.toContain('server_outdated');
  expect(before.text).not.toMatch(/dadad/);
  expect(causesOf(after.report)).toContain('server_outdated');
  expect(after.text).toContain('OPENROUTER_API_KEY');
  // A token made with another secret is refused, and the missing restart is the root of that.
  expect(other.code).toBe(1);
  expect(causesOf(other.report).slice(0, 2)).toEqual(['server_outdated', 'stream_refused']);
});

it('works before the server was ever started, and says that it does not run', async () => {
  const cwd = aWorkingDirectory();
  writeEnv(cwd, { PORT: '1', OPENROUTER_API_KEY: simulator.keys.guarded, OPENROUTER_BASE_URL: simulator.url }); // prettier-ignore

  const { code, report } = await doctor(cwd, '--skip-completions');

  expect(code).toBe(0);
  expect(causesOf(report)).toContain('server_stopped');
  expect(report.conclusion.sentence).toMatch(/the server does not run\./);
});

it('without a key examines the embedded simulator, and says so', async () => {
  const cwd = aWorkingDirectory();
  writeEnv(cwd, { PORT: '1' });

  const { code, report } = await doctor(cwd, '--skip-completions');

  expect(code).toBe(0);
  expect(causesOf(report)).toContain('simulator');
});

it('ends with 1 for a key that is refused, and names the key as the problem', async () => {
  const cwd = aWorkingDirectory();
  writeEnv(cwd, { PORT: '1', OPENROUTER_API_KEY: simulator.keys.disabled, OPENROUTER_BASE_URL: simulator.url }); // prettier-ignore

  const { code, report } = await doctor(cwd);

  expect(code).toBe(1);
  expect(report.conclusion.causes[0]).toMatchObject({ cause: 'key_disabled', kind: 'key' });
});

it('finds another program in the place of the server', async () => {
  const other = createServer((_request, response) => response.end('hello'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const cwd = aWorkingDirectory();
  writeEnv(cwd, { PORT: String((other.address() as AddressInfo).port) });

  const { code, report } = await doctor(cwd, '--skip-completions');

  other.closeAllConnections();
  other.close();
  expect(code).toBe(1);
  expect(causesOf(report)[0]).toBe('server_fails');
});

it('tells what keeps the configuration from being read', async () => {
  const cwd = aWorkingDirectory();
  writeEnv(cwd, { PORT: 'many', JWT_SECRET: 'much-too-short' });

  const { code, report, text } = await doctor(cwd);

  expect(code).toBe(1);
  expect(causesOf(report)).toEqual(['configuration_invalid']);
  expect(report.checks[0]?.evidence.join('\n')).toMatch(/PORT .*\nJWT_SECRET is shorter/);
  expect(text).not.toContain('much-too-short');
});

it('explains its options, and wrong use', async () => {
  const cwd = aWorkingDirectory();
  const help = runHost('doctor.ts', cwd, {}, ['--help']);
  const wrong = runHost('doctor.ts', cwd, {}, ['--public-url', 'nowhere']);

  expect(await help.ends()).toBe(0);
  expect(help.stdout()).toContain('--skip-completions');
  expect(await wrong.ends()).toBe(1);
  expect(wrong.output()).toContain('--public-url must be a web address');
});

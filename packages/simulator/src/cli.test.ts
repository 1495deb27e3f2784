import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

/** Runs the command and gathers what it prints. */
function run(...options: string[]) {
  const args = ['--conditions=@openrouter-native/source', CLI, ...options];
  const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child = started;
  const printed = { out: '', error: '' };
  started.stdout.on('data', (data: Buffer) => (printed.out += data.toString()));
  started.stderr.on('data', (data: Buffer) => (printed.error += data.toString()));
  return { started, printed };
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  'serves until %s, and has told where and with which keys',
  async (signal) => {
    const { started, printed } = run(
      '--port',
      '0',
      '--tokens-per-second',
      'Infinity',
      '--scripting',
    );
    while (!printed.out.includes('guarded')) await once(started.stdout, 'data');
    const url = /http:\S+/.exec(printed.out)?.[0] ?? '';
    const key = /inference\s+(sk-or-v1-\w+)/.exec(printed.out)?.[1];

    const response = await fetch(`${url}/key`, { headers: { authorization: `Bearer ${key}` } });
    const control = await fetch(new URL('/__simulator/requests', url));
    started.kill(signal);
    const [code] = (await once(started, 'exit')) as [number | null];

    expect(key).toBe(`sk-or-v1-${'0'.repeat(64)}`);
    expect(response.status).toBe(200);
    expect(control.status).toBe(200);
    expect(code).toBe(0);
  },
);

it('explains itself', async () => {
  const { started, printed } = run('--help');
  const [code] = (await once(started, 'close')) as [number];

  expect(code).toBe(0);
  expect(printed.out).toMatch(/--tokens-per-second/);
});

it.each([
  [['--port', 'x'], /--port must be/],
  [['--tokens-per-second', '0'], /--tokens-per-second must be/],
  [['--speed', '1'], /--speed/],
])('refuses %p with a message', async (options, message) => {
  const { started, printed } = run(...options);
  const [code] = (await once(started, 'close')) as [number];

  expect(code).toBe(2);
  expect(printed.error).toMatch(message);
});

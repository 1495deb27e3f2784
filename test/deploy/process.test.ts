import { once } from 'node:events';
import { connect } from 'node:net';
import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { runHost } from '../support/host-process.ts';
import { aReadyDirectory } from '../support/ready-directory.ts';
import { until } from '../support/wait.ts';
import { signUpAt } from './support/sign-up.ts';

jest.setTimeout(60_000); // A start takes a second or two, and much more on a busy machine.

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: 20 });
});
afterAll(() => simulator.close());

it('keeps connections for longer than a proxy does, and lets go of them when it stops', async () => {
  const server = runHost('index.ts', await aReadyDirectory(), {
    PORT: '0',
    SHUTDOWN_TIMEOUT: '500',
    OPENROUTER_API_KEY: simulator.keys.inference,
    OPENROUTER_BASE_URL: simulator.url,
    OPENROUTER_BACKGROUND_REFRESH: 'false',
  });
  const [, port = '', url = ''] = await server.sees(/is ready: open (?=\S+:(\d+))(\S+\d)/);
  const token = await signUpAt(url);
  simulator.script({ match: { path: '/chat/completions' }, stallAtByte: 2000 });
  const question = JSON.stringify({
    model: 'openai/gpt-4o',
    stream: true,
    messages: [{ role: 'user', content: 'Hi' }],
  });

  // By hand, because no client asks twice before the first answer has ended.
  const socket = connect(Number(port), 'localhost');
  let heard = '';
  socket.on('data', (data) => (heard += String(data)));
  const closed = once(socket, 'close');
  socket.write('GET /health HTTP/1.1\r\nHost: a\r\n\r\n');
  await until(() => heard.endsWith('OK'));
  socket.write(
    `POST /api/openrouter/chat/completions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${question.length}\r\n\r\n${question}`,
  );
  await until(() => heard.includes('\ndata: '));
  const stoppedAt = Date.now();
  server.kill('SIGTERM');
  await server.sees(/Stopping \(SIGTERM\); running answers have 0.5 s to end/);
  socket.write('GET /health HTTP/1.1\r\nHost: a\r\n\r\n');
  await closed;

  const [first, answer, last] = heard.split('HTTP/1.1 200 OK\r\n').slice(1);
  expect(first).toContain('\r\nKeep-Alive: timeout=75\r\n');
  expect(answer).toContain('"reason":"shutting_down"');
  expect(answer).toContain('data: [DONE]\n\n');
  expect(last).toContain('Connection: close\r\n');
  expect(await server.ends()).toBe(0);
  expect(Date.now() - stoppedAt).toBeLessThan(5_000); // And not the ten seconds of the default.
});

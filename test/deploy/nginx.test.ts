import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:http2';
import { request as ask } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import {
  decodeEventStream,
  doctorReportSchema,
  errorBodySchema,
  type DoctorCheck,
} from '@openrouter-native/protocol';
import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { runHost, type HostProcess } from '../support/host-process.ts';
import { aReadyDirectory } from '../support/ready-directory.ts';
import { until } from '../support/wait.ts';
import { aCertificate, type Certificate } from './support/certificate.ts';
import { nginxPath, startNginx, type Changes, type Nginx } from './support/nginx.ts';
import { aQuestion, paceNextAnswer } from './support/paced-answer.ts';
import { signUpAt } from './support/sign-up.ts';

jest.setTimeout(60_000); // A start takes a second or two, and much more on a busy machine.

const WORDS = 7; // And three more events.
const PAUSE_MS = 150; // Between two events.
const withNginx = nginxPath === null ? describe.skip : describe;

withNginx(
  `deploy/nginx.conf${nginxPath === null ? ' (left out: no nginx is installed)' : ''}`,
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'in-front-'));
    let certificate: Certificate;
    let simulator: Simulator;
    let server: HostProcess;
    let address: string;
    let token: string;
    let nginx: Nginx;
    beforeAll(async () => {
      certificate = aCertificate(directory);
      simulator = await startSimulator({ tokensPerSecond: Infinity });
      server = runHost('index.ts', await aReadyDirectory(), {
        PORT: '0',
        TRUST_PROXY: '1',
        OPENROUTER_API_KEY: simulator.keys.inference,
        OPENROUTER_BASE_URL: simulator.url,
        OPENROUTER_BACKGROUND_REFRESH: 'false',
        NODE_EXTRA_CA_CERTS: certificate.certificatePath, // The doctor looks through nginx as well.
      });
      [, address = ''] = await server.sees(/is ready: open (http:\S+\d)/);
      token = await signUpAt(address);
      nginx = await startNginx({ server: address, certificate });
    });
    afterAll(async () => {
      await nginx.stop();
      server.kill('SIGTERM');
      await server.ends();
      await simulator.close();
      rmSync(directory, { recursive: true });
    });

    /** Over HTTP/1.1, without a body unless one is given. */
    async function send(
      { url }: Pick<Nginx, 'url'>,
      path: string,
      { body, headers = {} }: { body?: string; headers?: Record<string, string> } = {},
    ): Promise<IncomingMessage> {
      const request = ask(`${url}${path}`, {
        ca: certificate.certificate,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          ...headers,
        },
      });
      request.end(body);
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      return response;
    }

    const chat = (through: Pick<Nginx, 'url'>) =>
      send(through, '/api/openrouter/chat/completions', { body: aQuestion({ stream: true }) });

    const pacedAnswer = () => paceNextAnswer(simulator, WORDS, PAUSE_MS);

    async function examine({ url }: Nginx): Promise<DoctorCheck | undefined> {
      const response = await fetch(
        `${address}/api/openrouter/doctor?completions=false&public_url=${url}`,
        { headers: { Authorization: `Bearer ${token}` } },
      );
      const { checks } = doctorReportSchema.parse(await response.json());
      return checks.find(({ id }) => id === 'stream_public');
    }

    it('is accepted without a warning', () => {
      // From 1.25.1 on it would have HTTP/2 written in a way that older ones do not understand.
      const complaints = nginx
        .errors()
        .split('\n')
        .filter((line) => line !== '' && !line.includes('http2" directive is deprecated'));
      expect(complaints).toEqual([]);
    });

    it('passes each event on before the next one is sent', async () => {
      const sentAt = pacedAnswer();

      const answer = await chat(nginx);

      expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
      expect(await promptOnes(sentAt, answer)).toBeGreaterThanOrEqual(8);
      expect(sentAt).toHaveLength(10);
    });

    it('does so over HTTP/2 as well', async () => {
      const sentAt = pacedAnswer();
      const session = connect(nginx.url, { ca: certificate.certificate });

      const stream = session.request({
        ':method': 'POST',
        ':path': '/api/openrouter/chat/completions',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      });
      stream.end(aQuestion({ stream: true }));
      const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];

      expect(headers[':status']).toBe(200);
      expect(await promptOnes(sentAt, stream)).toBeGreaterThanOrEqual(8);
      session.close();
    });

    it('passes on that the reader has left, and upstream is cancelled', async () => {
      pacedAnswer();
      const answer = await chat(nginx);
      await once(answer, 'data');

      const leftAt = performance.now();
      answer.destroy();
      await until(() => simulator.requests.at(-1)?.aborted === true);

      expect(performance.now() - leftAt).toBeLessThan(1_000); // It had more than a second to go.
    });

    it('is found well by the doctor', async () => {
      expect(await examine(nginx)).toMatchObject({
        status: 'ok',
        evidence: expect.arrayContaining(['server: nginx']),
      });
    });

    it('tells the server about https, and who asks', async () => {
      const response = await send(nginx, '/api/auth/login', {
        body: JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' }),
      });
      response.resume();

      expect(response.headers['set-cookie']?.join()).toMatch(/^refreshToken=.*; Secure/);
      expect(server.output()).not.toContain('TRUST_PROXY is 0');
    });

    it('lets the server say what is too large, and says it for the server beyond that', async () => {
      const large = await send(nginx, '/api/openrouter/chat/completions', {
        body: aQuestion({ padding: 'x'.repeat(26 * 1024 * 1024) }),
      });
      const larger = await send(nginx, '/api/openrouter/chat/completions', {
        headers: { 'Content-Length': String(30 * 1024 * 1024) },
      });

      for (const response of [large, larger]) {
        expect(response.statusCode).toBe(413);
        expect(errorBodySchema.parse(await json(response)).error.reason).toBe('payload_too_large');
      }
      expect(large.headers['x-request-id']).toEqual(expect.any(String));
      expect(larger.headers['x-request-id']).toBeUndefined();
    });

    it('takes a question as large as the server does', async () => {
      const response = await send(nginx, '/api/openrouter/chat/completions', {
        body: aQuestion({ padding: 'x'.repeat(24 * 1024 * 1024) }),
      });

      expect(response.statusCode).toBe(200);
      expect(await json(response)).toMatchObject({ object: 'chat.completion' });
    });

    it('leads from http to https', async () => {
      const response = await fetch(`${nginx.plainUrl}/c/1?x=1`, { redirect: 'manual' });

      expect(response.status).toBe(301);
      expect(response.headers.get('location')).toBe('https://chat.example.com/c/1?x=1');
    });

    it('says in the words of the API that the server is away', async () => {
      const away = await startNginx({ server: 'http://127.0.0.1:9', certificate });

      const response = await send(away, '/api/openrouter/models');
      const body = errorBodySchema.parse(await json(response));
      await away.stop();

      expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '5']);
      expect(body.error).toMatchObject({ reason: 'shutting_down', retryable: true });
    });

    describe('changed by somebody', () => {
      async function changed(changes: Changes): Promise<Nginx> {
        const other = await startNginx({ server: address, certificate, changes });
        toStop.push(other);
        return other;
      }
      const toStop: Nginx[] = [];
      afterEach(() => Promise.all(toStop.splice(0).map((other) => other.stop())));

      it('to buffer still streams, because the server asks it to', async () => {
        const other = await changed([['proxy_buffering off;', 'proxy_buffering on;']]);
        const sentAt = pacedAnswer();

        expect(await promptOnes(sentAt, await chat(other))).toBeGreaterThanOrEqual(8);
      });

      it('to buffer whatever the server asks is named by the doctor, with the cure', async () => {
        const other = await changed([
          ['proxy_buffering off;', 'proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;'],
        ]);

        expect(await examine(other)).toMatchObject({
          status: 'failed',
          cause: 'stream_buffered',
          action: expect.stringContaining('proxy_buffering off;'),
        });
      });
    });
  },
);

/** How many of the events had arrived before the next one was sent. */
async function promptOnes(sentAt: number[], body: Readable): Promise<number> {
  const arrivedAt: number[] = [];
  for await (const message of decodeEventStream(body)) {
    if (message.type === 'data') arrivedAt.push(performance.now());
  }
  expect(arrivedAt.length).toBeGreaterThanOrEqual(sentAt.length);
  return arrivedAt.filter((at, index) => at < (sentAt[index + 1] ?? Infinity)).length;
}

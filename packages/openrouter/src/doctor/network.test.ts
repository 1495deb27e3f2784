import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:tls';
import type { AddressInfo, Socket } from 'node:net';
import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { useClosing } from '../testing/closing.ts';
import { sendJson, startTcp, startUpstream } from '../testing/upstream.ts';
import { systemProbes } from './probes/probes.ts';
import { checkOf, examined, failuresOf, withKey } from './testing/examined.ts';
import { aSelfSignedCertificate } from './testing/self-signed.ts';

const toClose = useClosing();

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

const at = (baseUrl: string) => ({
  ...withKey(simulator, 'guarded'),
  OPENROUTER_BASE_URL: baseUrl,
});

it('a name that leads nowhere ends the examination at its root', async () => {
  const report = await examined(at('https://no-such-host.invalid/api/v1'), {
    // The machine's own resolver may take long to give up, or may invent an answer.
    probes: {
      ...systemProbes,
      resolve: () => Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' })),
    },
  });

  expect(failuresOf(report)).toEqual(['dns_failed']);
  expect(report.conclusion.causes[0]?.kind).toBe('network');
  expect(checkOf(report, 'dns').evidence).toEqual([
    'Looking up no-such-host.invalid failed: ENOTFOUND.',
  ]);
  const skippedOnes = report.checks.filter(({ status }) => status === 'skipped');
  expect(skippedOnes.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['tcp', 'tls', 'key', 'models', 'completion_cheap', 'clock']),
  );
  expect(checkOf(report, 'tls').evidence[0]).toContain('Name lookup (DNS)');
});

it('a real lookup of a name that cannot exist fails too', async () => {
  const lookup = systemProbes.resolve('no-such-host.invalid', AbortSignal.timeout(20_000));

  await expect(lookup).rejects.toThrow();
}, 25_000);

it('a port where nothing listens is a connection that fails', async () => {
  const nobody = await startTcp(() => undefined);
  await nobody.close();

  const report = await examined(at(`http://127.0.0.1:${nobody.port}/api/v1`));

  expect(failuresOf(report)).toEqual(['connection_failed']);
  expect(checkOf(report, 'tcp').evidence[0]).toContain('ECONNREFUSED');
  expect(checkOf(report, 'tcp').action).toContain('firewall');
});

it('a certificate that nobody vouches for is a secure connection that fails', async () => {
  const server = createTlsServer(aSelfSignedCertificate('localhost'));
  server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  toClose({ close: () => new Promise((resolve) => server.close(resolve)) });
  const { port } = server.address() as AddressInfo;

  const report = await examined(at(`https://127.0.0.1:${port}/api/v1`));

  expect(failuresOf(report)).toEqual(['tls_failed']);
  expect(checkOf(report, 'tls').evidence[0]).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(checkOf(report, 'tls').action).toContain('NODE_EXTRA_CA_CERTS');
});

it('something that does not speak TLS at all is the same', async () => {
  const garbage = toClose(await startTcp((socket) => socket.write('220 mail ready\r\n')));

  const report = await examined(at(`https://127.0.0.1:${garbage.port}/api/v1`));

  expect(failuresOf(report)).toEqual(['tls_failed']);
  expect(checkOf(report, 'key').status).toBe('skipped');
});

describe('somebody else who answers', () => {
  it.each([
    [
      200,
      'text/html',
      '<html><head><title>Hotel WLAN – sign in</title></head></html>',
      /Hotel WLAN/,
    ],
    [403, 'text/html', '<html><title>Blocked by policy</title>', /Blocked by policy/],
    [407, 'text/plain', 'Proxy authentication required', /Answered 407 with text\/plain/],
  ])('with %i and %s is named as the network’s matter', async (status, type, body, told) => {
    const portal = toClose(
      await startUpstream((_request, response) => {
        response.writeHead(status, { 'Content-Type': type }).end(body);
      }),
    );

    const report = await examined(at(portal.url));

    expect(failuresOf(report)).toEqual(['foreign_answer']);
    expect(report.conclusion.causes[0]).toMatchObject({ kind: 'network' });
    expect(checkOf(report, 'key').evidence.join('\n')).toMatch(told);
  });

  it('with a redirect is named, without the address that was asked for', async () => {
    const portal = toClose(
      await startUpstream((_request, response) => {
        response.writeHead(302, { Location: 'http://login.example/?from=secret' }).end();
      }),
    );

    const report = await examined(at(portal.url));

    expect(failuresOf(report)).toEqual(['foreign_answer']);
    expect(checkOf(report, 'key').evidence.join('\n')).toContain(
      'It leads to http://login.example.',
    );
  });

  it('with JSON of its own is told from OpenRouter', async () => {
    const other = toClose(
      await startUpstream((_request, response) => sendJson(response, { hi: 1 })),
    );

    const report = await examined(at(other.url));

    expect(failuresOf(report)).toEqual(['malformed_response']);
    expect(report.conclusion.causes[0]?.kind).toBe('network');
  });
});

/** Answers CONNECT as it is told to. */
async function aProxy(answer: (socket: Socket, request: string) => void) {
  return toClose(
    await startTcp((socket) => {
      socket.once('data', (data: Buffer) => answer(socket, data.toString()));
    }),
  );
}

describe('through an HTTP proxy', () => {
  it('asks for the host behind it, with the user and the password', async () => {
    const requests: string[] = [];
    const proxy = await aProxy((socket, request) => {
      requests.push(request);
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });

    const report = await examined({
      ...withKey(simulator, 'guarded'),
      PROXY: `http://user:pass-of-mine@127.0.0.1:${proxy.port}`,
    });

    expect(requests[0]).toContain(`CONNECT ${new URL(simulator.url).host} HTTP/1.1`);
    expect(requests[0]).toContain(`Basic ${Buffer.from('user:pass-of-mine').toString('base64')}`);
    expect(failuresOf(report)).toEqual(['proxy_failed']);
    expect(checkOf(report, 'proxy').evidence).toEqual([
      expect.stringContaining('The proxy answered 407'),
      expect.stringContaining('password'),
    ]);
    expect(JSON.stringify(report)).not.toContain('pass-of-mine');
  });

  it.each([
    ['closes the connection', (socket: Socket) => socket.end()],
    ['speaks something else', (socket: Socket) => socket.end('SSH-2.0-x\r\n\r\n\r\n\r\n')],
  ])('one that %s lets nothing through', async (_what, answer) => {
    const proxy = await aProxy(answer);

    const report = await examined({
      ...withKey(simulator, 'guarded'),
      PROXY: `http://127.0.0.1:${proxy.port}`,
    });

    expect(failuresOf(report)).toEqual(['proxy_failed']);
  });
});

/** A clock that differs from the one of the simulator. */
const off = (ms: number) => () => Date.now() + ms;

it('a clock that is minutes off is the machine’s own fault', async () => {
  const report = await examined(withKey(simulator, 'guarded'), {
    now: off(600_000),
    skipCompletions: true,
  });

  expect(failuresOf(report)).toEqual(['clock_skew']);
  expect(report.conclusion.causes[0]?.kind).toBe('clock');
  expect(checkOf(report, 'clock').evidence[0]).toMatch(/^It is (599|600|601) s ahead of/);
});

it('a clock that is a minute behind is worth a look', async () => {
  const report = await examined(withKey(simulator, 'guarded'), {
    now: off(-60_000),
    skipCompletions: true,
  });

  expect(report.status).toBe('warning');
  expect(checkOf(report, 'clock').evidence[0]).toContain('behind');
});

it('ends at once when it is aborted', async () => {
  const silent = toClose(await startUpstream(() => undefined));
  const abort = new AbortController();
  setTimeout(() => abort.abort(new Error('enough')), 100);

  const run = examined(at(silent.url), { signal: abort.signal });

  await expect(run).rejects.toThrow('enough');
});

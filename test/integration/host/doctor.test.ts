import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import {
  createServer,
  request as ask,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@openrouter-native/api/config';
import {
  decodeEventStream,
  doctorEventSchema,
  doctorReportSchema,
  errorBodySchema,
  type DoctorCheck,
  type DoctorReport,
} from '@openrouter-native/protocol';
import { createTestApp, type TestApp, type TestAppOptions } from '../../support/test-app.ts';

jest.setTimeout(20_000); // Timed events take a second for each stream.

const aKey = (digit: string) => `sk-or-v1-${digit.repeat(64)}`;
const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

async function examine(
  host: TestApp,
  query = '',
  admin?: { token: string },
): Promise<DoctorReport> {
  const { token } = admin ?? (await host.signUp());
  const response = await fetch(`${host.url}/api/openrouter/doctor${query}`, bearer(token));
  expect(response.status).toBe(200);
  return doctorReportSchema.parse(await response.json());
}

function checkOf({ checks }: DoctorReport, id: string): DoctorCheck {
  const check = checks.find((candidate) => candidate.id === id);
  if (!check) throw new Error(`There is no check ${id}`);
  return check;
}

const start = (options: TestAppOptions = {}) =>
  createTestApp({
    ...options,
    environment: { OPENROUTER_API_KEY: `sk-or-v1-${'da'.repeat(32)}`, ...options.environment },
  });

/** The classic list of what to look at when OpenRouter does not answer, and the check of each box. */
const boxes: Readonly<Record<string, string[]>> = {
  'the key has its prefix': ['key_shape'],
  'the environment is loaded': ['configuration'],
  'nothing is left in librechat.yaml': ['yaml'],
  'the server was restarted': ['server_restarted'],
  'the browser cache is no old one': ['page'],
  'the network is there': ['dns', 'tcp'],
  'the JWT is accepted': ['jwt', 'stream_own'],
  'no firewall is in the way': ['tcp', 'proxy', 'tls'],
  'the log says initialised': ['server_running'],
  'credits answer': ['credits'],
  'models answer': ['models'],
  'a simple completion answers': ['completion_cheap'],
};

describe('a host that is well', () => {
  let host: TestApp;
  let report: DoctorReport;
  beforeAll(async () => {
    host = await start();
    report = await examine(host);
  });

  it('has nothing that failed', () => {
    const troubles = report.checks.filter(({ status }) => status === 'failed');
    expect(troubles).toEqual([]);
    expect(report.cost_usd).toBeGreaterThan(0);
  });

  it.each(Object.entries(boxes))('covers the box “%s”', (_box, ids) => {
    for (const id of ids) {
      const { status, evidence } = checkOf(report, id);
      expect(['ok', 'skipped']).toContain(status); // Credits are not an ordinary key's to see.
      expect(evidence.length).toBeGreaterThan(0);
    }
  });

  it('covers twelve boxes', () => {
    expect(Object.keys(boxes)).toHaveLength(12);
  });

  it('looks from the configuration to the screen, each check once', () => {
    const ids = report.checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([
      'configuration',
      'key_shape',
      'key_clash',
      'settings',
      'yaml',
      'dns',
      'tcp',
      'proxy',
      'tls',
      'key',
      'more_keys',
      'credits',
      'models',
      'completion_free',
      'completion_cheap',
      'completion_auto',
      'data_policy',
      'server_running',
      'server_restarted',
      'page',
      'stream_own',
      'stream_public',
      'jwt',
      'clock',
    ]);
  });

  it('reads its own timed events over HTTP, one by one', () => {
    const { status, evidence } = checkOf(report, 'stream_own');
    expect(status).toBe('ok');
    expect(evidence[1]).toMatch(/^10 of 10 events, sent over \d+ ms, arrived over \d+ ms\.$/);
    expect(checkOf(report, 'stream_public').status).toBe('skipped');
  });

  it('keeps secrets out of the report and out of the log', () => {
    const secrets = loadConfig(host.directory, {}).secrets;
    const text = JSON.stringify(report) + host.logText();
    for (const secret of [...Object.values(secrets), 'da'.repeat(5)]) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('who may ask', () => {
  let host: TestApp;
  let admin: string;
  beforeAll(async () => {
    host = await start();
    admin = (await host.signUp()).token;
  });

  it.each(['/api/openrouter/doctor', '/api/openrouter/doctor/stream', '/api/admin/doctor-state'])(
    'only an admin may open %s',
    async (path) => {
      const { token } = await host.signUp(`${path.length}@example.com`);

      const stranger = await fetch(host.url + path);
      const member = await fetch(host.url + path, bearer(token));

      expect(stranger.status).toBe(401);
      expect(member.status).toBe(403);
      expect(errorBodySchema.parse(await member.json()).error.reason).toBe('admin_required');
    },
  );

  it('the state of the configuration holds no value, only marks', async () => {
    const response = await fetch(`${host.url}/api/admin/doctor-state`, bearer(admin));

    const text = await response.text();
    expect(text).toContain('"OPENROUTER_API_KEY":"');
    expect(text).not.toMatch(/sk-or|dada|127\.0\.0\.1/);
  });

  it('the page gets each check as it ends', async () => {
    const response = await fetch(`${host.url}/api/openrouter/doctor?completions=false`, {
      headers: { ...bearer(admin).headers, Accept: 'text/event-stream' },
    });
    const types: string[] = [];
    if (!response.body) throw new Error('There is no body');
    for await (const message of decodeEventStream(response.body)) {
      if (message.type === 'data')
        types.push(doctorEventSchema.parse(JSON.parse(message.data)).type);
    }

    expect(types[0]).toBe('begin');
    expect(types.filter((type) => type === 'check')).toHaveLength(24);
    expect(types.at(-1)).toBe('report');
    const asked = host.simulator.requests.filter(({ method }) => method === 'POST');
    expect(asked).toEqual([]);
  });
});

describe('a host with a trouble of its own', () => {
  it('whose key cannot be one is examined all the same', async () => {
    const host = await start({ environment: { OPENROUTER_API_KEY: 'your-key-here' } });

    const report = await examine(host);

    const [cause] = report.conclusion.causes;
    expect(cause).toMatchObject({ cause: 'key_placeholder', kind: 'configuration' });
    expect(checkOf(report, 'server_running')).toMatchObject({ cause: 'provider_away' });
    expect(checkOf(report, 'models').status).toBe('ok');
    expect(checkOf(report, 'key').status).toBe('skipped');
  });

  it('with two keys, quotes, a misspelt name and a leftover in the YAML is told each', async () => {
    const host = await start({
      environment: {
        OPENROUTER_API_KEY: `'sk-or-v1-${'da'.repeat(32)}'`,
        OPENROUTER_KEY: aKey('f'),
        OPENROUTER_APIKEY: 'x',
      },
      prepare: (directory) =>
        writeFileSync(
          join(directory, 'librechat.yaml'),
          'endpoints: { custom: [{ name: OpenRouter, baseURL: https://openrouter.ai/api/v1 }] }',
        ),
    });

    const report = await examine(host, '?completions=false');

    expect(report.status).toBe('warning');
    expect(report.conclusion.causes.map(({ cause }) => cause).toSorted()).toEqual(
      expect.arrayContaining(['key_clash', 'key_wrapped', 'settings_doubtful', 'yaml_leftover']),
    );
    expect(checkOf(report, 'yaml').evidence[0]).toContain('endpoints.custom[0]');
    expect(checkOf(report, 'settings').evidence[0]).toContain('OPENROUTER_APIKEY');
  });

  it('that was not restarted after .env was changed is told which setting', async () => {
    const host = await start({
      app: {
        readConfig: () =>
          loadConfig(host.directory, { OPENROUTER_API_KEY: aKey('f'), OPENROUTER_BASE_URL: host.simulator.url, OPENROUTER_BACKGROUND_REFRESH: 'false' }), // prettier-ignore
      },
    });

    const report = await examine(host, '?completions=false');

    expect(checkOf(report, 'server_restarted')).toMatchObject({
      status: 'warning',
      cause: 'server_outdated',
      action: 'Restart the server.',
    });
    expect(checkOf(report, 'server_restarted').evidence[1]).toBe(
      'Changed since, or set differently here: OPENROUTER_API_KEY.',
    );
  });

  it('whose .env would not start it again is told the problem', async () => {
    const host = await start({
      app: { readConfig: () => loadConfig(host.directory, { PORT: 'many' }) },
    });

    const report = await examine(host, '?completions=false');

    expect(checkOf(report, 'server_restarted').evidence.join('\n')).toMatch(
      /would not start.*\nPORT /,
    );
  });
});

/** A reverse proxy in front of a host; `pass` may hold a body back, and `change` the request. */
async function aProxy(
  host: TestApp,
  {
    pass,
    change,
  }: {
    pass?: (answer: IncomingMessage, out: ServerResponse) => void;
    change?: (headers: OutgoingHttpHeaders) => void;
  },
) {
  const { hostname, port } = new URL(host.url);
  const server = createServer((incoming, out) => {
    const headers: OutgoingHttpHeaders = { ...incoming.headers };
    change?.(headers);
    const { url: path, method } = incoming;
    const forward = ask({ hostname, port, path, method, headers }, (answer) => {
      out.writeHead(answer.statusCode ?? 502, { ...answer.headers, server: 'between/1.0' });
      if (pass) pass(answer, out);
      else answer.pipe(out);
    });
    incoming.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  toClose.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const toClose: (() => void)[] = [];
afterEach(() => {
  for (const close of toClose.splice(0)) close();
});

describe('a reverse proxy', () => {
  let host: TestApp;
  let admin: { token: string };
  beforeAll(async () => {
    host = await start({ app: { clientDirectory: aBuiltPage() } });
    admin = await host.signUp();
  });
  const through = (url: string) => examine(host, `?completions=false&public_url=${url}`, admin);

  it('that passes streams on is well', async () => {
    const report = await through(await aProxy(host, {}));

    expect(checkOf(report, 'stream_public').status).toBe('ok');
    expect(checkOf(report, 'stream_public').evidence).toContain('server: between/1.0');
    expect(checkOf(report, 'page').evidence.join()).toContain('sends the same page');
  });

  it('that buffers is found, and the cure is named', async () => {
    const url = await aProxy(host, {
      pass(answer, out) {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => out.end(Buffer.concat(pieces)));
      },
    });

    const report = await through(url);

    expect(report.status).toBe('failed');
    expect(checkOf(report, 'stream_own').status).toBe('ok');
    expect(checkOf(report, 'stream_public')).toMatchObject({
      status: 'failed',
      cause: 'stream_buffered',
      action: expect.stringMatching(/proxy_buffering off.*X-Accel-Buffering/),
    });
    expect(report.conclusion.causes[0]).toMatchObject({ cause: 'stream_buffered', kind: 'server' });
    expect(report.conclusion.sentence).toMatch(/^The key is valid, but something between/);
  });

  it('that cuts streams off is found', async () => {
    const url = await aProxy(host, {
      pass(answer, out) {
        answer.pipe(out, { end: false });
        setTimeout(() => out.destroy(), 400);
      },
    });

    const report = await through(url);

    expect(checkOf(report, 'stream_public')).toMatchObject({ cause: 'stream_cut' });
    expect(checkOf(report, 'stream_public').evidence[1]).toMatch(/^[1-9] of 10 events/);
  });

  it('that takes the token away is found', async () => {
    const url = await aProxy(host, {
      change(headers) {
        delete headers['authorization'];
      },
    });

    const report = await through(url);

    expect(checkOf(report, 'stream_public')).toMatchObject({ cause: 'stream_refused' });
    expect(checkOf(report, 'stream_public').action).toContain('Authorization');
  });

  it('that sends an old page is found', async () => {
    const url = await aProxy(host, {
      pass(answer, out) {
        const isPage = answer.headers['content-type']?.startsWith('text/html');
        if (!isPage) return void answer.pipe(out);
        answer.resume();
        out.end(
          '<script src="/assets/old.js"></script>'.padEnd(Number(answer.headers['content-length'])),
        );
      },
    });

    const report = await through(url);

    expect(checkOf(report, 'page')).toMatchObject({ status: 'warning', cause: 'page_cached' });
  });

  it('that is not there is found', async () => {
    const report = await through('http://127.0.0.1:9');

    expect(checkOf(report, 'stream_public')).toMatchObject({ cause: 'stream_unreachable' });
  });
});

function aBuiltPage(): string {
  const directory = mkdtempSync(join(tmpdir(), 'page-'));
  toRemove.push(directory);
  mkdirSync(join(directory, 'assets'));
  writeFileSync(
    join(directory, 'index.html'),
    '<script type="module" src="/assets/app-1.js"></script>',
  );
  writeFileSync(join(directory, 'assets/app-1.js'), 'export {}');
  return directory;
}

const toRemove: string[] = [];
afterAll(() => {
  for (const directory of toRemove) rmSync(directory, { recursive: true });
});

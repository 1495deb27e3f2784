import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { errorBodySchema } from '@openrouter-native/protocol';
import request from 'supertest';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

const PAGE = '<!doctype html><title>Chat</title>';

/** A page as a build leaves it. */
function aBuiltPage(): string {
  const directory = mkdtempSync(join(tmpdir(), 'page-'));
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), PAGE);
  writeFileSync(join(directory, 'assets/app-abc123.js'), 'console.log(1)');
  writeFileSync(join(directory, 'assets/app-abc123.js.br'), brotliCompressSync('console.log(1)'));
  writeFileSync(join(directory, 'favicon.svg'), '<svg/>');
  return directory;
}

describe('the host over HTTP', () => {
  let host: TestApp;
  const clientDirectory = aBuiltPage();
  beforeAll(async () => {
    host = await createTestApp({
      environment: { CORS_ORIGINS: 'https://friend.example' },
      app: { clientDirectory },
    });
  });
  afterAll(() => rmSync(clientDirectory, { recursive: true }));

  const login = (body: string, type = 'application/json') =>
    request(host.url).post('/api/auth/login').set('Content-Type', type).send(body);

  const open = (path: string) => request(host.url).get(path).set('Accept', 'text/html');
  const preflight = (origin: string) =>
    request(host.url)
      .options('/api/openrouter/models')
      .set('Origin', origin)
      .set('Access-Control-Request-Method', 'GET')
      .set('Access-Control-Request-Headers', 'authorization');

  describe('what cannot be answered', () => {
    it.each([
      ['GET', '/api', 404, 'not_found'],
      ['GET', '/api/nothing/here?x=1', 404, 'not_found'],
      ['POST', '/api/config', 404, 'not_found'],
      ['GET', '/api/%E0%A4%A', 404, 'not_found'],
      ['GET', '/%E0%A4%A', 404, 'not_found'],
      ['GET', '/api/auth/login', 405, 'method_not_allowed'],
      ['DELETE', '/api/auth/refresh', 405, 'method_not_allowed'],
      ['PUT', '/index.html', 404, 'not_found'],
    ])('%s %s is answered with %i', async (method, path, status, reason) => {
      const response = await fetch(`${host.url}${path}`, { method });
      const body = (await response.json()) as { message: string };

      expect(response.status).toBe(status);
      expect(errorBodySchema.parse(body).error).toMatchObject({
        reason,
        code: status,
        request_id: response.headers.get('x-request-id'),
      });
      expect(body.message).toEqual(expect.any(String));
      if (status === 405) expect(response.headers.get('allow')).toBe('POST');
    });

    it.each(['{"email":', '{"email":"a"}}', 'email=a', '\u0000', 'undefined'])(
      'the body %j is answered with 400, without being repeated',
      async (body) => {
        const response = await login(body);

        expect(response.status).toBe(400);
        expect(response.body.message).toBe('The body is not valid JSON.');
        expect(errorBodySchema.parse(response.body).error.reason).toBe('invalid_request');
      },
    );

    it.each(['[]', '"text"', 'null', '7', ''])('the body %j is no object: 400', async (body) => {
      const response = await login(body);

      expect(response.status).toBe(400);
      expect(response.body.error.reason).toBe('invalid_request');
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
      'the content type %s is answered with 415',
      async (type) => {
        const response = await login('email=a&password=b', type);

        expect(response.status).toBe(415);
        expect(response.body.error.reason).toBe('unsupported_media_type');
      },
    );

    it('an unknown encoding is answered with 415, a broken one with 400', async () => {
      const unknown = await login('{}').set('Content-Encoding', 'sdch');
      const broken = await login('{}').set('Content-Encoding', 'gzip');

      expect(unknown.status).toBe(415);
      expect(broken.status).toBe(400);
    });

    it('a body over 100 kB is answered with 413', async () => {
      const response = await login(JSON.stringify({ email: 'a'.repeat(102_400) }));

      expect(response.status).toBe(413);
      expect(response.body.error).toMatchObject({ reason: 'payload_too_large', code: 413 });
    });

    it('survives what is no HTTP at all', async () => {
      for (const garbage of ['\u0016\u0003\u0001garbage\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n']) {
        const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
        socket.end(garbage);
        socket.resume();
        await once(socket, 'close');
      }

      expect((await request(host.url).get('/api/config')).status).toBe(200);
    });
  });

  describe('headers', () => {
    it('let the page load what is its own, and nothing frame it', async () => {
      const { headers } = await request(host.url).get('/').set('Accept', 'text/html');

      const policy = headers['content-security-policy'] ?? '';
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("object-src 'none'");
      expect(policy).toContain("img-src 'self' data: blob:;");
      expect(policy).toContain("media-src 'self' blob:;");
      expect(policy).toContain("base-uri 'self'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers).not.toHaveProperty('x-powered-by');
    });

    it('do not demand https, which would break http://localhost', async () => {
      const { headers } = await request(host.url).get('/').set('Accept', 'text/html');

      expect(headers).not.toHaveProperty('strict-transport-security');
      expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    });

    it('carry a request id: the caller’s own when it is harmless', async () => {
      const own = await request(host.url).get('/api/config').set('X-Request-Id', 'trace-42');
      const evil = await request(host.url).get('/api/config').set('X-Request-Id', '<script>');

      expect(own.headers['x-request-id']).toBe('trace-42');
      expect(evil.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(host.logText()).toContain('"id":"trace-42"');
    });

    it('allow other origins only when they are on the list', async () => {
      const friend = await preflight('https://friend.example');
      const stranger = await preflight('https://stranger.example');

      expect(friend.status).toBe(204);
      expect(friend.headers).toMatchObject({
        'access-control-allow-origin': 'https://friend.example',
        'access-control-allow-credentials': 'true',
        'access-control-allow-headers': 'authorization',
        vary: expect.stringContaining('Origin'),
      });
      expect(stranger.headers).not.toHaveProperty('access-control-allow-origin');
    });

    it('keep answers for one origin apart from those for another', async () => {
      const { token } = await host.signUp();

      const { headers } = await request(host.url)
        .get('/api/openrouter/models')
        .set('Origin', 'https://friend.example')
        .set('Authorization', `Bearer ${token}`);

      expect(headers['vary']).toContain('Origin');
      expect(headers['vary']).toContain('Accept-Encoding');
    });

    it('allow no other origin at all by default', async () => {
      const closed = await createTestApp();

      const response = await request(closed.url)
        .get('/api/config')
        .set('Origin', 'https://friend.example');

      expect(response.headers).not.toHaveProperty('access-control-allow-origin');
    });
  });

  describe('the page', () => {
    it.each(['/', '/login', '/c/some-conversation', '/models.html', '/a/b.c'])(
      'opens at %s',
      async (path) => {
        const response = await open(path);

        expect(response.status).toBe(200);
        expect(response.text).toBe(PAGE);
        expect(response.headers['cache-control']).toBe('no-cache');
      },
    );

    it('may be kept for ever where the name holds a hash, and comes compressed', async () => {
      const response = await request(host.url)
        .get('/assets/app-abc123.js')
        .set('Accept-Encoding', 'br');

      expect(response.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-encoding': 'br',
        'content-type': expect.stringContaining('javascript'),
      });
    });

    it('answers 304 to a browser that has it', async () => {
      const first = await open('/');

      const second = await open('/').set('If-None-Match', first.headers.etag ?? '');

      expect(second.status).toBe(304);
    });

    it.each(['/assets/gone-def456.js', '/favicon.ico', '/robots.txt'])(
      'does not stand in for the missing file %s',
      async (path) => {
        const response = await request(host.url).get(path).set('Accept', '*/*');

        expect(response.status).toBe(404);
        expect(response.body.error.reason).toBe('not_found');
      },
    );

    it.each(['/../../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/package.json', '/.env'])(
      'gives away no other file: %s',
      async (path) => {
        const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
        socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nConnection: close\r\n\r\n`);
        let answer = '';
        for await (const chunk of socket) answer += String(chunk);

        expect(answer).toMatch(/^HTTP\/1\.1 404/);
      },
    );

    it('may be built anew while the server runs', async () => {
      const old = join(clientDirectory, 'assets/old-abc123.js');
      writeFileSync(old, 'console.log(0)');
      const before = await request(host.url).get('/assets/old-abc123.js');
      rmSync(old);
      writeFileSync(join(clientDirectory, 'assets/new-def456.js'), 'console.log(2)');

      const gone = await request(host.url).get('/assets/old-abc123.js');
      const there = await request(host.url).get('/assets/new-def456.js');

      expect([before.status, gone.status, there.status]).toEqual([200, 404, 200]);
      expect(gone.headers['cache-control']).toBeUndefined();
    });

    it('comes as it is to a browser that takes nothing compressed', async () => {
      const path = '/assets/app-abc123.js';
      const response = await request(host.url).get(path).set('Accept-Encoding', 'br;q=0');

      expect(response.headers['content-encoding']).toBeUndefined();
      expect(response.headers['vary']).toContain('Accept-Encoding');
      expect(response.text).toBe('console.log(1)');
    });

    it('says how to get it when it was not built', async () => {
      const unbuilt = await createTestApp({ app: { clientDirectory: join(tmpdir(), 'none') } });

      const page = await request(unbuilt.url).get('/').set('Accept', 'text/html');
      const api = await request(unbuilt.url).get('/api/config');

      expect(page.status).toBe(503);
      expect(page.text).toContain('npm run build');
      expect(api.status).toBe(200);
    });
  });

  it('writes one log line per request, without query values', async () => {
    await request(host.url).get('/api/config?secret=hunter2');

    const line = host.logText().trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      request: { method: 'GET', path: '/api/config', status: 200, ms: expect.any(Number) },
    });
    expect(line).not.toContain('hunter2');
  });

  it('does not tell a caller why it failed inside, but the log', async () => {
    const broken = await createTestApp();
    const { token } = await broken.signUp();
    broken.agentService.providers = () => {
      throw new Error('the secret reason at /srv/app');
    };

    const response = await request(broken.url)
      .get('/api/endpoints')
      .set('Authorization', `Bearer ${token}`);

    expect(response.status).toBe(500);
    expect(response.body.error).toMatchObject({ reason: 'internal', type: 'internal_error' });
    expect(JSON.stringify(response.body)).not.toMatch(/secret reason|\/srv|at /);
    expect(broken.logText()).toContain('the secret reason');
    expect(broken.logText()).toContain(response.body.error.request_id);
  });
});

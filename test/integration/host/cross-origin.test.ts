import request from 'supertest';
import { createToken, tokenModel, withToken, type TokenApp } from '../../support/app-tokens.ts';
import { signIn } from '../../support/signed-in.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

const FRONT_END = 'https://janitorai.com';
const BOTH = 'https://both.example';
const FRIEND = 'https://friend.example';
const STRANGER = 'https://stranger.example';

describe('pages of other origins', () => {
  let host: TestApp;
  let app: TokenApp;
  beforeAll(async () => {
    host = await createTestApp({
      environment: {
        OPENROUTER_CORS_ORIGINS: `${FRONT_END},${BOTH}`,
        CORS_ORIGINS: `${FRIEND}, ${BOTH}`,
      },
    });
    app = withToken(host, (await createToken(await signIn(host))).token);
  });

  const preflight = (path: string, origin: string, method = 'POST') =>
    request(host.url)
      .options(path)
      .set('Origin', origin)
      .set('Access-Control-Request-Method', method)
      .set('Access-Control-Request-Headers', 'authorization,content-type,x-title');
  const chatPath = '/api/openrouter/chat/completions';

  it.each([
    chatPath,
    '/api/openrouter/models',
    '/api/openrouter/credits',
    '/api/OpenRouter/models',
  ])(
    'that are named may ask %s with a token, and need not say who they are to find out',
    async (path) => {
      const { status, headers } = await preflight(path, FRONT_END);

      expect(status).toBe(204);
      expect(headers).toMatchObject({
        'access-control-allow-origin': FRONT_END,
        'access-control-allow-methods': 'GET,HEAD,POST',
        'access-control-allow-headers': 'authorization,content-type,x-title',
        'access-control-max-age': '600',
        vary: expect.stringContaining('Origin'),
      });
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  it('read the answer and what is told beside it', async () => {
    const { status, headers, body } = await app.chat().set('Origin', FRONT_END);

    expect(status).toBe(200);
    expect(body.choices).toHaveLength(1);
    expect(headers).toMatchObject({
      'access-control-allow-origin': FRONT_END,
      'access-control-expose-headers':
        'X-Request-Id,X-Generation-Id,X-OpenRouter-Attempts,Retry-After',
      'x-request-id': expect.any(String),
      'x-openrouter-attempts': '1',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it.each([
    ['a stream', { stream: true }, 200],
    ['a refusal', { messages: [] }, 400],
  ])('read %s', async (_what, fields, status) => {
    const response = await app.chat(fields).set('Origin', FRONT_END);

    expect(response.status).toBe(status);
    expect(response.headers['access-control-allow-origin']).toBe(FRONT_END);
  });

  it('read why a token is refused', async () => {
    const response = await withToken(host, `orn-${'A'.repeat(43)}`)
      .chat({ model: tokenModel })
      .set('Origin', FRONT_END);

    expect(response.status).toBe(401);
    expect(response.headers['access-control-allow-origin']).toBe(FRONT_END);
  });

  it.each(['/api/auth/login', '/api/auth/refresh', '/api/tokens', '/api/config', '/api/convos'])(
    'have no business at %s',
    async (path) => {
      const asked = await preflight(path, FRONT_END);
      const answer = await request(host.url).get('/api/config').set('Origin', FRONT_END);

      expect(asked.headers).not.toHaveProperty('access-control-allow-origin');
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  it.each([FRIEND, BOTH])(
    'may do more where CORS_ORIGINS names them as well: %s',
    async (origin) => {
      for (const path of [chatPath, '/api/auth/refresh']) {
        const { headers } = await preflight(path, origin);
        expect(headers).toMatchObject({
          'access-control-allow-origin': origin,
          'access-control-allow-credentials': 'true',
        });
      }
    },
  );

  it.each([STRANGER, 'null', 'https://janitorai.com.evil.example', 'http://janitorai.com'])(
    'that nobody named are told nothing: %s',
    async (origin) => {
      const asked = await preflight(chatPath, origin);
      const answer = await app.chat().set('Origin', origin);

      expect(asked.headers).not.toHaveProperty('access-control-allow-origin');
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(answer.headers['vary']).toContain('Origin'); // Caches keep it apart.
    },
  );

  it('are not asked for when nobody is named', async () => {
    const closed = await createTestApp();

    const response = await request(closed.url).options(chatPath).set('Origin', FRONT_END);

    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

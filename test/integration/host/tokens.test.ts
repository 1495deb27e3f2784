import {
  appTokenListSchema,
  createdAppTokenSchema,
  errorBodySchema,
  MAX_APP_TOKENS,
  modelsResponseSchema,
  ownedAppTokenListSchema,
  type CreateAppToken,
} from '@openrouter-native/protocol';
import request from 'supertest';
import { createToken, tokenModel, withToken } from '../../support/app-tokens.ts';
import { onEachDatabase } from '../../support/databases.ts';
import { signIn, type SignedIn } from '../../support/signed-in.ts';
import { createTestApp, type TestApp, type TestAppOptions } from '../../support/test-app.ts';
import { until } from '../../support/wait.ts';

const errorOf = ({ body }: request.Response) => errorBodySchema.parse(body).error;
const listOf = async (person: SignedIn) =>
  appTokenListSchema.parse((await person.get('/api/tokens')).body).data;
const MINUTE_MS = 60_000;
/** Longer than a server trusts a token that it has looked up. */
const TRUST_MS = 3_000;
const anyNumber = {
  wrongPerAddress: { windowMs: MINUTE_MS, requests: 10_000 },
  createsPerUser: { windowMs: MINUTE_MS, requests: 10_000 },
};

onEachDatabase((database) => {
  let host: TestApp;
  let admin: SignedIn;
  let ada: SignedIn;
  const clock = { ms: Date.now() };
  const start = async (options: TestAppOptions = {}) => {
    host = await createTestApp({
      database,
      ...options,
      environment: { LOG_LEVEL: 'debug', DEBUG: 'openrouter:*', ...options.environment },
      app: { now: () => clock.ms, tokenLimits: anyNumber, ...options.app },
    });
    admin = await signIn(host, 'admin@example.com');
    ada = await signIn(host, 'ada@example.com');
  };
  afterEach(async () => {
    await host.database.queries.execute('delete from app_tokens');
  });

  describe('with everyday settings', () => {
    beforeAll(() => start());

    describe('a token', () => {
      it('is told once, and kept as a hash', async () => {
        const response = await ada.send('post', '/api/tokens', { name: ' LibreChat ', scopes: ['chat'] }); // prettier-ignore
        const { token, ...record } = createdAppTokenSchema.parse(response.body);
        const kept = JSON.stringify(
          await host.database.queries.execute('select * from app_tokens'),
        );

        expect(response.status).toBe(201);
        expect(response.headers['cache-control']).toBe('no-store');
        expect(token).toMatch(/^orn-[\w-]{43}$/);
        expect(record).toEqual({
          id: expect.any(String),
          name: 'LibreChat',
          hint: `${token.slice(0, 8)}…${token.slice(-4)}`,
          scopes: ['chat'],
          models: null,
          expires_at: null,
          monthly_limit_usd: null,
          spent_this_month_usd: 0,
          last_used_at: null,
          created_at: new Date(clock.ms).toISOString(),
        });
        expect(await listOf(ada)).toEqual([record]);
        expect(kept).toContain(record.id);
        expect(kept).not.toContain(token.slice(8, -4));
      });

      it('opens models, credits and chat, and no log or call upstream shows it', async () => {
        const { token } = await createToken(ada);
        const app = withToken(host, token);

        const models = await app.get('/models');
        const endpoints = await app.get(`/models/${tokenModel}/endpoints`);
        const credits = await app.get('/credits');
        const whole = await app.chat();
        const streamed = await app.chat({ stream: true });
        const refused = await app.chat({ messages: [] });
        const wrong = await withToken(host, `${token}x`).get('/models');

        expect([models, endpoints, credits, whole, streamed].map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]); // prettier-ignore
        expect(streamed.text).toContain('data: [DONE]');
        expect([refused.status, wrong.status]).toEqual([400, 401]);
        const written = [host.logText(), refused.text, wrong.text, JSON.stringify(host.simulator.requests)].join(''); // prettier-ignore
        expect(written).toContain('An app token was created');
        expect(written).not.toContain(token.slice(8, -4));
      });

      it.each([
        ['get', '/api/user'],
        ['get', '/api/tokens'],
        ['post', '/api/tokens'],
        ['get', '/api/admin/tokens'],
        ['get', '/api/admin/openrouter'],
        ['get', '/api/keys?name=openrouter'],
        ['get', '/api/convos'],
        ['get', '/api/agents'],
        ['post', '/api/agents/chat/openrouter'],
        ['get', '/api/models'],
        ['get', '/api/openrouter/doctor'],
      ] as const)('does not open %s %s, and is told so', async (method, path) => {
        const { token } = await createToken(admin); // Not even that of an admin.

        const asked = request(host.url)[method](path);
        const response = await asked.set('Authorization', `Bearer ${token}`);

        expect(response.status).toBe(401);
        expect(response.body.message).toContain('below /api/openrouter only');
        expect(errorOf(response)).toMatchObject({ reason: 'unauthenticated', code: 401 });
      });

      it('is taken from the Authorization header alone', async () => {
        const { token } = await createToken(ada);
        const path = '/api/openrouter/models';

        const responses = await Promise.all([
          request(host.url).get(path).set('x-api-key', token),
          request(host.url).get(path).query({ token, api_key: token, access_token: token }),
          request(host.url).get(path).set('Cookie', `token=${token}`),
          request(host.url).get(path).set('Authorization', token),
          request(host.url).get(path).set('Authorization', `Basic ${token}`),
        ]);

        expect(responses.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
      });

      it('is known by its first and last characters, by when it was used, and by its owner', async () => {
        const { token } = await createToken(ada);
        const app = withToken(host, token);
        const lastUse = async () => (await listOf(ada))[0]?.last_used_at;
        const firstUse = new Date(clock.ms).toISOString();

        await app.get('/models');
        await until(async () => (await lastUse()) === firstUse);
        clock.ms += MINUTE_MS / 2;
        await app.get('/models');
        expect(await lastUse()).toBe(firstUse);
        clock.ms += MINUTE_MS;
        await app.get('/models');

        const secondUse = new Date(clock.ms).toISOString();
        await until(async () => (await lastUse()) === secondUse);
      });

      it.each<[string, Partial<CreateAppToken> | Record<string, unknown>]>([
        ['no name', { name: ' ' }],
        ['a name without end', { name: 'x'.repeat(101) }],
        ['no scope', { scopes: [] }],
        ['a scope that no token has', { scopes: ['doctor'] }],
        ['the same scope twice', { scopes: ['chat', 'chat'] }],
        ['an empty list of models', { models: [] }],
        ['a list of models in one text', { models: ['a/b,c/d'] }],
        ['an end in the past', { expires_at: '2020-01-01T00:00:00Z' }],
        ['an end that is no time', { expires_at: 'tomorrow' }],
        ['a limit of nothing', { monthly_limit_usd: 0 }],
        ['a field that does not exist', { limit: 5 }],
      ])('is not created with %s', async (_what, fields) => {
        const response = await ada.send('post', '/api/tokens', {
          name: 'App',
          scopes: ['chat'],
          ...fields,
        });

        expect(response.status).toBe(400);
        expect(errorOf(response).reason).toBe('invalid_request');
        expect(await listOf(ada)).toEqual([]);
      });

      it(`is one of ${MAX_APP_TOKENS} at most, also when many are created at once`, async () => {
        const responses = await Promise.all(
          Array.from({ length: MAX_APP_TOKENS + 5 }, (_, index) =>
            ada.send('post', '/api/tokens', { name: `App ${index}`, scopes: ['chat'] }),
          ),
        );
        const refused = responses.filter(({ status }) => status !== 201);

        expect(refused.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409]);
        expect(errorOf(refused[0] as request.Response).action).toContain('Revoke one');
        expect(await listOf(ada)).toHaveLength(MAX_APP_TOKENS);
        await createToken(admin); // Others have their own.
      });
    });

    describe('the end of a token', () => {
      it('comes at its time', async () => {
        const { token } = await createToken(ada, {
          expires_at: new Date(clock.ms + MINUTE_MS).toISOString(),
        });
        const app = withToken(host, token);
        expect((await app.get('/models')).status).toBe(200);

        clock.ms += MINUTE_MS;
        const response = await app.get('/models');

        expect(response.status).toBe(401);
        expect(response.body.message).toBe('This app token has expired.');
        expect(errorOf(response).action).toContain('Create another');
      });

      it('comes at once when its owner revokes it, and when an admin does', async () => {
        const [first, second] = [await createToken(ada), await createToken(ada)];
        expect((await withToken(host, first.token).get('/models')).status).toBe(200);
        expect((await withToken(host, second.token).get('/models')).status).toBe(200);

        const byOwner = await ada.send('delete', `/api/tokens/${first.id}`);
        const byAdmin = await admin.send('delete', `/api/admin/tokens/${second.id}`);

        expect([byOwner.body, byAdmin.body]).toEqual([{ deleted: true }, { deleted: true }]);
        const responses = await Promise.all(
          [first, second].map(({ token }) => withToken(host, token).get('/models')),
        );
        expect(responses.map(({ status }) => status)).toEqual([401, 401]);
        expect(responses[0]?.body.message).toBe('This app token is unknown here, or was revoked.');
        expect(await listOf(ada)).toEqual([]);
      });

      it('is not for others to bring about', async () => {
        const { id, token } = await createToken(admin);

        const responses = [
          await ada.send('delete', `/api/tokens/${id}`),
          await ada.send('delete', '/api/tokens/not-an-id'),
          await ada.send('delete', `/api/admin/tokens/${id}`),
        ];

        expect(responses.map(({ status }) => status)).toEqual([404, 404, 403]);
        expect((await withToken(host, token).get('/models')).status).toBe(200);
      });

      it.each([
        ['another server revoked it', 'delete from app_tokens'],
        ['its owner is gone', `delete from users where email like 'gone-%'`],
      ])('comes within seconds when %s', async (_why, statement) => {
        const owner = await signIn(host, `gone-${clock.ms}@example.com`);
        const app = withToken(host, (await createToken(owner)).token);
        expect((await app.get('/models')).status).toBe(200);

        await host.database.queries.execute(statement);
        clock.ms += TRUST_MS;

        expect((await app.get('/models')).status).toBe(401);
      });
    });

    describe('the list of all tokens', () => {
      it('is for admins, with the owner of each', async () => {
        const { token: _token, ...record } = await createToken(ada, { name: 'Janitor' });

        const { data } = ownedAppTokenListSchema.parse((await admin.get('/api/admin/tokens')).body);
        const refused = await ada.get('/api/admin/tokens');

        expect(data).toEqual([
          { ...record, owner: { id: ada.userId, name: 'Ada', email: 'ada@example.com' } },
        ]);
        expect(refused.status).toBe(403);
        expect(await listOf(admin)).toEqual([]);
      });
    });
  });

  describe('what a token may do', () => {
    beforeAll(
      () =>
      start({ environment: { OPENROUTER_FALLBACKS_DEFAULT: 'openai/gpt-4.1-nano,meta-llama/llama-3.1-8b-instruct' } }), // prettier-ignore
    );

    it('ends with its scopes', async () => {
      const chatting = withToken(host, (await createToken(ada, { scopes: ['chat'] })).token);
      const looking = withToken(host, (await createToken(ada, { scopes: ['models'] })).token);

      const responses = [await chatting.get('/models'), await chatting.get('/credits'), await looking.chat()]; // prettier-ignore

      expect(responses.map(({ status }) => status)).toEqual([403, 403, 403]);
      expect(errorOf(responses[2] as request.Response)).toMatchObject({
        reason: 'permission_denied',
        type: 'permission_error',
        message: 'This needs the scope chat, which is missing.',
      });
      expect((await chatting.chat()).status).toBe(200);
      expect((await looking.get('/models')).status).toBe(200);
    });

    it('ends with its models, wherever a request names them', async () => {
      const { token } = await createToken(ada, {
        models: ['openai/gpt-5*', 'openai/gpt-4.1-nano'],
      });
      const app = withToken(host, token);

      const { data } = modelsResponseSchema.parse((await app.get('/models')).body);
      const hidden = await app.get('/models/anthropic/claude-haiku-4.5/endpoints');
      const refused = await Promise.all(
        [
          { model: 'anthropic/claude-haiku-4.5' },
          { model: 'anthropic/claude-haiku-4.5:nitro' },
          { models: ['anthropic/claude-haiku-4.5'] },
        ].map((fields) => app.chat(fields)),
      );
      const variant = await app.chat({ model: `${tokenModel}:floor` });

      expect(data.length).toBeGreaterThan(1);
      expect(data.every(({ id }) => /^openai\/(gpt-5|gpt-4\.1-nano$)/.test(id))).toBe(true);
      expect(hidden.status).toBe(404);
      expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
      expect(errorOf(refused[0] as request.Response)).toMatchObject({
        reason: 'model_not_allowed',
        message: 'The model anthropic/claude-haiku-4.5 is not allowed with this app token.',
      });
      expect(variant.status).toBe(200);
      const sent = host.simulator.requests.findLast(({ path }) => path.endsWith('/chat/completions')); // prettier-ignore
      expect(sent?.body).toMatchObject({ models: ['openai/gpt-4.1-nano'] }); // Not the other one.
    });
  });

  describe('wrong tokens', () => {
    beforeAll(() =>
      start({
        app: {
          tokenLimits: { ...anyNumber, wrongPerAddress: { windowMs: MINUTE_MS, requests: 3 } },
        },
      }),
    );

    it('have to wait, and right ones do not', async () => {
      const app = withToken(host, (await createToken(ada)).token);
      await app.get('/models');
      const wrong = () => withToken(host, `orn-${'A'.repeat(43)}`).get('/models');
      const cut = () => withToken(host, app.token.slice(0, -1)).get('/models');

      const statuses = [];
      for (const ask of [wrong, cut, wrong, wrong, cut]) statuses.push((await ask()).status);
      const waiting = await wrong();

      expect(statuses).toEqual([401, 401, 401, 429, 429]);
      expect(errorOf(waiting)).toMatchObject({ reason: 'too_many_requests', code: 429 });
      expect(Number(waiting.headers['retry-after'])).toBeGreaterThan(0);
      expect((await app.get('/models')).status).toBe(200);
      expect((await ada.get('/api/openrouter/models')).status).toBe(200);
    });
  });

  describe('where users bring their keys', () => {
    beforeAll(() => start({ environment: { OPENROUTER_API_KEY: 'user_provided' } }));

    it('a token acts with the key of its owner', async () => {
      const app = withToken(host, (await createToken(ada)).token);

      const before = await app.chat();
      const value = host.simulator.keys.capped;
      await ada.send('put', '/api/keys', { name: 'openrouter', value, expiresAt: null });
      const credits = await app.get('/credits');
      await app.chat({ max_tokens: 16 });

      expect(before.status).toBe(401);
      expect(errorOf(before).reason).toBe('key_missing');
      expect(credits.status).toBe(200);
      const keys = host.simulator.requests.map(({ path, keyName }) => `${path} ${keyName}`);
      expect(keys).toContain('/api/v1/key capped');
      expect(keys).toContain('/api/v1/chat/completions capped');
    });
  });
});

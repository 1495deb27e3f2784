import type {
  TCheckUserKeyResponse,
  TEndpointsConfig,
  TLoginResponse,
  TModelsConfig,
  TRefreshTokenResponse,
  TStartupConfig,
  TTokenConfigMap,
  TUpdateUserKeyRequest,
  TUser,
} from 'librechat-data-provider';
import request from 'supertest';
import { aPassword, createTestApp, type TestApp } from '../support/test-app.ts';

/**
 * What LibreChat's own client reads from the host, under LibreChat's types: each assignment compiles
 * only while the shapes agree, and each expectation holds only while we fill them.
 */
describe('the host, read by a LibreChat client', () => {
  let host: TestApp;
  let token: string;
  beforeAll(async () => {
    host = await createTestApp();
    ({ token } = await host.signUp());
  });
  const get = async (path: string): Promise<unknown> =>
    (await request(host.url).get(path).set('Authorization', `Bearer ${token}`)).body;

  it('signs in and refreshes', async () => {
    const login = await request(host.url)
      .post('/api/auth/login')
      .send({ email: 'ada@example.com', password: aPassword });
    const cookie = login.get('Set-Cookie')?.[0] ?? '';
    const refresh = await request(host.url).post('/api/auth/refresh').set('Cookie', cookie);

    const first = login.body as Required<Pick<TLoginResponse, 'token' | 'user'>>;
    const second = refresh.body as TRefreshTokenResponse;
    const user: Required<
      Pick<TUser, 'id' | 'username' | 'email' | 'name' | 'avatar' | 'role' | 'provider'>
    > = first.user;
    expect(user).toMatchObject({ email: 'ada@example.com', avatar: '', provider: 'local' });
    expect(second.user).toEqual(first.user);
    expect(await get('/api/user')).toEqual(first.user);
  });

  it('starts up', async () => {
    const config = (await get('/api/config')) as TStartupConfig;

    expect(config.appTitle).toBe('OpenRouter Native');
    expect(config.serverDomain).toBe(host.url);
    expect(config.emailLoginEnabled).toBe(true);
    expect(config.registrationEnabled).toBe(true);
    expect(config.socialLogins).toEqual([]);
    expect(config.interface).toEqual({});
  });

  it('finds the provider, its models and their prices', async () => {
    const endpoints = (await get('/api/endpoints')) as NonNullable<TEndpointsConfig>;
    const models = (await get('/api/models')) as TModelsConfig;
    const prices = (await get('/api/endpoints/token-config')) as TTokenConfigMap;

    expect(endpoints.openrouter).toMatchObject({ order: 0, userProvide: false });
    expect(endpoints.agents?.allowedProviders).toEqual(['openrouter']);
    expect(models.openrouter?.length).toBe(421);
    const known = Object.values(prices.openrouter ?? {}).filter(
      ({ prompt }) => prompt !== undefined,
    );
    expect(known.length).toBeGreaterThan(400);
    for (const { context, prompt, completion } of known) {
      expect([typeof context, typeof prompt, typeof completion]).toEqual(['number', 'number', 'number']); // prettier-ignore
    }
  });

  it('reads the reason of a failure where it looks for one', async () => {
    const failed = await request(host.url)
      .post('/api/auth/login')
      .send({ email: 'ada@example.com', password: 'wrong password' });

    const { message } = failed.body as { message: string };
    expect(message).toBe('The email address or the password is wrong.');
  });
});

describe('a host whose users bring their keys, used by a LibreChat client', () => {
  it('stores a key, tells when it ends, and lets go of it', async () => {
    const host = await createTestApp({ environment: { OPENROUTER_API_KEY: 'user_provided' } });
    const { token } = await host.signUp();
    const call = (method: 'get' | 'put' | 'delete', path: string) =>
      request(host.url)[method](path).set('Authorization', `Bearer ${token}`);
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const update: TUpdateUserKeyRequest = {
      name: 'openrouter',
      value: JSON.stringify({ apiKey: host.simulator.keys.inference, baseURL: '' }),
      expiresAt,
    };
    const endpoints = (await call('get', '/api/endpoints')).body as NonNullable<TEndpointsConfig>;
    expect(endpoints.openrouter?.userProvide).toBe(true);

    expect((await call('put', '/api/keys').send(update)).status).toBe(201);
    const check = (await call('get', '/api/keys?name=openrouter')).body as TCheckUserKeyResponse;
    expect(check).toEqual({ expiresAt });
    expect((await call('delete', '/api/keys/openrouter')).status).toBe(204);
    expect((await call('get', '/api/keys?name=openrouter')).body).toEqual({ expiresAt: null });
  });
});

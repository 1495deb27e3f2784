import { errorBodySchema } from '@openrouter-native/protocol';
import request from 'supertest';
import { aPassword, createTestApp, type TestApp } from '../../support/test-app.ts';

const aRegistration = (changes: object = {}) => ({
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  password: aPassword,
  confirm_password: aPassword,
  ...changes,
});

const cookieOf = (response: request.Response) =>
  (response.get('Set-Cookie') ?? []).find((line) => line.startsWith('refreshToken='));

async function repeat(count: number, call: () => request.Test): Promise<request.Response[]> {
  const responses = [];
  for (let index = 0; index < count; index += 1) responses.push(await call());
  return responses;
}

describe('signing up and in', () => {
  let host: TestApp;
  let emails = 0;
  const aNewEmail = () => `user${(emails += 1)}@example.com`;
  const post = (path: string, body?: object) =>
    request(host.url)
      .post(`/api/auth/${path}`)
      .send(body ?? {});

  const refresh = (cookie: string) => post('refresh').set('Cookie', cookie);

  beforeAll(async () => {
    host = await createTestApp();
  });

  describe('POST /api/auth/register', () => {
    it('creates the first account as the admin, and signs it in', async () => {
      const before = await request(host.url).get('/api/config');
      const response = await post('register', aRegistration({ email: ' Ada@Example.COM ' }));
      const after = await request(host.url).get('/api/config');

      expect(response.status).toBe(200);
      expect(response.body).toEqual({
        message: 'Registration successful',
        token: expect.stringMatching(/^eyJ/),
        user: {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          name: 'Ada Lovelace',
          username: 'ada',
          email: 'ada@example.com',
          avatar: '',
          role: 'ADMIN',
          provider: 'local',
          createdAt: expect.stringMatching(/Z$/),
          updatedAt: expect.stringMatching(/Z$/),
        },
      });
      expect(cookieOf(response)).toMatch(/HttpOnly; SameSite=Strict$/);
      expect(response.get('Cache-Control')).toBe('no-store');
      expect([before.body.setup, after.body.setup]).toEqual([true, false]);
    });

    it('gives the next account no special rights', async () => {
      const response = await post('register', aRegistration({ email: aNewEmail() }));

      expect(response.body.user.role).toBe('USER');
    });

    it('answers 409 for an address that is taken, in any case', async () => {
      const email = aNewEmail();
      await post('register', aRegistration({ email }));

      const response = await post('register', aRegistration({ email: email.toUpperCase() }));

      expect(response.status).toBe(409);
      expect(response.body.message).toBe('There is an account with this email address.');
      expect(response.body.error).toMatchObject({ reason: 'conflict', code: 409 });
      expect(cookieOf(response)).toBeUndefined();
    });

    it.each([
      [{ email: 'not an address' }, 'email must be an email address'],
      [{ email: `${'a'.repeat(250)}@example.com` }, 'email must be at most 254'],
      [{ email: undefined }, 'email must be an email address'],
      [{ email: { $gt: '' } }, 'email must be an email address'],
      [{ email: 'a\u0000@example.com' }, 'email must be an email address'],
      [{ name: '   ' }, 'name must not be empty'],
      [{ name: 'x'.repeat(81) }, 'name must be at most 80'],
      [{ name: 'nul\u0000byte' }, 'name must not contain control characters'],
      [{ name: 7 }, 'name must be a text'],
      [{ password: 'short12' }, 'password must be at least 8 characters'],
      [{ password: 'x'.repeat(129) }, 'password must be at most 128 characters'],
      [{ password: ['a', 'b'] }, 'password must be a text'],
      [{ confirm_password: 'something else' }, 'confirm_password must be the same'],
    ])('answers 400 for %j, naming the field', async (changes, message) => {
      const response = await post('register', aRegistration({ email: aNewEmail(), ...changes }));

      expect(response.status).toBe(400);
      expect(response.body.message).toContain(message);
      expect(errorBodySchema.parse(response.body).error).toMatchObject({
        reason: 'invalid_request',
        message: response.body.message,
        request_id: response.get('X-Request-Id'),
      });
      expect(JSON.stringify(response.body)).not.toContain(aPassword);
    });

    it('does not need the password twice, and ignores fields it does not know', async () => {
      const response = await post('register', {
        name: 'Bob',
        email: aNewEmail(),
        username: 'bobby',
        password: aPassword,
        role: 'ADMIN',
        provider: 'google',
      });

      expect(response.body.user).toMatchObject({
        username: 'bobby',
        role: 'USER',
        provider: 'local',
      });
    });
  });

  describe('POST /api/auth/login', () => {
    it('answers a token and a cookie to the right password', async () => {
      const email = aNewEmail();
      await post('register', aRegistration({ email }));

      const response = await post('login', {
        email: ` ${email.toUpperCase()}`,
        password: aPassword,
      });

      expect(response.status).toBe(200);
      expect(Object.keys(response.body)).toEqual(['token', 'user']);
      expect(cookieOf(response)).toMatch(
        /^refreshToken=[\w.-]+; Path=\/api\/auth; Expires=.*; HttpOnly; SameSite=Strict$/,
      );
      const user = await request(host.url)
        .get('/api/user')
        .set('Authorization', `Bearer ${response.body.token}`);
      expect(user.body).toEqual(response.body.user);
    });

    it('does not tell a wrong password from an unknown address', async () => {
      const email = aNewEmail();
      await post('register', aRegistration({ email }));

      const wrong = await post('login', { email, password: `${aPassword}!` });
      const unknown = await post('login', { email: aNewEmail(), password: aPassword });

      expect(wrong.status).toBe(401);
      expect(wrong.body.message).toBe('The email address or the password is wrong.');
      const { request_id: one, ...wrongError } = wrong.body.error;
      const { request_id: other, ...unknownError } = unknown.body.error;
      expect(one).not.toBe(other);
      expect(unknownError).toEqual(wrongError);
      expect(unknown.status).toBe(401);
    });

    it('spends the work of a password check on an unknown address, too', async () => {
      const email = aNewEmail();
      await post('register', aRegistration({ email }));
      const stranger = aNewEmail();
      let [known, unknown] = [0, 0];
      const workOf = async (address: string) => {
        const before = process.cpuUsage(); // The server runs in this process; a clock would count its neighbours.
        await post('login', { email: address, password: 'wrong password' });
        const { user, system } = process.cpuUsage(before);
        return user + system;
      };
      for (let round = 0; round < 7; round += 1) {
        known += await workOf(email);
        unknown += await workOf(stranger);
      }

      expect(unknown).toBeGreaterThan(known * 0.5);
    });

    it.each([[{}], [{ email: 'ada@example.com' }], [{ email: 'ada@example.com', password: '' }]])(
      'answers 400 for %j',
      async (body) => {
        const response = await post('login', body);

        expect(response.status).toBe(400);
        expect(response.body.error.reason).toBe('invalid_request');
      },
    );
  });

  describe('POST /api/auth/refresh and /logout', () => {
    it('answers a new token and a new cookie', async () => {
      const { cookie, userId } = await host.signUp(aNewEmail());

      const response = await refresh(`other=1; ${cookie}; another=2`);

      expect(response.status).toBe(200);
      expect(response.body).toMatchObject({ token: expect.any(String), user: { id: userId } });
      expect(cookieOf(response)).not.toContain(cookie);
    });

    it('needs no body and no content type', async () => {
      const { cookie } = await host.signUp(aNewEmail());

      const response = await fetch(`${host.url}/api/auth/refresh`, {
        method: 'POST',
        headers: { Cookie: cookie },
      });

      expect(response.status).toBe(200);
    });

    it('lets two tabs refresh at once', async () => {
      const { cookie } = await host.signUp(aNewEmail());

      const responses = await Promise.all([refresh(cookie), refresh(cookie), refresh(cookie)]);

      expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(new Set(responses.map((response) => cookieOf(response)?.split(';')[0])).size).toBe(1);
    });

    it.each(['', 'refreshToken=nonsense', 'refreshToken=%E0%A4%A', 'refreshToken='])(
      'answers 401 to the cookie %j',
      async (cookie) => {
        const response = await refresh(cookie);

        expect(response.status).toBe(401);
        expect(response.body).toMatchObject({
          message: 'You are not signed in.',
          error: { reason: 'unauthenticated' },
        });
      },
    );

    it('ends the session on sign-out, and takes the cookie away', async () => {
      const { cookie } = await host.signUp(aNewEmail());

      const response = await post('logout').set('Cookie', cookie);

      expect(response.status).toBe(200);
      expect(cookieOf(response)).toMatch(
        /^refreshToken=; Path=\/api\/auth; Expires=Thu, 01 Jan 1970/,
      );
      expect((await refresh(cookie)).status).toBe(401);
      expect((await post('logout')).status).toBe(200);
    });
  });

  describe('requests with a token', () => {
    it.each([
      [undefined, 'No auth token'],
      ['', 'No auth token'],
      ['Basic YWRhOmFkYQ==', 'No auth token'],
      ['Bearer', 'No auth token'],
      ['Bearer nonsense', 'Invalid auth token'],
      ['Bearer eyJhbGciOiJub25lIn0.e30.', 'Invalid auth token'],
    ])('answers 401 to the header %j', async (header, message) => {
      for (const path of ['user', 'endpoints', 'models', 'openrouter/models', 'admin/openrouter']) {
        const call = request(host.url).get(`/api/${path}`);
        const response = await (header === undefined ? call : call.set('Authorization', header));

        expect(response.status).toBe(401);
        expect(response.get('WWW-Authenticate')).toBe('Bearer');
        expect(response.body).toMatchObject({
          message,
          error: { message, reason: 'unauthenticated', request_id: response.get('X-Request-Id') },
        });
      }
    });
  });

  it('leaves passwords, tokens and cookies out of the log', async () => {
    const { token, cookie } = await host.signUp(aNewEmail());
    await post('login', { email: 'nobody@example.com', password: 'hunter2hunter2' });
    await request(host.url).get('/api/user?token=hunter2').set('Authorization', `Bearer ${token}`);
    await post('refresh').set('Cookie', cookie);

    const log = host.logText();

    expect(log).toContain('"path":"/api/auth/login","status":401');
    for (const secret of [aPassword, 'hunter2', token, cookie.split('=')[1] ?? '']) {
      expect(log).not.toContain(secret);
    }
  });
});

describe('the session over time', () => {
  it('is over for whoever holds it once an old refresh token comes back', async () => {
    let now = Date.now();
    const host = await createTestApp({ app: { now: () => now } });
    const { cookie: stolen } = await host.signUp();
    const refresh = (cookie: string) =>
      request(host.url).post('/api/auth/refresh').set('Cookie', cookie);
    const thief = await refresh(stolen);

    now += 60_000;
    const owner = await refresh(stolen);
    const thiefAgain = await refresh(cookieOf(thief) ?? '');

    expect([thief.status, owner.status, thiefAgain.status]).toEqual([200, 401, 401]);
    expect(host.logText()).toContain('A refresh token was used twice');
  });

  it('needs a refresh after a quarter of an hour', async () => {
    let now = Date.now();
    const host = await createTestApp({ app: { now: () => now } });
    const { token } = await host.signUp();
    const user = () => request(host.url).get('/api/user').set('Authorization', `Bearer ${token}`);

    expect((await user()).status).toBe(200);
    now += 15 * 60_000;
    expect((await user()).status).toBe(401);
  });
});

describe('with ALLOW_REGISTRATION=false', () => {
  it('lets the very first account in, and nobody after it', async () => {
    const host = await createTestApp({ environment: { ALLOW_REGISTRATION: 'false' } });
    const register = (email: string) =>
      request(host.url).post('/api/auth/register').send(aRegistration({ email }));
    const config = () => request(host.url).get('/api/config');

    const before = await config();
    const first = await register('first@example.com');
    const second = await register('second@example.com');
    const after = await config();

    expect(before.body).toMatchObject({ registrationEnabled: true, setup: true });
    expect(first.body.user.role).toBe('ADMIN');
    expect(second.status).toBe(403);
    expect(second.body.message).toBe('Registration is closed.');
    expect(after.body).toMatchObject({ registrationEnabled: false, setup: false });
  });
});

describe('too many attempts', () => {
  const NO_LIMIT = { windowMs: 60_000, requests: 1000 };
  const limits = {
    loginPerAddress: NO_LIMIT,
    failedLoginPerEmail: NO_LIMIT,
    registerPerAddress: NO_LIMIT,
    refreshPerAddress: NO_LIMIT,
  };
  const three = { windowMs: 60_000, requests: 3 };

  it('stops guesses at one account, and lets the others in', async () => {
    const host = await createTestApp({
      app: { authLimits: { ...limits, failedLoginPerEmail: three } },
    });
    await host.signUp('ada@example.com');
    await host.signUp('bob@example.com');
    const login = (email: string, password: string) =>
      request(host.url).post('/api/auth/login').send({ email, password });

    const good = await repeat(5, () => login('ada@example.com', aPassword));
    const bad = await repeat(4, () => login(' ADA@example.com', 'wrong password'));
    const other = await login('bob@example.com', aPassword);

    expect(good.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(bad.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    expect(other.status).toBe(200);
    const refused = bad[3];
    expect(Number(refused?.get('Retry-After'))).toBeGreaterThan(50);
    expect(refused?.body).toMatchObject({
      message: 'Too many attempts. Wait, then try again.',
      error: { reason: 'too_many_requests', retryable: true, code: 429 },
    });
    expect(refused?.body.error.retry_after).toBe(Number(refused?.get('Retry-After')));
  });

  it('limits each route by address', async () => {
    const host = await createTestApp({
      app: {
        authLimits: {
          ...limits,
          loginPerAddress: three,
          registerPerAddress: three,
          refreshPerAddress: three,
        },
      },
    });

    for (const path of ['login', 'register', 'refresh']) {
      const responses = await repeat(4, () => request(host.url).post(`/api/auth/${path}`).send({}));
      expect(responses.map(({ status }) => status === 429)).toEqual([false, false, false, true]);
    }
  });

  it('tells visitors apart behind a reverse proxy that it was told about', async () => {
    const host = await createTestApp({
      environment: { TRUST_PROXY: '1' },
      app: { authLimits: { ...limits, refreshPerAddress: three } },
    });
    const refreshFrom = (address: string) =>
      request(host.url)
        .post('/api/auth/refresh')
        .set('X-Forwarded-For', `6.6.6.6, ${address}`)
        .set('X-Forwarded-Proto', 'https');

    await repeat(3, () => refreshFrom('1.1.1.1'));

    expect((await refreshFrom('1.1.1.1')).status).toBe(429);
    expect((await refreshFrom('2.2.2.2')).status).toBe(401);
    const login = await request(host.url)
      .post('/api/auth/register')
      .set('X-Forwarded-Proto', 'https')
      .send(aRegistration());
    expect(cookieOf(login)).toMatch(/; Secure/);
  });

  it('hints at a reverse proxy that it was not told about, once', async () => {
    const host = await createTestApp();
    const throughProxy = () =>
      request(host.url).get('/api/config').set('X-Forwarded-For', '1.1.1.1');

    await throughProxy();
    await throughProxy();

    expect(host.logText().match(/TRUST_PROXY/g)).toHaveLength(2); // Twice in one sentence.
  });
});

import { createSecretBox } from '@openrouter-native/api/keys/secret-box';
import { creditsSchema, errorBodySchema, userKeySchema } from '@openrouter-native/protocol';
import request from 'supertest';
import { onEachDatabase } from '../../support/databases.ts';
import { createTestApp, type TestApp, type TestAppOptions } from '../../support/test-app.ts';
import { until } from '../../support/wait.ts';

const MODEL = 'openai/gpt-5-mini';
const MINUTE_MS = 60_000;
const PATIENCE_MS = 20_000; // For a busy machine.
const CREDS_KEY = '0c'.repeat(32);
/** Of the right shape, and unknown to the simulator. */
const PLANTED = `sk-or-v1-${'p1anted'.repeat(9)}0`;

/** Somebody who is signed in. */
interface Person {
  userId: string;
  call(method: 'get' | 'put' | 'post' | 'delete', path: string, body?: object): request.Test;
}

async function signUp(host: TestApp, email: string): Promise<Person> {
  const { token, userId } = await host.signUp(email);
  return {
    userId,
    call: (method, path, body) =>
      request(host.url)[method](`/api/${path}`).set('Authorization', `Bearer ${token}`).send(body),
  };
}

const store = (person: Person, value: string, expiresAt: string | null = null) =>
  person.call('put', 'keys', { name: 'openrouter', value, expiresAt });
const stored = async (person: Person) =>
  userKeySchema.parse((await person.call('get', 'keys?name=openrouter')).body).expiresAt;
const chat = (person: Person, stream = false) =>
  person.call('post', 'openrouter/chat/completions', {
    model: MODEL,
    messages: [{ role: 'user', content: 'Hi' }],
    stream,
  });
/** Has an answer given that is stored; by a model that need not think, so that it gets a title. */
const askStored = (person: Person) =>
  person.call('post', 'agents/chat/openrouter', {
    text: 'Tell me about the sea',
    model: 'openai/gpt-4o',
  });
const errorOf = ({ body }: request.Response) => errorBodySchema.parse(body).error;
const keysAt = (host: TestApp, path: string) =>
  host.simulator.requests.filter((one) => one.path.endsWith(path)).map(({ keyName }) => keyName);

const startHost = (options: TestAppOptions = {}) =>
  createTestApp({
    ...options,
    environment: {
      OPENROUTER_API_KEY: 'user_provided',
      CREDS_KEY,
      LOG_LEVEL: 'debug',
      DEBUG: 'openrouter:*',
      ...options.environment,
    },
  });

onEachDatabase((database) => {
  let host: TestApp;
  let ada: Person;
  let ben: Person;
  const clock = { ms: Date.now() };
  beforeEach(async () => {
    host = await startHost({ database, app: { now: () => clock.ms } });
    ada = await signUp(host, 'ada@example.com');
    ben = await signUp(host, 'ben@example.com');
  });
  afterEach(() => host.close());

  describe('a stored key', () => {
    it('is used for its user, and never shown again', async () => {
      const answer = await store(ada, host.simulator.keys.inference);

      expect(answer.status).toBe(201);
      expect(answer.text).toBe('');
      expect(await stored(ada)).toBe('never');
      expect((await chat(ada)).status).toBe(200);
      expect(keysAt(host, '/chat/completions')).toEqual(['inference']);
    });

    it('serves nobody else', async () => {
      await store(ada, host.simulator.keys.inference);

      const refused = await chat(ben);

      expect(refused.status).toBe(401);
      expect(errorOf(refused)).toMatchObject({
        reason: 'key_missing',
        metadata: { stored: 'none' },
      });
      expect(errorOf(refused).action).toContain('Store a key');
      expect(await stored(ben)).toBeNull();
      expect(keysAt(host, '/chat/completions')).toEqual([]);
    });

    it('pays for the stored answers and the titles of its user only', async () => {
      await store(ada, host.simulator.keys.inference);

      const refused = await askStored(ben);
      const started = await askStored(ada);

      expect(refused.status).toBe(401);
      expect(errorOf(refused).reason).toBe('key_missing');
      expect(started.status).toBe(200);
      const { conversationId } = started.body as { conversationId: string };
      // The answer and its title.
      await until(() => keysAt(host, '/chat/completions').length === 2, PATIENCE_MS);
      expect(keysAt(host, '/chat/completions')).toEqual(['inference', 'inference']);
      await until(async () => {
        const { body } = await ada.call('get', `messages/${conversationId}`);
        return (body as { unfinished?: boolean }[]).at(-1)?.unfinished === false;
      }, PATIENCE_MS);
      expect((await ben.call('get', `messages/${conversationId}`)).status).toBe(404);
    }, 60_000);

    it('shows each user the money of their own key', async () => {
      await store(ada, host.simulator.keys.capped);
      await store(ben, host.simulator.keys.free);

      const [adas, bens] = await Promise.all([
        ada.call('get', 'openrouter/credits'),
        ben.call('get', 'openrouter/credits'),
      ]);

      expect(creditsSchema.parse(adas.body)).toMatchObject({ limit: 1, usage: 0.99 });
      expect(creditsSchema.parse(bens.body)).toMatchObject({ limit: null, is_free_tier: true });
      expect(keysAt(host, '/credits')).toEqual([]);
    });

    it('is replaced at once by another one', async () => {
      await store(ada, host.simulator.keys.disabled);
      expect(errorOf(await chat(ada)).reason).toBe('key_disabled');

      await store(ada, host.simulator.keys.inference);

      expect((await chat(ada)).status).toBe(200);
      expect(keysAt(host, '/chat/completions')).toEqual(['disabled', 'inference']);
    });

    it.each(['keys/openrouter', 'keys?all=true'])(
      'is gone at once after DELETE %s',
      async (path) => {
        await store(ada, host.simulator.keys.inference);
        await store(ben, host.simulator.keys.free);
        await chat(ada);

        expect((await ada.call('delete', path)).status).toBe(204);

        expect(await stored(ada)).toBeNull();
        expect((await chat(ada)).status).toBe(401);
        expect(await stored(ben)).toBe('never');
        expect((await ada.call('delete', path)).status).toBe(204); // Gone is gone.
      },
    );

    it('is used until it expires, and not a moment longer', async () => {
      const end = new Date(clock.ms + 5 * MINUTE_MS).toISOString();
      await store(ada, host.simulator.keys.inference, end);
      expect((await chat(ada)).status).toBe(200);

      clock.ms += 5 * MINUTE_MS;

      const refused = await chat(ada);
      expect(errorOf(refused)).toMatchObject({
        reason: 'key_missing',
        message: expect.stringContaining('expired'),
        metadata: { stored: 'expired' },
      });
      expect((await ada.call('get', 'openrouter/credits')).status).toBe(401);
      expect(await stored(ada)).toBe(end);
    });

    it('is sealed in the database, and useless in another row', async () => {
      await store(ada, PLANTED);
      await store(ben, host.simulator.keys.inference);
      const { queries } = host.database;

      const { rows } = (await queries.execute('select * from user_keys')) as { rows: unknown[] };
      expect(rows).toHaveLength(2);
      expect(JSON.stringify(rows)).not.toContain('p1anted');
      await queries.execute(
        `update user_keys set encrypted = (select encrypted from user_keys where user_id = '${ben.userId}')`,
      );

      expect(errorOf(await chat(ada)).metadata).toEqual({ stored: 'unreadable' });
      expect((await chat(ben)).status).toBe(200);
    });

    it('is asked for again when CREDS_KEY has changed', async () => {
      const other = createSecretBox('0d'.repeat(32));
      await store(ada, host.simulator.keys.inference);
      expect((await chat(ada)).status).toBe(200);
      const sealed = other.seal(PLANTED, ['user-key', ada.userId, 'openrouter']);
      await host.database.queries.execute(`update user_keys set encrypted = '${sealed}'`);

      const refused = await chat(ada);

      expect(refused.status).toBe(401);
      expect(errorOf(refused)).toMatchObject({
        reason: 'key_missing',
        action: 'Store your key again.',
        metadata: { stored: 'unreadable' },
      });
      expect(await stored(ada)).toBeNull();
      await store(ada, host.simulator.keys.inference);
      expect((await chat(ada)).status).toBe(200);
    });
  });
});

describe('storing a key', () => {
  let host: TestApp;
  let ada: Person;
  const often = { windowMs: MINUTE_MS, requests: 1_000 };
  const keyLimits = { storesPerUser: often, connectsPerUser: often, returnsPerAddress: often };
  beforeAll(async () => {
    host = await startHost({ app: { keyLimits } });
    ada = await signUp(host, 'ada@example.com');
  });
  afterAll(() => host.close());

  const aKey = `sk-or-v1-${'0'.repeat(64)}`;

  it.each([
    ['as it is', aKey],
    ['in quotation marks and spaces', ` "${aKey}"\n`],
    ['as LibreChat’s forms wrap it', JSON.stringify({ apiKey: ` ${aKey} ` })],
    ['with an address that was left empty', JSON.stringify({ apiKey: aKey, baseURL: '' })],
  ])('takes it %s', async (_form, value) => {
    await ada.call('delete', 'keys?all=true');

    expect((await store(ada, value)).status).toBe(201);
    expect((await chat(ada)).status).toBe(200);
  });

  it.each<[string, unknown, string | null]>([
    ['of another service', 'sk-proj-p1anted', 'it does not start with sk-or-'],
    ['with a space inside', 'sk-or-v1-p1anted p1anted', 'it contains a space'],
    ['with nothing after its prefix', 'sk-or-v1-', 'nothing follows its prefix'],
    ['that is empty', '', 'it is empty'],
    ['that is empty in JSON', '{"apiKey":""}', 'it is empty'],
    ['in JSON that is none', '{"apiKey":"sk-or-v1-p1anted"', 'it contains a quotation mark'],
    ['under another name', '{"key":"sk-or-v1-p1anted"}', 'it contains a quotation mark'],
    ['of a book’s length', `sk-or-v1-${'p'.repeat(600)}`, 'it has more than 512 characters'],
    ['in letters no header carries', 'sk-or-v1-p1änted', 'it contains characters that no key has'],
    ['with a line break inside', 'sk-or-v1-p1anted\r\nX-Evil: 1', 'it contains a space'],
    ['of a library’s length', 'p'.repeat(3_000), null],
    ['that is a number', 5, null],
    ['that is nothing', null, null],
    [
      'for another address',
      JSON.stringify({ apiKey: aKey, baseURL: 'https://p1anted.test' }),
      'The address of the API cannot be chosen here.',
    ],
  ])('refuses one %s, and repeats nothing of it', async (_what, value, message) => {
    const answer = await ada.call('put', 'keys', { name: 'openrouter', value });

    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toContain(message ?? 'value');
    expect(JSON.stringify(answer.body)).not.toContain('p1');
  });

  it.each<[string, unknown]>([
    ['a time that has passed', new Date(Date.now() - MINUTE_MS).toISOString()],
    ['this very moment', new Date().toISOString()],
    ['no time', 'tomorrow'],
    ['a number', 5],
  ])('refuses %s as its end', async (_what, expiresAt) => {
    const answer = await ada.call('put', 'keys', { name: 'openrouter', value: aKey, expiresAt });

    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toContain('expiresAt');
  });

  it.each([undefined, null, ''])('takes %j for never', async (expiresAt) => {
    const answer = await ada.call('put', 'keys', { name: 'openrouter', value: aKey, expiresAt });

    expect(answer.status).toBe(201);
    expect(await stored(ada)).toBe('never');
  });

  it('knows no other provider', async () => {
    const answer = await ada.call('put', 'keys', { name: 'openAI', value: aKey });

    expect(answer.status).toBe(400);
    expect(await ada.call('get', 'keys?name=openAI')).toMatchObject({ body: { expiresAt: null } });
    expect(await ada.call('get', 'keys')).toMatchObject({ body: { expiresAt: null } });
    await store(ada, aKey);
    expect((await ada.call('delete', 'keys/openAI')).status).toBe(204);
    expect(await stored(ada)).toBe('never');
  });

  it('deletes all only when told so', async () => {
    await store(ada, aKey);

    for (const path of ['keys', 'keys?all=false', 'keys?all=true&all=true']) {
      expect((await ada.call('delete', path)).status).toBe(400);
    }
    expect(await stored(ada)).toBe('never');
  });

  it('needs a sign-in, and the right method', async () => {
    for (const [method, path] of [
      ['get', 'keys?name=openrouter'],
      ['put', 'keys'],
      ['delete', 'keys?all=true'],
      ['delete', 'keys/openrouter'],
      ['post', 'keys/openrouter/connect'],
    ] as const) {
      expect((await request(host.url)[method](`/api/${path}`).send({})).status).toBe(401);
    }
    for (const [method, path] of [
      ['post', 'keys'],
      ['get', 'keys/openrouter'],
      ['get', 'keys/openrouter/connect'],
      ['post', 'keys/openrouter/callback'],
    ] as const) {
      expect((await ada.call(method, path, {})).status).toBe(405);
    }
  });

  it('is never cached', async () => {
    const answer = await ada.call('get', 'keys?name=openrouter');

    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('writes no word of a key into the log', async () => {
    await store(ada, PLANTED);
    await chat(ada);
    await ada.call('get', 'openrouter/credits');
    await store(ada, JSON.stringify({ apiKey: PLANTED, baseURL: 'https://p1anted.test' }));
    await store(ada, `p1anted ${PLANTED}`);

    expect(host.logText()).toContain('/api/keys');
    expect(host.logText()).not.toContain('p1anted');
  });
});

describe('a server whose users bring their keys', () => {
  it('spends nothing that belongs to its admin', async () => {
    const host = await startHost({
      environment: {
        OPENROUTER_API_KEYS: `sk-or-v1-${'0'.repeat(64)}`,
        OPENROUTER_MANAGEMENT_KEY: `sk-or-v1-${'ad'.repeat(32)}`,
        OPENROUTER_DIRECT_LOCAL_BASE_URL: 'http://127.0.0.1:9/v1',
        OPENROUTER_DIRECT_LOCAL_MODELS: `${MODEL}=local`,
      },
    });
    const ada = await signUp(host, 'ada@example.com');
    expect((await chat(ada)).status).toBe(401);
    await store(ada, host.simulator.keys.disabled);

    const refused = await chat(ada);
    const credits = await ada.call('get', 'openrouter/credits');

    expect(errorOf(refused).reason).toBe('key_disabled');
    expect(errorOf(credits).reason).toBe('key_disabled');
    const used = new Set(host.simulator.requests.map(({ keyName }) => keyName));
    expect(used).toEqual(new Set([null, 'disabled'])); // The catalogue is read without a key.
    const admin = await ada.call('get', 'admin/openrouter');
    expect(admin.body.warnings).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^OPENROUTER_API_KEYS is not used .* is user_provided/),
        expect.stringMatching(/^OPENROUTER_MANAGEMENT_KEY is not used/),
        expect.stringMatching(/^OPENROUTER_DIRECT_… is not used/),
      ]),
    );
    await host.close();
  });

  it('still allows only the models that the admin allows', async () => {
    const host = await startHost({ environment: { OPENROUTER_MODELS: 'anthropic/*' } });
    const ada = await signUp(host, 'ada@example.com');
    await store(ada, host.simulator.keys.inference);

    expect(errorOf(await chat(ada)).reason).toBe('model_not_allowed');
    await host.close();
  });

  it('opens a circuit for one user and not for the other', async () => {
    const host = await startHost();
    const [ada, ben] = [await signUp(host, 'ada@example.com'), await signUp(host, 'b@example.com')];
    await store(ada, host.simulator.keys.capped);
    await store(ben, host.simulator.keys.inference);
    const failing = host.simulator.script({
      match: { path: '/chat/completions' },
      times: Infinity,
      respond: { status: 502, body: { error: { code: 502, message: 'Broken' } } },
    });
    let last = 0;
    for (let asked = 0; asked < 10 && last !== 503; asked += 1) last = (await chat(ada)).status;
    expect(last).toBe(503);
    failing();

    expect((await chat(ada)).status).toBe(503);
    expect((await chat(ben)).status).toBe(200);
    await host.close();
  }, 60_000);

  it('lets one user store keys only so often, and others all the same', async () => {
    const limit = { windowMs: 60_000, requests: 2 };
    const host = await startHost({
      app: {
        keyLimits: { storesPerUser: limit, connectsPerUser: limit, returnsPerAddress: limit },
      },
    });
    const [ada, ben] = [await signUp(host, 'ada@example.com'), await signUp(host, 'b@example.com')];
    await store(ada, PLANTED);
    await store(ada, 'no key');

    const third = await store(ada, PLANTED);

    expect(third.status).toBe(429);
    expect(errorOf(third).reason).toBe('too_many_requests');
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ada.call('delete', 'keys/openrouter')).status).toBe(204);
    expect((await store(ben, PLANTED)).status).toBe(201);
    await host.close();
  });
});

describe('a server with a key of its own', () => {
  it('takes no keys, and lets old ones be deleted', async () => {
    const host = await createTestApp();
    const ada = await signUp(host, 'ada@example.com');

    for (const answer of [
      await store(ada, PLANTED),
      await ada.call('post', 'keys/openrouter/connect'),
    ]) {
      expect(answer.status).toBe(403);
      expect(errorOf(answer)).toMatchObject({ reason: 'permission_denied' });
    }
    expect(await stored(ada)).toBeNull();
    expect((await ada.call('delete', 'keys/openrouter')).status).toBe(204);
    expect((await chat(ada)).status).toBe(200);
    await host.close();
  });
});

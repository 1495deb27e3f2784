import { createHash } from 'node:crypto';
import {
  connectErrors,
  connectSchema,
  errorBodySchema,
  userKeySchema,
} from '@openrouter-native/protocol';
import { onEachDatabase } from '../../support/databases.ts';
import {
  aPassword,
  createTestApp,
  type TestApp,
  type TestAppOptions,
} from '../../support/test-app.ts';

const MODEL = 'openai/gpt-5-mini';
const MINUTE_MS = 60_000;
const CALLBACK = '/api/keys/openrouter/callback';

/** A browser, as far as cookies and redirects go; cookies have names and paths, as there. */
class Browser {
  readonly cookies = new Map<string, { value: string; path: string; attributes: string }>();

  async fetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const sent = [...this.cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`);
    const headers = new Headers(init.headers);
    if (sent.length > 0) headers.set('Cookie', sent.join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  /** Goes where a link leads, and on through redirects, up to `until`. @returns Where it ended. */
  async go(url: string, until: (url: URL) => boolean): Promise<URL> {
    let at = new URL(url);
    for (let steps = 0; steps < 5 && !until(at); steps += 1) {
      const response = await this.fetch(at);
      const next = response.headers.get('location');
      if (next === null) throw new Error(`${at.pathname} answered ${response.status}`);
      at = new URL(next, at);
    }
    return at;
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split('; ');
    const [name = '', value = ''] = pair.split('=', 2);
    const path = attributes.find((one) => one.startsWith('Path='))?.slice('Path='.length) ?? '/';
    const isOver = attributes.includes('Expires=Thu, 01 Jan 1970 00:00:00 GMT');
    if (isOver) this.cookies.delete(name);
    else this.cookies.set(name, { value, path, attributes: attributes.join('; ') });
  }
}

/** Somebody at a browser. */
class Person {
  readonly browser = new Browser();
  readonly #host: TestApp;
  readonly #email: string;
  #token = '';

  constructor(host: TestApp, email: string) {
    this.#host = host;
    this.#email = email;
  }

  async signUp(): Promise<this> {
    return this.#enter('register', { name: 'Ada', password: aPassword });
  }

  async signIn(): Promise<this> {
    return this.#enter('login', { password: aPassword });
  }

  async signOut(): Promise<void> {
    await this.call('POST', 'auth/logout');
  }

  /** The same browser, used by somebody else. */
  sharesBrowserWith(other: Person): this {
    Object.assign(this, { browser: other.browser });
    return this;
  }

  call(method: string, path: string, body?: object): Promise<Response> {
    return this.browser.fetch(`${this.#host.url}/api/${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.#token}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  /** Presses the button. @returns The address of the page of consent. */
  async begin(): Promise<string> {
    const response = await this.call('POST', 'keys/openrouter/connect');
    return connectSchema.parse(await response.json()).url;
  }

  /** Consents, and comes back as far as the address of the callback. */
  consent(url: string): Promise<URL> {
    return this.browser.go(url, ({ pathname }) => pathname === CALLBACK);
  }

  /** Opens the callback. @returns The page that it leads to. */
  async arrive(callback: URL): Promise<string> {
    const { pathname, search } = await this.browser.go(callback.href, isPage);
    return pathname + search;
  }

  async hasKey(): Promise<boolean> {
    const response = await this.call('GET', 'keys?name=openrouter');
    return userKeySchema.parse(await response.json()).expiresAt !== null;
  }

  async #enter(route: string, fields: object): Promise<this> {
    const response = await this.call('POST', `auth/${route}`, { email: this.#email, ...fields });
    ({ token: this.#token } = (await response.json()) as { token: string });
    return this;
  }
}

const isPage = ({ pathname }: URL) => pathname === '/';
const CONNECTED = '/?connected=openrouter';
const failedWith = (reason: (typeof connectErrors)[number]) => `/?connect_error=${reason}`;

const startHost = (options: TestAppOptions = {}) =>
  createTestApp({
    ...options,
    environment: {
      OPENROUTER_API_KEY: 'user_provided',
      LOG_LEVEL: 'debug',
      DEBUG: 'openrouter:*',
      APP_TITLE: 'Team Chat',
      ...options.environment,
    },
  });
const exchangesAt = (host: TestApp) =>
  host.simulator.requests.filter(({ path }) => path.endsWith('/auth/keys'));

onEachDatabase((database) => {
  let host: TestApp;
  let ada: Person;
  let ben: Person;
  const clock = { ms: Date.now() };
  beforeEach(async () => {
    host = await startHost({ database, app: { now: () => clock.ms } });
    ada = await new Person(host, 'ada@example.com').signUp();
    ben = await new Person(host, 'ben@example.com').signUp();
  });
  afterEach(() => host.close());

  const pending = async () => {
    const { rows } = (await host.database.queries.execute('select * from key_connects')) as {
      rows: Record<string, unknown>[];
    };
    return rows;
  };

  it('leads to the page of consent, and keeps what proves who came back', async () => {
    const url = new URL(await ada.begin());

    expect(url.origin + url.pathname).toBe(host.simulator.url.replace('/api/v1', '/auth'));
    const asked = Object.fromEntries(url.searchParams);
    expect(asked).toMatchObject({ code_challenge_method: 'S256', key_label: 'Team Chat' });
    expect(asked['code_challenge']).toMatch(/^[\w-]{43}$/);
    const callback = new URL(asked['callback_url'] ?? '');
    expect(callback.origin + callback.pathname).toBe(host.url + CALLBACK);
    const state = callback.searchParams.get('state') ?? '';
    expect(state).toMatch(/^[\w-]{43}$/);

    const cookie = ada.browser.cookies.get('openrouterConnect');
    expect(cookie?.attributes).toContain('Path=/api/keys/openrouter');
    expect(cookie?.attributes).toContain('HttpOnly');
    expect(cookie?.attributes).toContain('SameSite=Lax');
    expect(cookie?.attributes).toContain('Max-Age=600');
    const rows = JSON.stringify(await pending());
    expect(rows).toContain(createHash('sha256').update(state).digest('base64url'));
    expect(rows).not.toContain(state);
    expect(rows).not.toContain(cookie?.value);
  });

  it('ends with a key that answers', async () => {
    const callback = await ada.consent(await ada.begin());

    expect(await ada.arrive(callback)).toBe(CONNECTED);

    expect(await ada.hasKey()).toBe(true);
    const answer = await ada.call('POST', 'openrouter/chat/completions', {
      model: MODEL,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    expect(answer.status).toBe(200);
    expect(host.simulator.requests.at(-1)?.keyName).toMatch(/^authorized-/);
    expect(await ben.hasKey()).toBe(false);
    expect(await pending()).toEqual([]);
    expect(ada.browser.cookies.has('openrouterConnect')).toBe(false);
  });

  it('takes the place of an earlier key at once', async () => {
    const { disabled } = host.simulator.keys;
    await ada.call('PUT', 'keys', { name: 'openrouter', value: disabled, expiresAt: null });
    expect((await ada.call('GET', 'openrouter/credits')).status).toBe(401);

    await ada.arrive(await ada.consent(await ada.begin()));

    expect((await ada.call('GET', 'openrouter/credits')).status).toBe(200);
  });

  it('answers nothing but a way to the page, which nobody keeps or tells on', async () => {
    const response = await ada.browser.fetch(await ada.consent(await ada.begin()));

    expect(response.status).toBe(303);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await response.text()).not.toMatch(/code|state|sk-or/);
  });

  it('takes a state once', async () => {
    const callback = await ada.consent(await ada.begin());
    await ada.arrive(callback);
    await ada.begin(); // So that the browser has its cookie again.

    expect(await ada.arrive(callback)).toBe(failedWith('expired'));
    expect(exchangesAt(host)).toHaveLength(1);
  });

  it('takes a state once, also of many who come at the same time', async () => {
    const callback = await ada.consent(await ada.begin());

    const ends = await Promise.all(Array.from({ length: 6 }, () => ada.arrive(callback)));

    expect(ends.filter((end) => end === CONNECTED)).toHaveLength(1);
    expect(ends.filter((end) => end === failedWith('expired'))).toHaveLength(5);
    expect(exchangesAt(host)).toHaveLength(1);
  });

  it('takes a code once', async () => {
    const first = await ada.consent(await ada.begin());
    const second = new URL(new URL(await ada.begin()).searchParams.get('callback_url') ?? '');
    second.searchParams.set('code', first.searchParams.get('code') ?? '');
    await ada.arrive(first);
    await ada.begin();

    expect(await ada.arrive(second)).toBe(failedWith('expired')); // Another browser token by now.
    const third = new URL(new URL(await ada.begin()).searchParams.get('callback_url') ?? '');
    third.searchParams.set('code', first.searchParams.get('code') ?? '');
    expect(await ada.arrive(third)).toBe(failedWith('refused'));
  });

  it('does not take the code of another consent', async () => {
    const [adas, bens] = [
      await ada.consent(await ada.begin()),
      await ben.consent(await ben.begin()),
    ];
    adas.searchParams.set('code', bens.searchParams.get('code') ?? '');

    expect(await ada.arrive(adas)).toBe(failedWith('refused'));
    expect(await ada.hasKey()).toBe(false);
  });

  it('gives nobody a key when somebody else’s browser comes back', async () => {
    const callback = await ada.consent(await ada.begin());

    expect(await ben.arrive(callback)).toBe(failedWith('other_browser')); // Without any cookie.
    await ben.begin();
    expect(await ben.arrive(callback)).toBe(failedWith('expired')); // With a cookie of its own.

    expect([await ada.hasKey(), await ben.hasKey()]).toEqual([false, false]);
    expect(exchangesAt(host)).toEqual([]);
    expect(await ada.arrive(callback)).toBe(CONNECTED); // It was not used up by them.
  });

  it.each(['signs out and another signs in', 'is simply replaced by another'])(
    'gives nobody a key when whoever began %s in the same browser',
    async (how) => {
      const callback = await ada.consent(await ada.begin());
      if (how.includes('signs out')) await ada.signOut();
      await ben.sharesBrowserWith(ada).signIn();

      expect(await ben.arrive(callback)).toBe(failedWith('other_browser'));
      expect([await ada.hasKey(), await ben.hasKey()]).toEqual([false, false]);
    },
  );

  it('may be begun twice, and finished with either', async () => {
    const [first, second] = [await ada.begin(), await ada.begin()];

    expect(await ada.arrive(await ada.consent(first))).toBe(CONNECTED);
    expect(second).not.toBe(first);
  });

  it('is over after ten minutes', async () => {
    const callback = await ada.consent(await ada.begin());

    clock.ms += 10 * MINUTE_MS;

    expect(await ada.arrive(callback)).toBe(failedWith('expired'));
    expect(await ada.hasKey()).toBe(false);
    expect(exchangesAt(host)).toEqual([]);
  });

  it('says so when consent was not given, and is over then', async () => {
    const callback = await ada.consent(await ada.begin());
    const denied = new URL(callback);
    denied.searchParams.delete('code');

    expect(await ada.arrive(denied)).toBe(failedWith('denied'));
    expect(await ada.arrive(callback)).toBe(failedWith('expired'));
  });

  it.each([
    ['an outage', { status: 503, body: {} }],
    ['an answer without a key', { body: { user_id: 'user_1' } }],
    ['an answer with something else', { body: { key: 'p1anted p1anted' } }],
    ['a page', { body: '<html></html>' }],
  ])('says so when OpenRouter gives no key but %s', async (_what, respond) => {
    const callback = await ada.consent(await ada.begin());
    host.simulator.script({ match: { path: '/auth/keys' }, respond });

    expect(await ada.arrive(callback)).toBe(failedWith('unavailable'));
    expect(await ada.hasKey()).toBe(false);
  });

  it('is over when CREDS_KEY has changed meanwhile', async () => {
    const callback = await ada.consent(await ada.begin());
    await host.database.queries.execute(`update key_connects set verifier = 'v1.AAAA'`);

    expect(await ada.arrive(callback)).toBe(failedWith('expired'));
  });

  it('writes neither state nor code nor key nor cookie into the log', async () => {
    const callback = await ada.consent(await ada.begin());
    const secrets = [
      callback.searchParams.get('state') ?? '',
      callback.searchParams.get('code') ?? '',
      ada.browser.cookies.get('openrouterConnect')?.value ?? '',
      'p1anted',
    ];
    host.simulator.script({
      match: { path: '/auth/keys' },
      respond: { status: 403, body: { error: { code: 403, message: 'No p1anted' } } },
    });
    await ada.arrive(callback);
    const planted = new URL(callback);
    planted.searchParams.set('code', 'p1anted');
    await ada.begin();
    await ada.arrive(planted);
    await ada.arrive(await ada.consent(await ada.begin()));

    const log = host.logText();
    expect(log).toContain(CALLBACK);
    for (const secret of secrets) {
      expect(secret).not.toBe('');
      expect(log).not.toContain(secret);
    }
    expect(log).not.toContain('sk-or-v1-');
  });
});

describe('coming back', () => {
  let host: TestApp;
  beforeAll(async () => {
    host = await startHost();
  });
  afterAll(() => host.close());

  it.each([
    '',
    '?code=c',
    '?state=',
    '?state=short&code=c',
    `?state=${'s'.repeat(43)}&state=${'s'.repeat(43)}&code=c`,
    `?state[a]=b&code=c`,
    `?state=${'s'.repeat(5_000)}&code=c`,
    `?state=${'s'.repeat(42)}%00&code=c`,
  ])('with %s leads to the page', async (query) => {
    const response = await fetch(`${host.url}${CALLBACK}${query}`, { redirect: 'manual' });

    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(failedWith('expired'));
  });

  it('is not what a look at the headers does', async () => {
    const response = await fetch(`${host.url}${CALLBACK}?state=${'s'.repeat(43)}`, {
      method: 'HEAD',
      redirect: 'manual',
    });

    expect(response.status).toBe(405);
  });
});

/** Where OpenRouter is told to send the browser, and the cookie that waits there. */
const callbackOf = async (
  environment: Record<string, string>,
  headers: Record<string, string> = {},
) => {
  const host = await startHost({ environment });
  const { token } = await host.signUp();
  const response = await fetch(`${host.url}/api/keys/openrouter/connect`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, ...headers },
  });
  const cookie = response.headers.get('set-cookie');
  const body: unknown = await response.json();
  await host.close();
  const { url } = connectSchema.parse(body);
  return { callback: new URL(new URL(url).searchParams.get('callback_url') ?? ''), cookie };
};

describe('where one comes back to', () => {
  it('is the public address, whatever a header says', async () => {
    const { callback, cookie } = await callbackOf(
      { DOMAIN_CLIENT: 'https://chat.test' },
      { Origin: 'https://evil.test' },
    );

    expect(callback.origin).toBe('https://chat.test');
    expect(cookie).toContain('Secure');
  });

  it('is the name of this machine that the browser uses', async () => {
    const { callback, cookie } = await callbackOf({}, { Origin: 'http://localhost:5173' });

    expect(callback.origin).toBe('http://localhost:5173');
    expect(cookie).not.toContain('Secure');
  });

  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    [
      'an address that OpenRouter leads nobody to',
      { DOMAIN_CLIENT: 'http://chat.test' },
      {},
      'https',
    ],
    [
      'a gateway without such a page',
      { OPENROUTER_BASE_URL: 'http://127.0.0.1:9/gateway' },
      {},
      'gateway',
    ],
    ['a page at an address that nobody told', {}, { Origin: 'http://192.168.1.5:3080' }, 'address'],
    ['a page at somebody’s', {}, { Origin: 'https://evil.test' }, 'address'],
    ['a page at none', {}, { Origin: 'null' }, 'address'],
  ])('is nowhere with %s', async (_what, environment, headers, word) => {
    const host = await startHost({ environment });
    const { token } = await host.signUp();

    const response = await fetch(`${host.url}/api/keys/openrouter/connect`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, ...headers },
    });

    expect(response.status).toBe(400);
    const { error } = errorBodySchema.parse(await response.json());
    expect(error.message).toContain(word);
    expect(error.action).toContain('Store a key');
    expect(response.headers.get('set-cookie')).toBeNull();
    await host.close();
  });
});

describe('setting out', () => {
  it('is possible only so often', async () => {
    const limit = { windowMs: MINUTE_MS, requests: 2 };
    const host = await startHost({
      app: {
        keyLimits: { storesPerUser: limit, connectsPerUser: limit, returnsPerAddress: limit },
      },
    });
    const ada = await new Person(host, 'ada@example.com').signUp();
    await ada.begin();
    await ada.begin();

    expect((await ada.call('POST', 'keys/openrouter/connect')).status).toBe(429);
    await host.close();
  });
});

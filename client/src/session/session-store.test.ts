import { createErrorBody } from '@openrouter-native/protocol';
import { startHost, type Answer, type TestHost } from '../testing/host.ts';
import { createStorage } from '../testing/storage.ts';
import { createSessionStore } from './session-store.ts';

const user = { id: '1', name: 'Ada', email: 'ada@example.com', role: 'ADMIN' };
const HINT = { 'openrouter-native:signed-in': 'true' };

const refusal: Answer = { status: 401, body: createErrorBody('unauthenticated', 'Not signed in.') };

let host: TestHost;

afterEach(() => host.close());

/** A host whose tokens are `token-1`, `token-2`, …; only the newest one is good. */
async function startStore({
  hint = HINT,
  renewal = true,
}: { hint?: Record<string, string>; renewal?: boolean | Answer } = {}) {
  let count = 0;
  const issue = (): Answer => {
    count += 1;
    return { body: { token: `token-${count}`, user } };
  };
  host = await startHost({
    'POST /api/auth/login': issue,
    'POST /api/auth/register': issue,
    'POST /api/auth/refresh': () => {
      if (typeof renewal !== 'boolean') return renewal;
      return renewal ? issue() : refusal;
    },
    'POST /api/auth/logout': () => ({ body: {} }),
    'GET /api/thing': (token) => (token === `token-${count}` ? { body: 'thing' } : refusal),
    'GET /api/upstream': () => ({
      status: 401,
      body: createErrorBody('key_invalid', 'The OpenRouter key is not valid.'),
    }),
  });
  const storage = createStorage(hint);
  const store = createSessionStore({
    baseUrl: `${host.origin}/api`,
    fetch: globalThis.fetch,
    storage,
    exclusively: (task) => task(),
  });
  const get = (path: string, token = store.getToken()) =>
    store.fetch(`${host.origin}/api${path}`, { headers: { Authorization: `Bearer ${token}` } });
  const routes = () => host.requests.map(({ route }) => route);
  return { store, storage, get, routes, expireTokens: issue };
}

it('asks for nothing in a browser where nobody has signed in', async () => {
  const { store, routes } = await startStore({ hint: {} });

  await store.restore();

  expect(store.getState()).toEqual({ status: 'signed-out', expired: false });
  expect(routes()).toEqual([]);
});

it('finds the session that the cookie holds, once for two callers', async () => {
  const { store, routes } = await startStore();

  await Promise.all([store.restore(), store.restore()]);

  expect(store.getState()).toMatchObject({ status: 'signed-in', user: { name: 'Ada' } });
  expect(routes()).toEqual(['POST /api/auth/refresh']);
});

it('keeps the token out of storage', async () => {
  const { store, storage } = await startStore({ hint: {} });

  await store.signIn({ email: user.email, password: 'secret' });

  expect(store.getToken()).toBe('token-1');
  expect([...storage.entries.values()].join()).not.toContain('token');
});

it('renews a token that ran out once, however many requests need it, and repeats them', async () => {
  const { store, get, routes, expireTokens } = await startStore();
  await store.restore();
  expireTokens();

  const answers = await Promise.all([get('/thing'), get('/thing'), get('/thing')]);

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(routes().filter((route) => route === 'POST /api/auth/refresh')).toHaveLength(2);
});

it('repeats a request that left with an old token without renewing again', async () => {
  const { store, get, routes } = await startStore();
  await store.restore();

  const answer = await get('/thing', 'token-0');

  expect(answer.status).toBe(200);
  expect(routes()).toEqual(['POST /api/auth/refresh', 'GET /api/thing', 'GET /api/thing']);
});

it('takes a refused OpenRouter key for no reason to renew', async () => {
  const { store, get, routes } = await startStore();
  await store.restore();

  const answer = await get('/upstream');

  expect(answer.status).toBe(401);
  expect(routes()).toEqual(['POST /api/auth/refresh', 'GET /api/upstream']);
});

it('ends the session when it cannot be renewed, and says that it has ended', async () => {
  const { store, storage, get, expireTokens } = await startStore({ hint: {}, renewal: false });
  await store.signIn({ email: user.email, password: 'secret' });
  expireTokens();

  const answer = await get('/thing');

  expect(answer.status).toBe(401);
  expect(store.getState()).toEqual({ status: 'signed-out', expired: true });
  expect(storage.entries.size).toBe(0);
});

it('does not end a session because the server cannot be reached', async () => {
  const { store, storage } = await startStore();
  await host.close();

  await store.restore();

  expect(store.getState()).toEqual({ status: 'signed-out', expired: false });
  expect(storage.entries.size).toBe(1);
});

it('does not end a session because the server is in trouble', async () => {
  const trouble = { status: 500, body: createErrorBody('internal', 'Something went wrong.') };
  const { store, get, expireTokens } = await startStore({ hint: {}, renewal: trouble });
  await store.signIn({ email: user.email, password: 'secret' });
  expireTokens();

  await get('/thing');

  expect(store.getState()).toMatchObject({ status: 'signed-in' });
});

it('forgets everything on signing out', async () => {
  const { store, storage } = await startStore();
  await store.restore();

  await store.signOut();

  expect(store.getState()).toEqual({ status: 'signed-out', expired: false });
  expect(store.getToken()).toBeNull();
  expect(storage.entries.size).toBe(0);
});

it('stays signed in when signing out did not reach the server', async () => {
  const { store } = await startStore();
  await store.restore();
  await host.close();

  await expect(store.signOut()).rejects.toThrow('could not be reached');

  expect(store.getState().status).toBe('signed-in');
});

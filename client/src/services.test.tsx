import { createLanguageStore } from './i18n/language-store.ts';
import { createServices } from './services.ts';
import { startHost, type TestHost } from './testing/host.ts';
import { createStorage } from './testing/storage.ts';

let host: TestHost;

afterEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  await host.close();
});

/** A host at which whoever signs in is the next of these. */
async function startWith(...ids: string[]) {
  host = await startHost({
    'POST /api/auth/login': () => ({ body: { token: 't', user: aUser(ids.shift() ?? '') } }),
    'POST /api/auth/logout': () => ({ body: {} }),
  });
  const services = createServices(host.origin, createLanguageStore(createStorage(), ['en']));
  const signIn = () => services.session.signIn({ email: 'somebody@example.com', password: 'x' });
  return { ...services, signIn };
}

function aUser(id: string) {
  const email = `${id}@example.com`;
  return { id, name: id, username: id, email, avatar: null, role: 'USER', provider: 'local' };
}

it('shows nothing of one person to another whose session takes its place', async () => {
  const { signIn, threads, unsentWork, unsentSettings, queryClient } = await startWith('a', 'b');
  await signIn();
  const owner = { conversationId: 'c1', agentId: null };
  const thread = threads.fresh();
  unsentWork.put('message:c1', 'planted');
  unsentSettings.change(owner, { promptPrefix: 'planted' });
  queryClient.setQueryData(['host', 'conversations'], 'planted');

  await signIn(); // In another tab, which shares the cookie.

  expect(unsentWork.get('message:c1')).toBeUndefined();
  expect(unsentSettings.get(owner)).toEqual({});
  expect(queryClient.getQueryData(['host', 'conversations'])).toBeUndefined();
  expect(threads.fresh()).not.toBe(thread);
  expect(JSON.stringify(Object.values(sessionStorage))).not.toContain('planted');
});

it('keeps everything of somebody whose session is renewed', async () => {
  const { signIn, threads, unsentWork, queryClient } = await startWith('a', 'a');
  await signIn();
  const thread = threads.fresh();
  unsentWork.put('message:c1', 'mine');
  queryClient.setQueryData(['host', 'conversations'], 'mine');

  await signIn();

  expect(unsentWork.get('message:c1')).toBe('mine');
  expect(queryClient.getQueryData(['host', 'conversations'])).toBe('mine');
  expect(threads.fresh()).toBe(thread);
});

it('has what was being written again after signing out and in', async () => {
  const { signIn, session, threads, unsentWork } = await startWith('a', 'a');
  await signIn();
  const thread = threads.fresh();
  unsentWork.put('message:c1', 'mine');

  await session.signOut();
  expect(unsentWork.get('message:c1')).toBeUndefined();
  expect(threads.fresh()).not.toBe(thread);
  await signIn();

  expect(unsentWork.get('message:c1')).toBe('mine');
});

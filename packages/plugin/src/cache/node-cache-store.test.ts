import { createNodeCacheStore } from './node-cache-store.ts';

it('hands out the very entry that was stored', async () => {
  const store = createNodeCacheStore<object>({ keepMs: 0, maxEntries: 2 });
  const entry = { value: {}, loadedAt: 1 };

  await store.set('key', entry);

  expect(await store.get('key')).toBe(entry);
  await store.close();
});

it('makes room by forgetting the oldest entry', async () => {
  const store = createNodeCacheStore<number>({ keepMs: 0, maxEntries: 2 });

  for (const value of [1, 2, 3]) await store.set(`key ${value}`, { value, loadedAt: 0 });

  expect(await store.get('key 1')).toBeUndefined();
  expect(await store.get('key 2')).toMatchObject({ value: 2 });
  expect(await store.get('key 3')).toMatchObject({ value: 3 });
  await store.close();
});

it('replaces an entry without pushing another one out', async () => {
  const store = createNodeCacheStore<number>({ keepMs: 0, maxEntries: 2 });
  await store.set('one', { value: 1, loadedAt: 0 });
  await store.set('two', { value: 2, loadedAt: 0 });

  await store.set('two', { value: 22, loadedAt: 0 });

  expect(await store.get('one')).toMatchObject({ value: 1 });
  expect(await store.get('two')).toMatchObject({ value: 22 });
  await store.close();
});

it('forgets what was deleted and everything when closed', async () => {
  const store = createNodeCacheStore<number>({ keepMs: 0, maxEntries: 2 });
  await store.set('one', { value: 1, loadedAt: 0 });
  await store.set('two', { value: 2, loadedAt: 0 });

  await store.delete('one');
  expect(await store.get('one')).toBeUndefined();

  await store.close();
  expect(await store.get('two')).toBeUndefined();
});

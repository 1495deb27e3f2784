import { createCachedLoader, type CachedLoaderOptions } from './loader.ts';
import { createNodeCacheStore } from './node-cache-store.ts';
import type { CacheStore } from './store.ts';

const outage = new Error('outage');
const revoked = new Error('revoked');
const closing: CacheStore<number>[] = [];

afterEach(() => Promise.all(closing.splice(0).map((store) => store.close())));

/** A loader over a counting source, with a clock that moves by hand. */
function aLoader(options: Partial<CachedLoaderOptions<number>> = {}) {
  const clock = { ms: 1_000_000 };
  const source = { calls: 0, forced: 0, failure: null as Error | null };
  const store = createNodeCacheStore<number>({ keepMs: 0, maxEntries: 10 });
  closing.push(store);
  const loader = createCachedLoader<number>({
    store,
    load: async (_key, { force }) => {
      source.calls += 1;
      if (force) source.forced += 1;
      await new Promise((resolve) => setImmediate(resolve));
      if (source.failure) throw source.failure;
      return source.calls;
    },
    ttlMs: 1_000,
    staleWhileRevalidateMs: 1_000,
    minIntervalMs: 100,
    isOutage: (error) => error === outage,
    now: () => clock.ms,
    ...options,
  });
  return { loader, clock, source };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

it('loads once for a thousand who ask at the same time', async () => {
  const { loader, source } = aLoader();

  const answers = await Promise.all(Array.from({ length: 1_000 }, () => loader.read('key')));

  expect(source.calls).toBe(1);
  expect(new Set(answers.map(({ value }) => value))).toEqual(new Set([1]));
});

it('serves a fresh value without asking', async () => {
  const { loader, clock, source } = aLoader();
  expect(await loader.read('key')).toMatchObject({ value: 1, state: 'MISS' });

  clock.ms += 999;

  expect(await loader.read('key')).toMatchObject({ value: 1, state: 'HIT', loadedAt: 1_000_000 });
  expect(source.calls).toBe(1);
});

it('serves the stale value at once and renews it behind', async () => {
  const { loader, clock } = aLoader();
  await loader.read('key');
  clock.ms += 1_500;

  expect(await loader.read('key')).toMatchObject({ value: 1, state: 'STALE' });
  await settled();

  expect(await loader.read('key')).toMatchObject({ value: 2, state: 'HIT' });
});

it('waits for a new value once the old one is too stale', async () => {
  const { loader, clock } = aLoader();
  await loader.read('key');

  clock.ms += 2_500;

  expect(await loader.read('key')).toMatchObject({ value: 2, state: 'MISS' });
});

it('lets the last good value stand in for an outage, however old', async () => {
  const { loader, clock, source } = aLoader();
  await loader.read('key');
  source.failure = outage;

  clock.ms += 1_000_000;

  expect(await loader.read('key')).toMatchObject({ value: 1, state: 'STALE' });
});

it('does not hide a failure that is no outage, and forgets the value', async () => {
  const { loader, clock, source } = aLoader();
  await loader.read('key');
  source.failure = revoked;
  clock.ms += 1_500;

  await loader.read('key'); // Stale, and renewed in vain.
  await settled();

  await expect(loader.read('key')).rejects.toBe(revoked);
});

it('does not store a failure', async () => {
  const { loader, source } = aLoader();
  source.failure = outage;
  await expect(loader.read('key')).rejects.toBe(outage);

  source.failure = null;

  expect(await loader.read('key')).toMatchObject({ value: 2, state: 'MISS' });
});

it('goes upstream when forced, but not again within the pause', async () => {
  const { loader, clock, source } = aLoader();
  await loader.read('key');

  expect(await loader.read('key', { force: true })).toMatchObject({ value: 2, state: 'BYPASS' });
  expect(await loader.read('key', { force: true })).toMatchObject({ value: 2, state: 'HIT' });
  clock.ms += 100;
  expect(await loader.read('key', { force: true })).toMatchObject({ value: 3, state: 'BYPASS' });
  expect(source.forced).toBe(2);
});

it('coalesces those who force at the same time', async () => {
  const { loader, source } = aLoader();
  await loader.read('key');

  const answers = await Promise.all([1, 2, 3].map(() => loader.read('key', { force: true })));

  expect(answers.map(({ value }) => value)).toEqual([2, 2, 2]);
  expect(source.calls).toBe(2);
});

it('falls back to the last good value when a forced read meets an outage', async () => {
  const { loader, source } = aLoader();
  await loader.read('key');
  source.failure = outage;

  expect(await loader.read('key', { force: true })).toMatchObject({ value: 1, state: 'STALE' });
});

it('asks every time when the time to live is 0, once for those who ask together', async () => {
  const { loader, source } = aLoader({ ttlMs: 0 });

  expect(await loader.read('key')).toMatchObject({ value: 1, state: 'BYPASS' });
  expect(await loader.read('key')).toMatchObject({ value: 2, state: 'BYPASS' });
  await Promise.all([loader.read('key'), loader.read('key')]);
  expect(source.calls).toBe(3);
});

it('does not ask a failing upstream again for every reader of a stale value', async () => {
  const { loader, clock, source } = aLoader();
  await loader.read('key');
  source.failure = outage;
  clock.ms += 1_500;

  for (let reader = 0; reader < 20; reader += 1) {
    await loader.read('key');
    await settled();
  }

  expect(source.calls).toBe(2);
});

it('keeps keys apart', async () => {
  const { loader, source } = aLoader();

  await Promise.all([loader.read('one'), loader.read('other')]);

  expect(source.calls).toBe(2);
});

it('renews only what will not stay fresh long enough', async () => {
  const { loader, clock, source } = aLoader();
  await loader.read('key');

  await loader.renew('key', 500);
  expect(source.calls).toBe(1);

  clock.ms += 600;
  await loader.renew('key', 500);
  expect(source.calls).toBe(2);
});

it('survives a failing renewal without a rejection', async () => {
  const { loader, source } = aLoader();
  source.failure = outage;

  await expect(loader.renew('key', 0)).resolves.toBeUndefined();
});

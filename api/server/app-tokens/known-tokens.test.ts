import type { StoredAppToken } from '../database/schema.ts';
import type { TokenCaller } from './caller.ts';
import { createKnownTokens } from './known-tokens.ts';

const HASH = 'a'.repeat(64);

/** A database with some tokens, that counts how often it is asked. */
function aDatabase() {
  const clock = { ms: 1_000_000 };
  const rows = new Map<string, Pick<StoredAppToken, 'id'>>([[HASH, { id: 'token-1' }]]);
  const asked: string[] = [];
  const known = createKnownTokens({
    tokens: {
      async findByHash(hash) {
        asked.push(hash);
        if (hash === 'broken') throw new Error('No database');
        return (rows.get(hash) ?? null) as StoredAppToken | null;
      },
    },
    toCaller: ({ id }) => ({ tokenId: id }) as TokenCaller,
    now: () => clock.ms,
  });
  return { clock, rows, asked, known };
}

it('asks once for a token that is in use, however often and however many at once', async () => {
  const { asked, known } = aDatabase();

  const callers = await Promise.all(Array.from({ length: 100 }, () => known.find(HASH)));
  for (let count = 0; count < 100; count++) await known.find(HASH);

  expect(callers.every((caller) => caller?.tokenId === 'token-1')).toBe(true);
  expect(asked).toHaveLength(1);
});

it('asks again after three seconds, and then knows what happened elsewhere', async () => {
  const { clock, rows, asked, known } = aDatabase();
  await known.find(HASH);
  rows.delete(HASH);

  clock.ms += 2_999;
  expect(await known.find(HASH)).not.toBeNull();
  clock.ms += 1;
  expect(await known.find(HASH)).toBeNull();

  expect(asked).toHaveLength(2);
  expect(known.has(HASH)).toBe(false);
});

it('knows at once what happened here, also while it is asking', async () => {
  const { rows, known } = aDatabase();
  const asking = known.find(HASH);

  rows.delete(HASH);
  known.forget(HASH);

  expect(await asking).not.toBeNull(); // It was there when it was asked for.
  expect(await known.find(HASH)).toBeNull();
});

it('keeps nothing of tokens that are wrong, or of a database that is away', async () => {
  const { asked, known } = aDatabase();

  expect(await known.find('wrong')).toBeNull();
  await expect(known.find('broken')).rejects.toThrow('No database');
  await expect(known.find('broken')).rejects.toThrow('No database');

  expect([known.has('wrong'), known.has('broken')]).toEqual([false, false]);
  expect(asked).toEqual(['wrong', 'broken', 'broken']);
});

it('keeps a thousand, and lets go of the one that came longest ago', async () => {
  const { rows, known } = aDatabase();
  await known.find(HASH);

  for (let index = 0; index < 1_000; index++) {
    rows.set(`h${index}`, { id: `token-${index}` });
    await known.find(`h${index}`);
  }

  expect(known.has(HASH)).toBe(false);
  expect(known.has('h0')).toBe(true);
});

import { OpenRouterClient, silentLogger } from '@openrouter-native/openrouter';
import { sql } from 'drizzle-orm';
import { createKeyConnects } from '../database/key-connects.ts';
import { closeDatabases, onEachDatabase, openOnce } from '../database/testing/each-database.ts';
import type { Database } from '../database/database.ts';
import { createUserKeys } from '../database/user-keys.ts';
import { createUsers } from '../database/users.ts';
import { defaultKeyLimits } from '../routes/keys.ts';
import { createKeys } from './keys.ts';

const MINUTE_MS = 60_000;
const NOON = Date.parse('2026-01-01T12:00:00Z');
const inMinutes = (minutes: number) => new Date(NOON + minutes * MINUTE_MS);

afterAll(closeDatabases);
afterEach(() => jest.useRealTimers());

onEachDatabase((kind) => {
  let database: Database;
  let userId: string;
  beforeEach(async () => {
    database = await openOnce(kind);
    await database.queries.execute('delete from users');
    const account = { email: 'ada@example.com', name: 'Ada', username: 'ada', passwordHash: '…' };
    const made = await createUsers(database.queries).register(account, true);
    if (made.outcome !== 'created') throw new Error(made.outcome);
    userId = made.user.id;
  });

  it('erases what has expired every few minutes, and nothing else', async () => {
    jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
    const { queries } = database;
    const clock = { ms: NOON };
    const userKeys = createUserKeys(queries);
    const connects = createKeyConnects(queries);
    const connect = (stateHash: string, expiresAt: Date) =>
      connects.add({ stateHash, userId, browserHash: 'b', verifier: 'v', expiresAt });
    await userKeys.save(userId, 'ends', { encrypted: 'sealed', expiresAt: inMinutes(3) }, inMinutes(0)); // prettier-ignore
    await userKeys.save(userId, 'later', { encrypted: 'sealed', expiresAt: inMinutes(6) }, inMinutes(0)); // prettier-ignore
    await userKeys.save(userId, 'never', { encrypted: 'sealed', expiresAt: null }, inMinutes(0));
    await connect('old', inMinutes(3));
    await connect('new', inMinutes(6));
    const keys = createKeys({
      queries,
      secret: '0e'.repeat(32),
      client: new OpenRouterClient(null),
      appTitle: 'Chat',
      publicUrl: 'https://chat.test',
      requireAuth: (_request, _response, next) => next(),
      limits: defaultKeyLimits,
      now: () => clock.ms,
      logger: silentLogger,
    });

    clock.ms += 5 * MINUTE_MS;
    jest.advanceTimersByTime(5 * MINUTE_MS);
    await keys.close();

    expect(await userKeys.find(userId, 'ends')).toEqual({ encrypted: '', expiresAt: inMinutes(3) });
    expect(await userKeys.find(userId, 'later')).toMatchObject({ encrypted: 'sealed' });
    expect(await userKeys.find(userId, 'never')).toMatchObject({ encrypted: 'sealed' });
    const { rows } = (await queries.execute(sql`select state_hash from key_connects`)) as {
      rows: unknown[];
    };
    expect(rows).toEqual([{ state_hash: 'new' }]);
  });

  it('hands a way back to one of many, and only to the browser that set out', async () => {
    const connects = createKeyConnects(database.queries);
    await connects.add({
      stateHash: 's',
      userId,
      browserHash: 'b',
      verifier: 'v',
      expiresAt: inMinutes(10),
    });

    expect(await connects.take('s', 'other')).toBeNull();
    const taken = await Promise.all(Array.from({ length: 6 }, () => connects.take('s', 'b')));

    expect(taken.filter((connect) => connect !== null)).toEqual([
      expect.objectContaining({ userId, verifier: 'v' }),
    ]);
  });
});

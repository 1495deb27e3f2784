import { silentLogger } from '@openrouter-native/openrouter';
import { sql } from 'drizzle-orm';
import { createConversations } from '../database/conversations.ts';
import type { Database } from '../database/database.ts';
import { createMessages, type Messages } from '../database/messages.ts';
import { users, type StoredMessage } from '../database/schema.ts';
import { aConversation, afterNoon, anAnswer, NOON } from '../database/testing/chats.ts';
import { closeDatabases, onEachDatabase, openOnce } from '../database/testing/each-database.ts';
import { createUsers } from '../database/users.ts';
import { watchAbandoned, type AbandonedWatch } from './abandoned.ts';

afterAll(closeDatabases);

onEachDatabase((kind) => {
  let database: Database;
  let messages: Messages;
  let watch: AbandonedWatch | undefined;
  beforeAll(async () => {
    database = await openOnce(kind);
    messages = createMessages(database.queries);
  });
  beforeEach(() => database.queries.execute(sql`delete from ${users}`));
  afterEach(async () => {
    await watch?.close();
    jest.useRealTimers();
  });

  async function aRunningAnswer(leaseUntil: Date): Promise<StoredMessage> {
    const user = { email: `${leaseUntil.getTime()}@a.com`, name: 'A', username: 'a', passwordHash: 'x' }; // prettier-ignore
    const registration = await createUsers(database.queries).register(user, true);
    if (registration.outcome !== 'created') throw new Error(registration.outcome);
    const userId = registration.user.id;
    const conversation = aConversation({ userId });
    await createConversations(database.queries).create(conversation, NOON);
    const fields = { userId, conversationId: conversation.id, ending: null, leaseUntil };
    const message = anAnswer({ ...fields, text: 'So far' });
    await messages.create(message);
    return message;
  }
  const stateOf = async ({ userId, id }: StoredMessage) => {
    const message = await messages.find(userId, id);
    return { ending: message?.ending, text: message?.text, leaseUntil: message?.leaseUntil };
  };
  const cut = { ending: 'cut', text: 'So far', leaseUntil: null };
  const begin = (isAlone: boolean, now: () => number) => {
    watch = watchAbandoned({ messages, isAlone, logger: silentLogger, now });
    return watch;
  };

  it('ends all that are running where no other server can be giving them', async () => {
    const fresh = await aRunningAnswer(afterNoon(30));
    const old = await aRunningAnswer(afterNoon(-30));

    await begin(true, () => NOON.getTime()).ready;

    expect(await stateOf(fresh)).toEqual(cut);
    expect(await stateOf(old)).toEqual(cut);
  });

  it('leaves those of other servers alone until their lease ends, and looks again and again', async () => {
    const fresh = await aRunningAnswer(afterNoon(30));
    const old = await aRunningAnswer(afterNoon(-30));
    let time = NOON.getTime();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
    await begin(false, () => time).ready;
    const before = await stateOf(fresh);

    time = afterNoon(31).getTime();
    jest.advanceTimersByTime(5000);
    await watch?.close(); // Waits for the look that is under way.

    expect(await stateOf(old)).toEqual(cut);
    expect(before).toMatchObject({ ending: null, leaseUntil: afterNoon(30) });
    expect(await stateOf(fresh)).toEqual(cut);
  });

  it('outlives a database that does not answer', async () => {
    const answer = await aRunningAnswer(afterNoon(-30));
    let fails = true;
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
    watch = watchAbandoned({
      messages: {
        cutAbandoned: (before, now) =>
          fails ? Promise.reject(new Error('away')) : messages.cutAbandoned(before, now),
      },
      isAlone: true,
      logger: silentLogger,
      now: () => NOON.getTime(),
    });
    await watch.ready;

    fails = false;
    jest.advanceTimersByTime(5000);
    await watch.close();

    expect(await stateOf(answer)).toEqual(cut);
  });
});

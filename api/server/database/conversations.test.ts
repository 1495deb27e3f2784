import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import {
  createConversations,
  type ConversationFilter,
  type Conversations,
  type NewConversation,
} from './conversations.ts';
import type { Database } from './database.ts';
import { createMessages, type Messages } from './messages.ts';
import { users } from './schema.ts';
import { aConversation, afterNoon, anAnswer, aQuestion, NOON } from './testing/chats.ts';
import { closeDatabases, onEachDatabase, openOnce } from './testing/each-database.ts';
import { createUsers } from './users.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';

afterAll(closeDatabases);

onEachDatabase((kind) => {
  let database: Database;
  let conversations: Conversations;
  let messages: Messages;
  let userId: string;
  let otherId: string;
  beforeAll(async () => {
    database = await openOnce(kind);
    conversations = createConversations(database.queries);
    messages = createMessages(database.queries);
  });
  beforeEach(async () => {
    await database.queries.execute(sql`delete from ${users}`);
    userId = await aUser('ada@example.com');
    otherId = await aUser('eve@example.com');
  });

  async function aUser(email: string): Promise<string> {
    const user = { email, name: 'A', username: 'a', passwordHash: 'x' };
    const registration = await createUsers(database.queries).register(user, true);
    if (registration.outcome !== 'created') throw new Error(registration.outcome);
    return registration.user.id;
  }

  async function create(fields: Partial<NewConversation> = {}, at = NOON): Promise<string> {
    const conversation = aConversation({ userId, ...fields });
    expect(await conversations.create(conversation, at)).toBe(true);
    return conversation.id;
  }

  const list = (filter: Partial<ConversationFilter> = {}) =>
    conversations.list({
      userId,
      isArchived: false,
      search: null,
      sortBy: 'updatedAt',
      sortDirection: 'desc',
      limit: 10,
      cursor: null,
      ...filter,
    });

  async function listAll(filter: Partial<ConversationFilter> = {}): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor: string | null = null; ;) {
      const page = await list({ ...filter, cursor });
      ids.push(...page.conversations.map(({ id }) => id));
      if (page.nextCursor === null) return ids;
      cursor = page.nextCursor;
    }
  }

  describe('create and find', () => {
    it('keeps a conversation as it was given', async () => {
      const settings = { promptPrefix: 'a\0b\ud800', model_parameters: { '\0': 0.1 + 0.2 } };
      const id = await create({ title: 'Ünïcode 👩‍👩‍👧', settings });

      expect(await conversations.find(userId, id)).toEqual({
        id,
        userId,
        title: 'Ünïcode 👩‍👩‍👧',
        endpoint: 'openrouter',
        model: 'openai/gpt-5-mini',
        agentId: null,
        settings,
        archivedAt: null,
        createdAt: NOON,
        updatedAt: NOON,
      });
    });

    it('leaves out of a title what no column of text can hold', async () => {
      const id = await create({ title: 'a\0b\ud800c' });

      expect((await conversations.find(userId, id))?.title).toBe('ab\ufffdc');
    });

    it('tells when an id is taken, also by somebody else', async () => {
      const id = await create();

      expect(await conversations.create(aConversation({ userId, id }), NOON)).toBe(false);
      expect(await conversations.create(aConversation({ userId: otherId, id }), NOON)).toBe(false);
      expect((await conversations.find(userId, id))?.userId).toBe(userId);
    });

    it.each([
      '',
      'new',
      NOBODY,
      `${NOBODY}0`,
      '{00000000-0000-4000-8000-000000000000}',
      "' or 1=1",
    ])('does not find %j', async (id) => {
      await create();

      expect(await conversations.find(userId, id)).toBeNull();
    });

    it("does not find another user's", async () => {
      const id = await create();

      expect(await conversations.find(otherId, id)).toBeNull();
    });
  });

  describe('list', () => {
    it('shows the latest first, without settings', async () => {
      const older = await create({ settings: { promptPrefix: 'long' } }, afterNoon(1));
      const newer = await create({}, afterNoon(2));

      const page = await list();

      expect(page.conversations.map(({ id }) => id)).toEqual([newer, older]);
      expect(page.conversations[0]).not.toHaveProperty('settings');
      expect(page.nextCursor).toBeNull();
    });

    it.each(['updatedAt', 'createdAt', 'title'] as const)(
      'pages by %s both ways without loss or doubles, also where all are equal',
      async (sortBy) => {
        const ids = new Set<string>();
        for (let index = 0; index < 23; index += 1) {
          ids.add(await create({ title: index < 12 ? 'Same' : `T${index}` }, afterNoon(index < 12 ? 0 : index))); // prettier-ignore
        }

        const ascending = await listAll({ sortBy, sortDirection: 'asc', limit: 5 });
        const descending = await listAll({ sortBy, sortDirection: 'desc', limit: 4 });

        expect(ascending).toHaveLength(23);
        expect(new Set(ascending)).toEqual(ids);
        expect(descending).toEqual(ascending.toReversed());
      },
    );

    it('orders titles whatever their case', async () => {
      const cherry = await create({ title: 'cherry' });
      const apple = await create({ title: 'Apple' });
      const banana = await create({ title: 'banana' });

      expect(await listAll({ sortBy: 'title', sortDirection: 'asc', limit: 1 })).toEqual([apple, banana, cherry]); // prettier-ignore
    });

    it('ends with a full page when nothing is behind it', async () => {
      await create();
      await create();

      expect((await list({ limit: 2 })).nextCursor).toBeNull();
    });

    it('shows archived ones apart, in the order of archiving', async () => {
      const first = await create();
      const second = await create();
      const third = await create();
      await conversations.change(userId, second, { archivedAt: afterNoon(1) });
      await conversations.change(userId, first, { archivedAt: afterNoon(2) });

      expect(await listAll()).toEqual([third]);
      expect(await listAll({ isArchived: true, sortBy: 'archivedAt', limit: 1 })).toEqual([first, second]); // prettier-ignore
    });

    it("never shows another user's", async () => {
      const id = await create();
      await messages.create(aQuestion({ userId, conversationId: id, text: 'needle' }));

      expect(await list({ userId: otherId })).toEqual({ conversations: [], nextCursor: null });
      expect(await list({ userId: otherId, search: 'needle' })).toEqual({
        conversations: [],
        nextCursor: null,
      });
    });

    it.each([
      'x',
      '',
      '{}',
      'null',
      '[]',
      '["updatedAt"]',
      '["updatedAt","2026-01-01T12:00:00.000Z"]',
      '["updatedAt","yesterday","00000000-0000-4000-8000-000000000000"]',
      '["updatedAt","0000-01-01T00:00:00.000Z","00000000-0000-4000-8000-000000000000"]',
      '["updatedAt","2026-13-01T00:00:00.000Z","00000000-0000-4000-8000-000000000000"]',
      '["updatedAt","2026-01-01T12:00:00.000Z","00000000"]',
      '["title","A","00000000-0000-4000-8000-000000000000"]',
      '["updatedAt","2026-01-01T12:00:00.000Z","00000000-0000-4000-8000-000000000000",1]',
    ])('refuses the cursor %s', async (place) => {
      const cursor = Buffer.from(place).toString('base64url');

      await expect(list({ cursor })).rejects.toMatchObject({ reason: 'invalid_request' });
    });

    it('refuses any other text as a cursor, or takes it for a place', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
          for (const sortBy of ['updatedAt', 'title'] as const) {
            const place = JSON.stringify([sortBy, text, NOBODY]);
            const cursors = [text, Buffer.from(text).toString('base64url'), Buffer.from(place).toString('base64url')]; // prettier-ignore
            for (const cursor of cursors) {
              const outcome = await list({ sortBy, cursor }).catch((error: { reason?: string }) => error.reason); // prettier-ignore
              if (outcome !== 'invalid_request') expect(outcome).toHaveProperty('conversations');
            }
          }
        }),
        { numRuns: 50 },
      );
    });
  });

  const found = (search: string) => listAll({ search });

  describe('search', () => {
    it('finds words of the title and of messages, in any case and order', async () => {
      const byTitle = await create({ title: 'Naïve ДОГОВОР draft' }, afterNoon(1));
      const byText = await create({}, afterNoon(2));
      await messages.create(
        aQuestion({ userId, conversationId: byText, text: 'My NAÏVE plan: договор' }),
      );
      await create({ title: 'naïve' }, afterNoon(3));

      expect(await found('договор naïve')).toEqual([byText, byTitle]);
    });

    it('shows a conversation once, however many of its messages match', async () => {
      const id = await create();
      for (let index = 0; index < 3; index += 1) {
        await messages.create(aQuestion({ userId, conversationId: id, text: 'needle' }));
      }

      expect(await listAll({ search: 'needle', limit: 1 })).toEqual([id]);
    });

    it.each(['100%', 'snake_case', 'back\\slash', '🦄', "it's", '"quoted"', '%', '_', '\\'])(
      'takes %s literally',
      async (word) => {
        const right = await create({ title: `With ${word} in it` });
        await create({ title: 'With 100x snakeXcase backslash unicorn its quoted in it' });

        expect(await found(word)).toEqual([right]);
      },
    );

    it('looks for nothing where nothing can be found', async () => {
      const id = await create({ title: 'Anything' });

      expect(await found('')).toEqual([id]);
      expect(await found(' \0\t')).toEqual([id]);
      expect(await found('\0Any\0thing')).toEqual([id]);
      expect(await found('\ud800')).toEqual([]);
    });

    it('pages through what it finds', async () => {
      for (let index = 0; index < 7; index += 1) {
        await create({ title: index % 2 === 0 ? 'needle' : 'hay' }, afterNoon(index));
      }

      expect(await listAll({ search: 'needle', limit: 1 })).toHaveLength(4);
    });
  });

  describe('change and touch', () => {
    it('changes what is given, and leaves the rest', async () => {
      const id = await create();

      const changed = await conversations.change(userId, id, { title: 'Named', model: null });

      expect(changed).toMatchObject({ id, title: 'Named', model: null, updatedAt: NOON });
      expect(await conversations.find(userId, id)).toEqual(changed);
      expect(await conversations.change(userId, id, {})).toEqual(changed);
    });

    it("changes nothing of another user's, nor what is not there", async () => {
      const id = await create();

      expect(await conversations.change(otherId, id, { title: 'Mine' })).toBeNull();
      expect(await conversations.change(userId, NOBODY, { title: 'Mine' })).toBeNull();
      expect(await conversations.change(userId, 'x', { title: 'Mine' })).toBeNull();
      expect((await conversations.find(userId, id))?.title).toBe('A conversation');
    });

    it('gives another title only in the place of the one that was seen', async () => {
      const id = await create({ title: 'Half a pair: \uD83D' });
      const strange = await create({ userId: otherId, title: 'Theirs' });
      const titleOf = async (ofId: string, owner = userId) =>
        (await conversations.find(owner, ofId))?.title;

      expect(await conversations.retitle(userId, id, 'Half a pair: \uD83D', 'Made')).toBe(true);
      await conversations.change(userId, id, { title: 'Chosen' });
      expect(await conversations.retitle(userId, id, 'Made', 'Made later')).toBe(false);
      expect(await conversations.retitle(userId, strange, 'Theirs', 'Mine')).toBe(false);
      expect(await conversations.retitle(userId, NOBODY, 'Theirs', 'Mine')).toBe(false);
      expect(await conversations.retitle(userId, 'x', 'Theirs', 'Mine')).toBe(false);

      expect(await titleOf(id)).toBe('Chosen');
      expect(await titleOf(strange, otherId)).toBe('Theirs');
    });

    it('moves up what is written in, and never down', async () => {
      const first = await create({}, afterNoon(1));
      const second = await create({}, afterNoon(2));

      await conversations.touch(first, afterNoon(5));
      await conversations.touch(first, afterNoon(0));

      expect(await listAll()).toEqual([first, second]);
      expect((await conversations.find(userId, first))?.updatedAt).toEqual(afterNoon(5));
    });
  });

  describe('delete', () => {
    it('takes the messages along', async () => {
      const first = await create();
      const second = await create();
      const kept = await create();
      for (const conversationId of [first, second, kept]) {
        const question = aQuestion({ userId, conversationId });
        await messages.create(question);
        await messages.create(anAnswer({ userId, conversationId, parentId: question.id }));
      }

      const deleted = await conversations.delete(userId, [first, second]);

      expect(deleted.ids.toSorted()).toEqual([first, second].toSorted());
      expect(deleted.messages).toBe(4);
      expect(await listAll()).toEqual([kept]);
      expect(await messages.list(userId, first)).toEqual([]);
      expect(await messages.list(userId, kept)).toHaveLength(2);
    });

    it('deletes all of one user, and none of another', async () => {
      const mine = [await create(), await create()];
      await conversations.change(userId, mine[0] ?? '', { archivedAt: NOON });
      const theirs = await create({ userId: otherId });

      const deleted = await conversations.delete(userId, null);

      expect(deleted.ids.toSorted()).toEqual(mine.toSorted());
      expect(await conversations.find(otherId, theirs)).not.toBeNull();
    });

    it("deletes nothing of another user's, nor what is not there", async () => {
      const id = await create();

      const nothing = { ids: [], messages: 0 };
      expect(await conversations.delete(otherId, [id])).toEqual(nothing);
      expect(await conversations.delete(userId, [randomUUID(), 'x', ''])).toEqual(nothing);
      expect(await conversations.delete(userId, [])).toEqual(nothing);
      expect(await conversations.find(userId, id)).not.toBeNull();
    });
  });
});

import { randomUUID } from 'node:crypto';
import type { ContentPart } from '@openrouter-native/protocol';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { createConversations } from './conversations.ts';
import type { Database } from './database.ts';
import { createMessages, type MessageProgress, type Messages } from './messages.ts';
import { users, type StoredMessage } from './schema.ts';
import { aConversation, afterNoon, anAnswer, aQuestion, aStep, NOON } from './testing/chats.ts';
import { closeDatabases, onEachDatabase, openOnce } from './testing/each-database.ts';
import { createUsers } from './users.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';

const says = (text: string) => (): ContentPart[] => [{ type: 'text', text }];
const fails = (): ContentPart[] => {
  throw new Error('no');
};

afterAll(closeDatabases);

onEachDatabase((kind) => {
  let database: Database;
  let messages: Messages;
  let userId: string;
  let otherId: string;
  let conversationId: string;
  beforeAll(async () => {
    database = await openOnce(kind);
    messages = createMessages(database.queries);
  });
  beforeEach(async () => {
    await database.queries.execute(sql`delete from ${users}`);
    userId = await aUser('ada@example.com');
    otherId = await aUser('eve@example.com');
    conversationId = await aConversationOf(userId);
  });

  async function aUser(email: string): Promise<string> {
    const user = { email, name: 'A', username: 'a', passwordHash: 'x' };
    const registration = await createUsers(database.queries).register(user, true);
    if (registration.outcome !== 'created') throw new Error(registration.outcome);
    return registration.user.id;
  }

  async function aConversationOf(owner: string): Promise<string> {
    const conversation = aConversation({ userId: owner, title: 'Its title' });
    await createConversations(database.queries).create(conversation, NOON);
    return conversation.id;
  }

  async function add(message: StoredMessage): Promise<StoredMessage> {
    expect(await messages.create(message)).toBe(true);
    return message;
  }
  const ask = (fields: Partial<StoredMessage> = {}) =>
    add(aQuestion({ userId, conversationId, ...fields }));
  const answer = (fields: Partial<StoredMessage> = {}) =>
    add(anAnswer({ userId, conversationId, ...fields }));
  const aRunningAnswer = (fields: Partial<StoredMessage> = {}) =>
    answer({ ending: null, leaseUntil: afterNoon(30), ...fields });

  describe('create and find', () => {
    it('keeps a message exactly as it was given', async () => {
      const content: ContentPart[] = [
        { type: 'think', think: 'a\0b', duration_ms: null, step: 0 },
        { type: 'text', text: 'lone \ud800 and \udc00, pair 😀, NUL \0, \\u0000, "\\"', step: 0 },
      ];
      const details = [
        { type: 'reasoning.text', index: 0, text: 'x\0\ud800', signature: 'A+/=', z: 1, a: 2 },
        {
          type: 'reasoning.encrypted',
          index: 1,
          data: 'ZZ',
          extra: [1e21, 0.1, { '\0': null }],
        },
      ];
      const message = anAnswer({
        userId,
        conversationId,
        content,
        text: 'Its text',
        steps: [aStep({ reasoning_details: details }), aStep({ step: 1, usage: null })],
        annotations: [{ type: 'url_citation', url: 'https://example.com/\0' }],
        error: {
          message: 'm\0',
          type: 'provider_error',
          code: 502,
          reason: 'provider_error',
          retryable: true,
          retry_after: null,
          action: 'a',
          metadata: {},
        } as StoredMessage['error'],
        limit: { kind: 'spending_limit', message: 'm', limit: 0.1, used: 0.05 },
        firstContentMs: 12.5,
        durationMs: 0,
        leaseUntil: afterNoon(9),
      });

      await add(message);

      const found = await messages.find(userId, message.id);
      expect(found).toEqual(message);
      expect(JSON.stringify(found?.steps)).toBe(JSON.stringify(message.steps));
      expect(JSON.stringify(found?.content)).toBe(JSON.stringify(message.content));
    });

    it('keeps any text and any order of fields', async () => {
      const text = fc.string({ unit: 'binary', maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(
          text,
          fc.dictionary(text, fc.json(), { maxKeys: 4 }),
          async (words, fields) => {
            const content: ContentPart[] = [{ type: 'text', text: words, fields }];

            const { id } = await ask({ text: words, sender: words, model: words, content });

            const found = await messages.find(userId, id);
            expect(JSON.stringify(found?.content)).toBe(JSON.stringify(content));
            expect(found?.text).toBe(words.replaceAll('\0', '').toWellFormed());
          },
        ),
        { numRuns: 30 },
      );
    });

    it('tells when an id is taken, also by somebody else, and writes nothing then', async () => {
      const { id } = await ask({ text: 'First' });
      const theirs = await aConversationOf(otherId);

      expect(await messages.create(aQuestion({ userId, conversationId, id }))).toBe(false);
      expect(
        await messages.create(aQuestion({ userId: otherId, conversationId: theirs, id })),
      ).toBe(false);
      expect(await messages.find(userId, id)).toMatchObject({ text: 'First', userId });
    });

    it.each([
      ['conversation', () => ({ conversationId: randomUUID() })],
      ['message it follows', () => ({ parentId: randomUUID() })],
    ])('says when the %s was deleted', async (_what, fields) => {
      await expect(ask(fields())).rejects.toMatchObject({ reason: 'not_found' });
    });

    it('refuses more than a conversation has room for', async () => {
      const narrow = createMessages(database.queries, { messages: 2, bytes: 10_000 });
      const another = await aConversationOf(userId);
      const question = () => aQuestion({ userId, conversationId });

      expect(await narrow.create(question())).toBe(true);
      expect(await narrow.create(question())).toBe(true);
      await expect(narrow.create(question())).rejects.toMatchObject({
        reason: 'payload_too_large',
      });
      expect(await narrow.create(aQuestion({ userId, conversationId: another, text: 'x'.repeat(10_000) }))).toBe(true); // prettier-ignore
      await expect(narrow.create(aQuestion({ userId, conversationId: another }))).rejects.toMatchObject({ reason: 'payload_too_large' }); // prettier-ignore
    });

    it.each(['', 'new', NOBODY, '{00000000-0000-4000-8000-000000000000}', "' or 1=1"])(
      'does not find %j',
      async (id) => {
        await ask();

        expect(await messages.find(userId, id)).toBeNull();
        expect(await messages.list(userId, id)).toEqual([]);
        expect(await messages.branch(userId, id)).toEqual([]);
      },
    );
  });

  describe('list and branch', () => {
    it('lists all branches, oldest first', async () => {
      const question = await ask({ createdAt: afterNoon(1) });
      const second = await answer({ parentId: question.id, createdAt: afterNoon(3) });
      const first = await answer({ parentId: question.id, createdAt: afterNoon(2) });

      const listed = await messages.list(userId, conversationId);

      expect(listed.map(({ id }) => id)).toEqual([question.id, first.id, second.id]);
    });

    it('never lists a message before the one it follows, whatever the clock said', async () => {
      let parentId: string | null = null;
      const line: string[] = [];
      for (let index = 0; index < 8; index += 1) {
        const createdAt = index < 4 ? NOON : afterNoon(-index);
        ({ id: parentId } = await ask({ parentId, createdAt }));
        line.push(parentId);
      }

      expect((await messages.list(userId, conversationId)).map(({ id }) => id)).toEqual(line);
    });

    it('follows one branch from its beginning', async () => {
      const question = await ask();
      const other = await answer({ parentId: question.id });
      const first = await answer({ parentId: question.id });
      const next = await ask({ parentId: first.id });
      await ask({ parentId: other.id });

      const branch = await messages.branch(userId, next.id);

      expect(branch).toEqual([question, first, next]);
      expect(await messages.branch(userId, question.id)).toEqual([question]);
    });

    it('follows a very long branch, and deletes it', async () => {
      const ids = Array.from({ length: 3000 }, () => randomUUID());
      await database.queries.execute(sql`
        insert into messages (id, conversation_id, user_id, parent_id, is_created_by_user, sender, text,
          content, endpoint, steps, annotations, created_at, updated_at)
        select id, ${conversationId}, ${userId}, lag(id) over (order by place), true, 'User', '',
          '[]', 'openrouter', '[]', '[]', now(), now()
        from unnest(${sql.param(ids)}::uuid[]) with ordinality as line (id, place)`);

      const branch = await messages.branch(userId, ids.at(-1) ?? '');
      const deleted = await messages.delete(userId, ids[1] ?? '');

      expect(branch.map(({ id }) => id)).toEqual(ids);
      expect(deleted).toHaveLength(2999);
      expect((await messages.list(userId, conversationId)).map(({ id }) => id)).toEqual([ids[0]]);
    });

    it('tells how a conversation begins', async () => {
      await ask({ createdAt: afterNoon(2), text: 'later' });
      await ask({ createdAt: afterNoon(1), text: `First ${'x'.repeat(5000)}` });

      expect(await messages.firstText(userId, conversationId)).toMatch(/^First x{1994}$/);
      expect(await messages.firstText(userId, NOBODY)).toBeNull();
      expect(await messages.firstText(userId, 'x')).toBeNull();
    });

    it("shows nothing of another user's", async () => {
      const { id } = await ask();

      expect(await messages.find(otherId, id)).toBeNull();
      expect(await messages.list(otherId, conversationId)).toEqual([]);
      expect(await messages.branch(otherId, id)).toEqual([]);
      expect(await messages.firstText(otherId, conversationId)).toBeNull();
    });
  });

  const search = (words: string, cursor: string | null = null, limit = 10) =>
    messages.search({ userId, search: words, limit, cursor });

  describe('search', () => {
    it('finds messages that hold all words, newest first, with the title above them', async () => {
      const first = await ask({ text: 'The Quick brown fox', createdAt: afterNoon(1) });
      const second = await answer({ text: 'A fox, QUICK', createdAt: afterNoon(2) });
      await ask({ text: 'quick only', createdAt: afterNoon(3) });

      const { messages: found } = await search('quick fox');

      expect(found.map(({ id }) => id)).toEqual([second.id, first.id]);
      expect(found[0]).toEqual({ ...second, title: 'Its title' });
    });

    it.each(['100%', 'snake_case', 'back\\slash', '🦄', '%', '_'])(
      'takes %s literally',
      async (word) => {
        const { id } = await ask({ text: `with ${word} in it` });
        await ask({ text: 'with 100x snakeXcase backslash in it' });

        expect((await search(word)).messages.map((found) => found.id)).toEqual([id]);
      },
    );

    it('pages without loss or doubles, also among equal times', async () => {
      const ids = new Set<string>();
      for (let index = 0; index < 7; index += 1) ids.add((await ask({ text: 'needle' })).id);

      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await search('needle', cursor, 2);
        seen.push(...page.messages.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);

      expect(seen).toHaveLength(7);
      expect(new Set(seen)).toEqual(ids);
    });

    it('ends a page early behind very long messages, and loses none', async () => {
      const content: ContentPart[] = [{ type: 'text', text: 'x'.repeat(5 * 1024 * 1024) }];
      for (let index = 0; index < 3; index += 1) {
        await ask({ text: 'needle', content, createdAt: afterNoon(index) });
      }

      const first = await search('needle');
      const second = await search('needle', first.nextCursor);

      expect([first.messages.length, second.messages.length]).toEqual([1, 1]);
      expect((await search('needle', second.nextCursor)).nextCursor).toBeNull();
    });

    it("finds nothing without words, nor another user's, and refuses a wrong cursor", async () => {
      await ask({ text: 'needle' });

      expect(await search(' \0')).toEqual({ messages: [], nextCursor: null });
      expect(
        await messages.search({ userId: otherId, search: 'needle', limit: 9, cursor: null }),
      ).toEqual({ messages: [], nextCursor: null });
      await expect(search('needle', 'x')).rejects.toMatchObject({ reason: 'invalid_request' });
    });
  });

  describe('progress and reopen', () => {
    const soFar: MessageProgress = {
      text: 'So far',
      content: [{ type: 'text', text: 'So far', step: 0 }],
      steps: [aStep({ ending: null })],
      annotations: [],
      ending: null,
      error: null,
      limit: null,
      firstContentMs: 100,
      durationMs: null,
      leaseUntil: afterNoon(60),
    };
    const whole: MessageProgress = {
      ...soFar,
      ending: 'complete',
      durationMs: 900,
      leaseUntil: null,
    };

    it('writes an answer so far, then whole, then no more', async () => {
      const { id } = await aRunningAnswer();

      expect(await messages.progress(id, soFar, afterNoon(1))).toBe(true);
      expect(await messages.find(userId, id)).toMatchObject({ ...soFar, updatedAt: afterNoon(1) });
      expect(await messages.progress(id, whole, afterNoon(2))).toBe(true);
      expect(await messages.progress(id, soFar, afterNoon(3))).toBe(false);
      expect(await messages.find(userId, id)).toMatchObject({ ...whole, updatedAt: afterNoon(2) });
    });

    it('writes nothing over what was cut or deleted', async () => {
      const { id } = await aRunningAnswer();
      await messages.cutAbandoned(null, afterNoon(1));

      expect(await messages.progress(id, whole, afterNoon(2))).toBe(false);
      expect((await messages.find(userId, id))?.ending).toBe('cut');
      expect(await messages.progress(NOBODY, whole, NOON)).toBe(false);
    });

    it('lets one of many go on with an answer that has ended', async () => {
      const seen = await answer({ ending: 'cut' });
      const { id } = seen;

      const outcomes = await Promise.all(
        Array.from({ length: 5 }, () => messages.reopen(seen, soFar, afterNoon(5))),
      );

      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await messages.find(userId, id)).toMatchObject(soFar);
      expect(await messages.progress(id, whole, afterNoon(6))).toBe(true);
    });

    it("reopens no question, nothing of another user's, and nothing that is not there", async () => {
      const question = await ask();
      const seen = await answer();

      expect(await messages.reopen(question, soFar, NOON)).toBe(false);
      expect(await messages.reopen({ ...seen, userId: otherId }, soFar, NOON)).toBe(false);
      expect(await messages.reopen({ ...seen, id: NOBODY }, soFar, NOON)).toBe(false);
    });

    it('reopens no answer that was changed since it was seen', async () => {
      const seen = await answer({ ending: 'cut' });
      await messages.rewrite(userId, seen.id, says('Better'), afterNoon(1));

      expect(await messages.reopen(seen, soFar, afterNoon(2))).toBe(false);
      expect((await messages.find(userId, seen.id))?.text).toBe('Better');
    });
  });

  describe('rewrite', () => {
    it('changes what a message says, and what is searched', async () => {
      const { id } = await ask({ text: 'Teh question' });

      const written = await messages.rewrite(userId, id, says('The\0 question'), afterNoon(9));

      expect(written).toMatchObject({
        text: 'The question',
        content: [{ type: 'text', text: 'The\0 question' }],
        updatedAt: afterNoon(9),
        createdAt: NOON,
      });
      expect(await messages.find(userId, id)).toEqual(written);
    });

    it('lets no message grow in a conversation that is full', async () => {
      const narrow = createMessages(database.queries, { messages: 1, bytes: 1000 });
      const { id } = await ask({ text: 'x'.repeat(500) });
      const rewrite = (text: string) => narrow.rewrite(userId, id, says(text), NOON);

      expect(await rewrite('y'.repeat(5000))).not.toBeNull();
      await expect(rewrite('z'.repeat(5001))).rejects.toMatchObject({
        reason: 'payload_too_large',
      });
      expect(await rewrite('z'.repeat(5000))).not.toBeNull();
    });

    it('leaves an answer alone that is being given', async () => {
      const { id } = await aRunningAnswer();

      await expect(messages.rewrite(userId, id, says('x'), NOON)).rejects.toMatchObject({
        reason: 'conflict',
      });
    });

    it('changes nothing when the new words cannot be made', async () => {
      const { id } = await ask({ text: 'Kept' });

      await expect(messages.rewrite(userId, id, fails, NOON)).rejects.toThrow('no');
      expect((await messages.find(userId, id))?.text).toBe('Kept');
    });

    it("changes nothing of another user's, nor what is not there", async () => {
      const { id } = await ask({ text: 'Kept' });

      expect(await messages.rewrite(otherId, id, says('x'), NOON)).toBeNull();
      expect(await messages.rewrite(userId, NOBODY, says('x'), NOON)).toBeNull();
      expect(await messages.rewrite(userId, 'x', says('x'), NOON)).toBeNull();
      expect((await messages.find(userId, id))?.text).toBe('Kept');
    });
  });

  describe('delete', () => {
    it('takes along what follows', async () => {
      const question = await ask();
      const first = await answer({ parentId: question.id });
      const next = await ask({ parentId: first.id });
      const running = await aRunningAnswer({ parentId: next.id });
      const other = await answer({ parentId: question.id });

      const deleted = await messages.delete(userId, first.id);

      expect(deleted.toSorted()).toEqual([first.id, next.id, running.id].toSorted());
      const left = await messages.list(userId, conversationId);
      expect(left.map(({ id }) => id).toSorted()).toEqual([question.id, other.id].toSorted());
    });

    it("deletes nothing of another user's, nor what is not there", async () => {
      const { id } = await ask();

      expect(await messages.delete(otherId, id)).toEqual([]);
      expect(await messages.delete(userId, NOBODY)).toEqual([]);
      expect(await messages.delete(userId, 'x')).toEqual([]);
      expect(await messages.find(userId, id)).not.toBeNull();
    });
  });

  describe('cutAbandoned', () => {
    it('cuts what nobody gives any more, and leaves everything else of it as it is', async () => {
      const call = {
        type: 'tool_call' as const,
        id: 'call_1',
        name: 'calculator',
        args: '{}',
        output: null,
        progress: 0.5,
        is_error: false,
        duration_ms: null,
      };
      const content: ContentPart[] = [{ type: 'tool_call', tool_call: call, step: 0 }];
      const abandoned = await aRunningAnswer({ content, leaseUntil: afterNoon(-1) });
      const running = await aRunningAnswer({ leaseUntil: afterNoon(1) });
      const question = await ask();
      const done = await answer();

      expect(await messages.cutAbandoned(NOON, afterNoon(5))).toBe(1);

      expect(await messages.find(userId, abandoned.id)).toEqual({
        ...abandoned,
        ending: 'cut',
        leaseUntil: null,
        updatedAt: afterNoon(5),
      });
      for (const message of [running, question, done]) {
        expect(await messages.find(userId, message.id)).toEqual(message);
      }
    });

    it('cuts all that are running, when nobody else can be giving them', async () => {
      await aRunningAnswer({ leaseUntil: afterNoon(100) });
      await aRunningAnswer({ leaseUntil: null });
      await ask();
      await answer();

      expect(await messages.cutAbandoned(null, NOON)).toBe(2);
      expect(await messages.cutAbandoned(null, NOON)).toBe(0);
    });
  });
});

import { randomUUID } from 'node:crypto';
import {
  conversationListSchema,
  conversationSchema,
  errorBodySchema,
  type Conversation,
} from '@openrouter-native/protocol';
import { afterNoon } from '@openrouter-native/api/database/testing/chats';
import request from 'supertest';
import { createChatClient, type ChatClient } from '../../support/chat-client.ts';
import { onEachDatabase } from '../../support/databases.ts';
import { createSeeds, type Seeds } from '../../support/seeds.ts';
import { signIn, type SignedIn } from '../../support/signed-in.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { until } from '../../support/wait.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';
/** What can stand where an id is expected, and is none of the reader's. */
const STRANGE_IDS = [NOBODY, NOBODY.slice(1), 'new', 'undefined', "' or 1=1--", '%00', '..', '🦄', 'x'.repeat(500)]; // prettier-ignore

const idsOf = (conversations: readonly Conversation[]) =>
  conversations.map(({ conversationId }) => conversationId);

onEachDatabase((database) => {
  let host: TestApp;
  let ada: SignedIn;
  let bob: SignedIn;
  let seeds: Seeds;
  beforeAll(async () => {
    host = await createTestApp({ database });
    ada = await signIn(host, 'ada@example.com');
    bob = await signIn(host, 'bob@example.com');
    seeds = createSeeds(host, ada.userId);
  });
  beforeEach(() => host.database.queries.execute('delete from conversations'));

  async function list(query: Record<string, string | number | boolean> = {}, who = ada) {
    const response = await who.get('/api/convos', query);
    expect(response.status).toBe(200);
    return conversationListSchema.parse(response.body);
  }

  async function listAll(query: Record<string, string | number | boolean> = {}) {
    const all: Conversation[] = [];
    let cursor: string | null = null;
    do {
      const page = await list({ ...query, ...(cursor !== null && { cursor }) });
      all.push(...page.conversations);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return all;
  }

  describe('without a token', () => {
    it.each([
      ['get', '/api/convos'],
      ['get', `/api/convos/${NOBODY}`],
      ['get', `/api/convos/gen_title/${NOBODY}`],
      ['post', '/api/convos/update'],
      ['post', '/api/convos/archive'],
      ['delete', '/api/convos'],
      ['delete', '/api/convos/all'],
      ['delete', `/api/convos/${NOBODY}`],
    ] as const)('%s %s is answered with 401', async (method, path) => {
      const response = await request(host.url)[method](path);

      expect(response.status).toBe(401);
      expect(response.body).toMatchObject({ message: 'No auth token', error: { code: 401 } });
    });
  });

  describe('the list', () => {
    it('shows the latest first, without their settings', async () => {
      const older = await seeds.conversation(
        { settings: { promptPrefix: 'secret' } },
        afterNoon(1),
      );
      const newer = await seeds.conversation({ title: 'Newer' }, afterNoon(2));

      const page = await list();

      expect(idsOf(page.conversations)).toEqual([newer, older]);
      expect(page.nextCursor).toBeNull();
      expect(page.conversations[0]).toEqual({
        conversationId: newer,
        title: 'Newer',
        endpoint: 'openrouter',
        model: 'openai/gpt-5-mini',
        isArchived: false,
        archivedAt: null,
        user: ada.userId,
        createdAt: afterNoon(2).toISOString(),
        updatedAt: afterNoon(2).toISOString(),
      });
      expect(page.conversations[1]).not.toHaveProperty('promptPrefix');
    });

    it('pages through 250 without loss or doubles, while new ones appear', async () => {
      const there = new Set<string>();
      for (let index = 0; index < 250; index += 1) {
        there.add(await seeds.conversation({}, afterNoon(Math.floor(index / 7)))); // Many are equal.
      }

      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await list(cursor === null ? {} : { cursor });
        seen.push(...idsOf(page.conversations));
        cursor = page.nextCursor;
        await seeds.conversation({}, afterNoon(1000));
      } while (cursor !== null);

      expect(seen).toHaveLength(250);
      expect(new Set(seen)).toEqual(there);
    }, 60_000);

    it('goes by another order and in other pages, when asked', async () => {
      const banana = await seeds.conversation({ title: 'banana' }, afterNoon(1));
      const apple = await seeds.conversation({ title: 'Apple' }, afterNoon(2));
      const cherry = await seeds.conversation({ title: 'Cherry' }, afterNoon(0));

      const byTitle = await listAll({ sortBy: 'title', sortDirection: 'asc', limit: 1 });
      const byTime = await listAll({ sortBy: 'createdAt', sortDirection: 'asc', limit: 2 });

      expect(idsOf(byTitle)).toEqual([apple, banana, cherry]);
      expect(idsOf(byTime)).toEqual([cherry, banana, apple]);
    });

    it('takes parameters without a value for left out, and ignores what means nothing here', async () => {
      await seeds.conversation();

      expect((await list({ cursor: '', search: '', tags: 'x', pinned: true })).conversations).toHaveLength(1); // prettier-ignore
    });

    it.each([
      ['limit', '0'],
      ['limit', '101'],
      ['limit', '-1'],
      ['limit', '1.5'],
      ['limit', 'ten'],
      ['isArchived', 'maybe'],
      ['sortBy', 'user_id'],
      ['sortBy', 'archivedAt'],
      ['sortDirection', 'up'],
      ['search', 'x'.repeat(201)],
      ['cursor', 'bm90aGluZw'],
      ['cursor', '\0'],
      ['cursor', 'x'.repeat(5000)],
    ])('refuses %s=%s', async (name, value) => {
      const response = await ada.get('/api/convos', { [name]: value });

      expect(response.status).toBe(400);
      const { error } = errorBodySchema.parse(response.body);
      expect(error).toMatchObject({ reason: 'invalid_request', code: 400 });
      expect(error.message).toContain(name);
    });

    it('refuses a parameter that is given twice, and a cursor of another order', async () => {
      await seeds.conversation();
      await seeds.conversation();
      const { nextCursor } = await list({ limit: 1 });

      expect((await ada.send('get', '/api/convos?limit=1&limit=2')).status).toBe(400);
      expect((await ada.send('get', '/api/convos?search=a&search=b')).status).toBe(400);
      expect((await ada.get('/api/convos', { sortBy: 'title', cursor: String(nextCursor) })).status).toBe(400); // prettier-ignore
    });
  });

  describe('search', () => {
    it('finds words in titles and messages', async () => {
      const byTitle = await seeds.conversation({ title: 'About Otters' }, afterNoon(1));
      const byText = await seeds.conversation({}, afterNoon(2));
      await seeds.answer(byText, { text: 'Sea OTTERS hold hands.' });
      await seeds.conversation({ title: 'About beavers' });

      expect(idsOf(await listAll({ search: ' otters ' }))).toEqual([byText, byTitle]);
      expect(idsOf(await listAll({ search: 'otters', limit: 1 }))).toEqual([byText, byTitle]);
      expect(await listAll({ search: 'hands otters about' })).toEqual([]);
    });

    it.each(['100%', 'a_b', '🦄', '\\', "'; drop table users; --"])(
      'takes %s literally',
      async (words) => {
        const right = await seeds.conversation({ title: `It is ${words} indeed` });
        await seeds.conversation({ title: 'It is 1000 axb drop' });

        expect(idsOf(await listAll({ search: words }))).toEqual([right]);
      },
    );

    it('survives characters that no text can hold', async () => {
      const right = await seeds.conversation({ title: 'nullify' });

      expect((await ada.send('get', '/api/convos?search=%00')).body.conversations).toHaveLength(1);
      expect((await ada.send('get', '/api/convos?search=null%00ify')).body.conversations).toMatchObject([{ conversationId: right }]); // prettier-ignore
      expect((await ada.send('get', '/api/convos?search=%ED%A0%80')).status).toBe(200);
    });
  });

  describe('one conversation', () => {
    it('is shown with the settings of its next answer', async () => {
      const settings = { promptPrefix: 'Be brief', model_parameters: { top_p: 0.5 } };
      const id = await seeds.conversation({ settings });

      const response = await ada.get(`/api/convos/${id}`);

      expect(response.status).toBe(200);
      expect(conversationSchema.parse(response.body)).toMatchObject({ conversationId: id, ...settings }); // prettier-ignore
    });

    it.each(STRANGE_IDS)('is not there under %j', async (id) => {
      await seeds.conversation();

      for (const path of [
        `/api/convos/${encodeURIComponent(id)}`,
        `/api/convos/gen_title/${encodeURIComponent(id)}`,
      ]) {
        const response = await ada.get(path);
        expect([path, response.status]).toEqual([path, 404]);
        expect(errorBodySchema.parse(response.body).error.reason).toBe('not_found');
      }
    });
  });

  describe('naming', () => {
    it.each([
      ['as LibreChat sends it', (fields: object) => ({ arg: fields })],
      ['sent flat', (fields: object) => fields],
    ])('gives a title, %s', async (_how, wrapped) => {
      const conversationId = await seeds.conversation();
      const title = `${'x'.repeat(198)}ü!`;

      const response = await ada.send('post', '/api/convos/update', wrapped({ conversationId, title: ` ${title} ` })); // prettier-ignore

      expect(response.status).toBe(200);
      expect(conversationSchema.parse(response.body)).toMatchObject({ conversationId, title });
      expect((await ada.get(`/api/convos/${conversationId}`)).body.title).toBe(title);
    });

    it('does not move the conversation up', async () => {
      const older = await seeds.conversation({}, afterNoon(1));
      const newer = await seeds.conversation({}, afterNoon(2));

      await ada.send('post', '/api/convos/update', { conversationId: older, title: 'Named' });

      expect(idsOf(await listAll())).toEqual([newer, older]);
    });

    it.each([
      ['title', { title: '' }],
      ['title', { title: ' \t ' }],
      ['title', { title: 'x'.repeat(201) }],
      ['title', { title: 'a\0b' }],
      ['title', { title: 'two\nlines' }],
      ['title', { title: 5 }],
      ['title', { title: null }],
      ['title', {}],
      ['conversationId', { title: 'x', conversationId: 5 }],
      ['conversationId', { title: 'x', conversationId: '' }],
      ['conversationId', { title: 'x', conversationId: null }],
    ])('refuses a wrong %s', async (field, fields) => {
      const conversationId = await seeds.conversation();

      const response = await ada.send('post', '/api/convos/update', { arg: { conversationId, ...fields } }); // prettier-ignore

      expect(response.status).toBe(400);
      expect(response.body.message).toContain(field);
      expect((await list()).conversations[0]?.title).toBe('A conversation');
    });

    it.each([{ arg: null }, { arg: 'x' }, { arg: [] }, {}])('refuses the body %j', async (body) => {
      for (const path of ['/api/convos/update', '/api/convos/archive']) {
        expect((await ada.send('post', path, body)).status).toBe(400);
      }
      expect((await ada.send('delete', '/api/convos', body)).status).toBe(400);
    });
  });

  const archive = (conversationId: string, isArchived: unknown, who = ada) =>
    who.send('post', '/api/convos/archive', { arg: { conversationId, isArchived } });

  describe('archiving', () => {
    it('moves a conversation to the archive, and back', async () => {
      const id = await seeds.conversation();

      const archived = await archive(id, true);
      expect(archived.status).toBe(200);
      expect(archived.body).toMatchObject({ conversationId: id, isArchived: true });
      expect(await listAll()).toEqual([]);
      expect(idsOf(await listAll({ isArchived: true }))).toEqual([id]);

      expect((await archive(id, false)).body).toMatchObject({
        isArchived: false,
        archivedAt: null,
      });
      expect(idsOf(await listAll())).toEqual([id]);
      expect(await listAll({ isArchived: true })).toEqual([]);
    });

    it('keeps the moment of the first time', async () => {
      const id = await seeds.conversation();

      const first = await archive(id, true);
      const second = await archive(id, true);

      expect(second.body.archivedAt).toBe(first.body.archivedAt);
    });

    it('orders the archive by when things came there', async () => {
      const [first, second] = [
        await seeds.conversation(),
        await seeds.conversation({}, afterNoon(5)),
      ];
      await archive(second, true);
      await new Promise((resolve) => setTimeout(resolve, 5)); // For another millisecond.
      await archive(first, true);

      expect(idsOf(await listAll({ isArchived: true, sortBy: 'archivedAt', limit: 1 }))).toEqual([first, second]); // prettier-ignore
    });

    it.each(['true', 1, null, undefined])('refuses isArchived: %j', async (isArchived) => {
      const id = await seeds.conversation();

      expect((await archive(id, isArchived)).status).toBe(400);
    });
  });

  describe('deleting', () => {
    it.each([
      ['as LibreChat sends it', (id: string) => ada.send('delete', '/api/convos', { arg: { conversationId: id } })], // prettier-ignore
      ['sent flat', (id: string) => ada.send('delete', '/api/convos', { conversationId: id })],
      ['by its address', (id: string) => ada.send('delete', `/api/convos/${id}`)],
    ])('takes a conversation and its messages, %s', async (_how, remove) => {
      const id = await seeds.conversation();
      const kept = await seeds.conversation();
      const question = await seeds.ask(id);
      await seeds.answer(id, { parentId: question.id });

      const response = await remove(id);

      expect(response.status).toBe(200);
      expect(response.body).toEqual({
        acknowledged: true,
        deletedCount: 1,
        messages: { acknowledged: true, deletedCount: 2 },
      });
      expect(idsOf(await listAll())).toEqual([kept]);
      expect((await ada.get(`/api/messages/${id}`)).status).toBe(404);
      expect((await remove(id)).status).toBe(404);
    });

    it('takes all of one person, archived ones as well, and nothing of another', async () => {
      const archived = await seeds.conversation();
      await ada.send('post', '/api/convos/archive', { conversationId: archived, isArchived: true });
      await seeds.ask(await seeds.conversation());
      const theirs = await createSeeds(host, bob.userId).conversation();

      const response = await ada.send('delete', '/api/convos/all');

      expect(response.body).toMatchObject({ deletedCount: 2, messages: { deletedCount: 1 } });
      expect(await listAll({ isArchived: true })).toEqual([]);
      expect(idsOf((await list({}, bob)).conversations)).toEqual([theirs]);
      expect((await ada.send('delete', '/api/convos/all')).body.deletedCount).toBe(0);
    });

    it.each(STRANGE_IDS)('finds nothing under %j', async (id) => {
      const kept = await seeds.conversation();

      expect((await ada.send('delete', `/api/convos/${encodeURIComponent(id)}`)).status).toBe(404);
      expect((await ada.send('delete', '/api/convos', { conversationId: id })).status).toBe(404);
      expect(idsOf(await listAll())).toEqual([kept]);
    });
  });

  describe("another user's conversation", () => {
    it('can neither be found, read, named, archived nor deleted, and looks like none', async () => {
      const id = await seeds.conversation({ title: 'Private otters' });
      await seeds.ask(id, { text: 'Private otters' });

      const attempts = (conversationId: string) => [
        bob.get(`/api/convos/${conversationId}`),
        bob.get(`/api/convos/gen_title/${conversationId}`),
        bob.send('post', '/api/convos/update', { arg: { conversationId, title: 'Mine' } }),
        bob.send('post', '/api/convos/archive', { arg: { conversationId, isArchived: true } }),
        bob.send('delete', '/api/convos', { arg: { conversationId } }),
        bob.send('delete', `/api/convos/${conversationId}`),
      ];
      const refusals = async (conversationId: string) =>
        (await Promise.all(attempts(conversationId))).map(({ status, body }) => {
          const { request_id: _id, ...error } = errorBodySchema.parse(body).error;
          return { status, error, message: (body as { message: string }).message };
        });

      const foreign = await refusals(id);
      expect(foreign.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
      expect(foreign).toEqual(await refusals(randomUUID()));
      expect((await list({}, bob)).conversations).toEqual([]);
      expect((await list({ search: 'otters' }, bob)).conversations).toEqual([]);
      expect((await bob.send('delete', '/api/convos/all')).body.deletedCount).toBe(0);
      expect((await ada.get(`/api/convos/${id}`)).body).toMatchObject({
        title: 'Private otters',
        isArchived: false,
      });
    });

    it('is not reached with a cursor of its owner', async () => {
      await seeds.conversation();
      await seeds.conversation();
      const { nextCursor } = await list({ limit: 1 });

      expect((await list({ cursor: String(nextCursor) }, bob)).conversations).toEqual([]);
    });
  });

  describe('what is not documented', () => {
    it.each([
      ['put', '/api/convos', 'GET, DELETE'],
      ['get', '/api/convos/update', 'POST'],
      ['get', '/api/convos/all', 'DELETE'],
      ['post', `/api/convos/${NOBODY}`, 'GET, DELETE'],
      ['post', `/api/convos/gen_title/${NOBODY}`, 'GET'],
    ] as const)('%s %s is answered with 405', async (method, path, allowed) => {
      const response = await ada.send(method, path, {});

      expect(response.status).toBe(405);
      expect(response.get('Allow')).toBe(allowed);
    });

    it('is no body but JSON', async () => {
      const response = await ada.send('post', '/api/convos/update').type('text').send('title=x');

      expect(response.status).toBe(415);
    });
  });

  const titleOf = (id: string) => ada.get(`/api/convos/gen_title/${id}`);

  describe('the title', () => {
    it('is told at once when there is one', async () => {
      const id = await seeds.conversation({ title: 'Named by a model' });
      await seeds.ask(id, { text: 'What is it?' });

      const response = await titleOf(id);

      expect(response.status).toBe(200);
      expect(response.body).toEqual({ title: 'Named by a model' });
    });

    it('is waited for while it is made of the first words only', async () => {
      const id = await seeds.conversation({ title: 'What is it?' });
      await seeds.ask(id, { text: 'What is it?' });

      const asked = titleOf(id).then(({ body }) => body as unknown);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await ada.send('post', '/api/convos/update', { conversationId: id, title: 'A better one' });

      expect(await asked).toEqual({ title: 'A better one' });
    });

    it('stays what it is when no better one comes', async () => {
      const id = await seeds.conversation({ title: 'New Chat' });

      expect((await titleOf(id)).body).toEqual({ title: 'New Chat' });
    }, 20_000);

    it('is no longer there when the conversation was deleted meanwhile', async () => {
      const id = await seeds.conversation({ title: 'New Chat' });

      const asked = titleOf(id).then(({ status }) => status);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await ada.send('delete', `/api/convos/${id}`);

      expect(await asked).toBe(404);
    });
  });

  describe('while an answer is being given', () => {
    let chat: ChatClient;
    beforeAll(async () => {
      host = await createTestApp({ database, simulator: { tokensPerSecond: 5 } });
      chat = createChatClient(host.url, (await host.signUp()).token);
    });

    const isRunning = async (id: string) =>
      ((await (await chat.get(`/agents/chat/status/${id}`)).json()) as { active: boolean }).active;
    const start = async () => {
      const started = await chat.start({ text: 'Write a long story', model: 'openai/gpt-4o' });
      await until(async () => (await chat.messages(started.conversationId))[1]?.text !== '');
      return started;
    };

    it.each([
      ['one conversation', (id: string) => chat.delete(`/convos/${id}`)],
      ['all', () => chat.delete('/convos/all')],
    ])('deleting %s stops it', async (_what, remove) => {
      const { conversationId, streamId } = await start();
      expect(await isRunning(conversationId)).toBe(true);

      expect((await remove(conversationId)).status).toBe(200);

      const running = async () =>
        ((await (await chat.get('/agents/chat/active')).json()) as { activeJobIds: string[] })
          .activeJobIds;
      await until(async () => (await running()).length === 0);
      expect((await chat.get(`/agents/chat/status/${conversationId}`)).status).toBe(404);
      expect((await chat.get(`/agents/chat/stream/${streamId}`)).status).not.toBe(500);
      expect(host.logText()).not.toContain('"level":"error"');
    });
  });
});

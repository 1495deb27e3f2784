import { randomUUID } from 'node:crypto';
import { errorBodySchema, messageListSchema, type Message } from '@openrouter-native/protocol';
import { afterNoon, aStep } from '@openrouter-native/api/database/testing/chats';
import request from 'supertest';
import { createChatClient, type ChatClient } from '../../support/chat-client.ts';
import { onEachDatabase } from '../../support/databases.ts';
import { createSeeds, type Seeds } from '../../support/seeds.ts';
import { signIn, type SignedIn } from '../../support/signed-in.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { answerCalls } from '../../support/upstream-calls.ts';
import { until } from '../../support/wait.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const STRANGE_IDS = [NOBODY, NOBODY.slice(1), 'new', "' or 1=1--", '%00', '🦄', 'x'.repeat(500)];

const idsOf = (messages: readonly Message[]) => messages.map(({ messageId }) => messageId);

onEachDatabase((database) => {
  let host: TestApp;
  let ada: SignedIn;
  let bob: SignedIn;
  let seeds: Seeds;
  let conversationId: string;
  beforeAll(async () => {
    host = await createTestApp({ database });
    ada = await signIn(host, 'ada@example.com');
    bob = await signIn(host, 'bob@example.com');
    seeds = createSeeds(host, ada.userId);
  });
  beforeEach(async () => {
    await host.database.queries.execute('delete from conversations');
    conversationId = await seeds.conversation({ title: 'About otters' });
  });

  const at = (messageId = '', conversation = conversationId) =>
    `/api/messages/${encodeURIComponent(conversation)}${messageId && `/${encodeURIComponent(messageId)}`}`;

  async function read(): Promise<Message[]> {
    const response = await ada.get(at());
    expect(response.status).toBe(200);
    return messageListSchema.parse(response.body);
  }

  describe('without a token', () => {
    it.each([
      ['get', '/api/messages'],
      ['get', `/api/messages/${NOBODY}`],
      ['get', `/api/messages/${NOBODY}/${NOBODY}`],
      ['put', `/api/messages/${NOBODY}/${NOBODY}`],
      ['delete', `/api/messages/${NOBODY}/${NOBODY}`],
    ] as const)('%s %s is answered with 401', async (method, path) => {
      const response = await request(host.url)[method](path);

      expect(response.status).toBe(401);
      expect(response.body).toMatchObject({ message: 'No auth token', error: { code: 401 } });
    });
  });

  describe('the messages of a conversation', () => {
    it('are all branches, oldest first, with everything a page shows', async () => {
      const question = await seeds.ask(conversationId, { text: 'Why?', createdAt: afterNoon(1) });
      const second = await seeds.answer(conversationId, { parentId: question.id, createdAt: afterNoon(3) }); // prettier-ignore
      const first = await seeds.answer(conversationId, { parentId: question.id, createdAt: afterNoon(2) }); // prettier-ignore

      const messages = await read();

      expect(idsOf(messages)).toEqual([question.id, first.id, second.id]);
      expect(messages[0]).toMatchObject({ text: 'Why?', isCreatedByUser: true, sender: 'User' });
      expect(messages[1]).toMatchObject({
        parentMessageId: question.id,
        ending: 'complete',
        usage: { cost: 0.0001 },
        finish_reason: 'stop',
      });
    });

    it('are none in a conversation that is empty', async () => {
      expect(await read()).toEqual([]);
    });

    it('never hold what only the model reads again', async () => {
      const details = [{ type: 'reasoning.text', text: 'planted', signature: 'planted' }];
      const { id } = await seeds.answer(conversationId, {
        text: 'needle',
        steps: [aStep({ reasoning_details: details })],
      });

      for (const path of [at(), at(id), '/api/messages?search=needle']) {
        const { text, status } = await ada.get(path);
        expect([status, text.includes('needle')]).toEqual([200, true]);
        expect(text).not.toMatch(/planted|reasoning_details/);
      }
      const { text } = await ada.send('put', at(id), { text: 'new' });
      expect(text).not.toMatch(/planted|reasoning_details/);
    });

    it('keep NUL and halves of surrogate pairs', async () => {
      const text = 'a\0b\ud800c😀';
      await seeds.ask(conversationId, { text, content: [{ type: 'text', text }] });

      expect((await read())[0]?.text).toBe(text);
    });

    it.each(STRANGE_IDS)('are not there under %j', async (id) => {
      const response = await ada.get(at('', id));

      expect(response.status).toBe(404);
      expect(errorBodySchema.parse(response.body).error.reason).toBe('not_found');
    });
  });

  describe('one message', () => {
    it('comes as a list of one, as LibreChat answers', async () => {
      const { id } = await seeds.ask(conversationId);
      await seeds.ask(conversationId);

      const response = await ada.get(at(id));

      expect(response.status).toBe(200);
      expect(idsOf(messageListSchema.parse(response.body))).toEqual([id]);
    });

    it.each(STRANGE_IDS)('is not there under %j', async (id) => {
      for (const method of ['get', 'put', 'delete'] as const) {
        const body = method === 'put' ? { text: 'x' } : undefined;
        const response = await ada.send(method, at(id), body);
        expect([method, response.status]).toEqual([method, 404]);
        expect(errorBodySchema.parse(response.body).error.reason).toBe('not_found');
      }
    });

    it('is not there in another conversation', async () => {
      const { id } = await seeds.ask(conversationId);
      const another = await seeds.conversation();

      expect((await ada.get(at(id, another))).status).toBe(404);
      expect((await ada.send('put', at(id, another), { text: 'x' })).status).toBe(404);
      expect((await ada.send('delete', at(id, another))).status).toBe(404);
      expect(idsOf(await read())).toEqual([id]);
    });
  });

  describe('rewriting', () => {
    it('changes the words of a question, and begins no answer', async () => {
      const { id } = await seeds.ask(conversationId, { text: 'Teh otters' });
      const text = `The otters\n\0${'ü'.repeat(150_000)}`;

      const response = await ada.send('put', at(id), { text, model: 'x' });

      expect(response.status).toBe(200);
      expect(response.body).toMatchObject({ messageId: id, text });
      const messages = await read();
      expect(messages).toHaveLength(1);
      expect(messages[0]).toMatchObject({ text, content: [{ type: 'text', text }] });
      expect(answerCalls(host.simulator)).toHaveLength(0);
    });

    it('finds the new words and no longer the old ones', async () => {
      const { id } = await seeds.ask(conversationId, { text: 'beavers' });
      const search = async (words: string) =>
        (await ada.get('/api/messages', { search: words })).body.messages.length as number;

      await ada.send('put', at(id), { text: 'otters' });

      expect([await search('beavers'), await search('otters')]).toEqual([0, 1]);
    });

    it('changes one part of an answer, and leaves the rest', async () => {
      const content = [
        { type: 'text' as const, text: 'Before', step: 0 },
        { type: 'think' as const, think: 'Hm', step: 1 },
        { type: 'text' as const, text: 'After', step: 1 },
      ];
      const { id } = await seeds.answer(conversationId, { content });

      const response = await ada.send('put', at(id), { text: 'New', index: 2 });

      expect(response.body.content).toEqual([
        content[0],
        content[1],
        { ...content[2], text: 'New' },
      ]);
      expect(response.body).toMatchObject({ text: 'BeforeNew', ending: 'complete' });
      expect((await ada.send('put', at(id), { text: 'New', index: 1 })).status).toBe(400);
      expect((await ada.send('put', at(id), { text: 'New', index: 3 })).status).toBe(400);
    });

    it('waits for an answer that is being given', async () => {
      const { id } = await seeds.answer(conversationId, { ending: null, leaseUntil: new Date('2100-01-01') }); // prettier-ignore

      const response = await ada.send('put', at(id), { text: 'x' });

      expect(response.status).toBe(409);
      expect(errorBodySchema.parse(response.body).error).toMatchObject({
        reason: 'conflict',
        action: 'Wait until it ends, or stop it.',
      });
    });

    it.each([
      ['text', {}],
      ['text', { text: '' }],
      ['text', { text: ' \n ' }],
      ['text', { text: null }],
      ['text', { text: ['x'] }],
      ['text', { text: 'x'.repeat(1_000_001) }],
      ['index', { text: 'x', index: -1 }],
      ['index', { text: 'x', index: 0.5 }],
      ['index', { text: 'x', index: '0' }],
    ])('refuses a wrong %s', async (field, body) => {
      const { id } = await seeds.ask(conversationId, { text: 'Kept' });

      const response = await ada.send('put', at(id), body);

      expect(response.status).toBe(400);
      expect(response.body.message).toContain(field);
      expect((await read())[0]?.text).toBe('Kept');
    });
  });

  describe('deleting', () => {
    it('takes along what follows, and leaves other branches', async () => {
      const question = await seeds.ask(conversationId, { createdAt: afterNoon(1) });
      const first = await seeds.answer(conversationId, { parentId: question.id, createdAt: afterNoon(2) }); // prettier-ignore
      const second = await seeds.answer(conversationId, { parentId: question.id, createdAt: afterNoon(3) }); // prettier-ignore
      await seeds.ask(conversationId, { parentId: first.id, createdAt: afterNoon(4) });

      const response = await ada.send('delete', at(first.id));

      expect(response.status).toBe(204);
      expect(idsOf(await read())).toEqual([question.id, second.id]);
      expect((await ada.send('delete', at(first.id))).status).toBe(404);
    });
  });

  const search = (query: Record<string, string | number>, who = ada) => who.get('/api/messages', query); // prettier-ignore

  describe('search', () => {
    it('finds own messages, newest first, with the title of their conversation', async () => {
      const older = await seeds.ask(conversationId, { text: 'Otters hold hands', createdAt: afterNoon(1) }); // prettier-ignore
      const newer = await seeds.answer(conversationId, { text: 'hands of OTTERS', createdAt: afterNoon(2) }); // prettier-ignore
      await seeds.ask(conversationId, { text: 'hands only' });

      const response = await search({ search: ' otters hands ' });

      expect(response.status).toBe(200);
      expect(idsOf(messageListSchema.parse(response.body.messages))).toEqual([newer.id, older.id]);
      expect(response.body.nextCursor).toBeNull();
      expect(response.body.messages[0]).toMatchObject({
        title: 'About otters',
        searchResult: true,
      });
    });

    it('pages without loss or doubles', async () => {
      const there = new Set<string>();
      for (let index = 0; index < 12; index += 1) {
        there.add((await seeds.ask(conversationId, { text: 'needle', createdAt: afterNoon(index % 3) })).id); // prettier-ignore
      }

      const seen: string[] = [];
      let cursor = '';
      do {
        const { body } = await search({ search: 'needle', pageSize: 5, cursor });
        seen.push(...idsOf(body.messages));
        cursor = (body.nextCursor as string | null) ?? '';
      } while (cursor !== '');

      expect(seen).toHaveLength(12);
      expect(new Set(seen)).toEqual(there);
    });

    it.each(['100%', 'a_b', '🦄', '\\', '%'])('takes %s literally', async (words) => {
      const { id } = await seeds.ask(conversationId, { text: `It is ${words} indeed` });
      await seeds.ask(conversationId, { text: 'It is 1000 axb' });

      expect(idsOf((await search({ search: words })).body.messages)).toEqual([id]);
    });

    it('survives characters that no text can hold', async () => {
      await seeds.ask(conversationId, { text: 'needle' });

      expect((await ada.send('get', '/api/messages?search=%00')).body.messages).toEqual([]);
      expect((await ada.send('get', '/api/messages?search=nee%00dle')).body.messages).toHaveLength(
        1,
      );
    });

    it.each([
      ['search', {}],
      ['search', { search: '' }],
      ['search', { search: ' ' }],
      ['search', { search: 'x'.repeat(201) }],
      ['pageSize', { search: 'x', pageSize: 0 }],
      ['pageSize', { search: 'x', pageSize: 'all' }],
      ['cursor', { search: 'x', cursor: 'x' }],
    ])('refuses a wrong %s', async (name, query) => {
      const response = await search(query);

      expect(response.status).toBe(400);
      expect(response.body.message).toContain(name);
    });
  });

  describe("another user's messages", () => {
    it('can neither be found, read, rewritten nor deleted, and look like none', async () => {
      const { id } = await seeds.ask(conversationId, { text: 'Private otters' });

      const refusals = async (conversation: string, message: string) => {
        const attempts = [
          bob.get(at('', conversation)),
          bob.get(at(message, conversation)),
          bob.send('put', at(message, conversation), { text: 'Mine' }),
          bob.send('delete', at(message, conversation)),
        ];
        return (await Promise.all(attempts)).map(({ status, body }) => {
          const { request_id: _id, ...error } = errorBodySchema.parse(body).error;
          return { status, error };
        });
      };

      const foreign = await refusals(conversationId, id);
      expect(foreign.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      expect(foreign).toEqual(await refusals(randomUUID(), randomUUID()));
      const bobs = await createSeeds(host, bob.userId).conversation();
      expect((await bob.get(at(id, bobs))).status).toBe(404);
      expect((await bob.get('/api/messages', { search: 'otters' })).body.messages).toEqual([]);
      expect((await read())[0]?.text).toBe('Private otters');
    });
  });

  describe('what is not documented', () => {
    it.each([
      ['post', '/api/messages', 'GET'],
      ['delete', `/api/messages/${NOBODY}`, 'GET'],
      ['post', `/api/messages/${NOBODY}/${NOBODY}`, 'GET, PUT, DELETE'],
    ] as const)('%s %s is answered with 405', async (method, path, allowed) => {
      const response = await ada.send(method, path, {});

      expect(response.status).toBe(405);
      expect(response.get('Allow')).toBe(allowed);
    });
  });

  describe('while an answer is being given', () => {
    let chat: ChatClient;
    beforeAll(async () => {
      host = await createTestApp({ database, simulator: { tokensPerSecond: 5 } });
      ada = await signIn(host);
      seeds = createSeeds(host, ada.userId);
      chat = createChatClient(host.url, ada.token);
    });

    it('deleting its question stops it, and no other', async () => {
      const ask = async () => {
        const started = await chat.start({ text: 'Write a long story', model: 'openai/gpt-4o' });
        await until(async () => (await chat.messages(started.conversationId))[1]?.text !== '');
        return started.conversationId;
      };
      const running = async () =>
        ((await (await chat.get('/agents/chat/active')).json()) as { activeJobIds: string[] })
          .activeJobIds;
      const [stopped, kept] = [await ask(), await ask()];
      const [question] = await chat.messages(stopped);

      expect((await chat.delete(`/messages/${stopped}/${question?.messageId}`)).status).toBe(204);

      await until(async () => !(await running()).includes(stopped));
      expect(await running()).toEqual([kept]);
      expect(await chat.messages(stopped)).toEqual([]);
      await chat.delete('/convos/all');
      await until(async () => (await running()).length === 0);
      expect(host.logText()).not.toContain('"level":"error"');
    });
  });
});

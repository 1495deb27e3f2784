import { randomUUID } from 'node:crypto';
import type { Message } from '@openrouter-native/protocol';
import { createChatClient, goOn, type ChatClient } from '../../support/chat-client.ts';
import { onEachDatabase } from '../../support/databases.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { answerCalls, sentWith } from '../../support/upstream-calls.ts';
import { until } from '../../support/wait.ts';

jest.setTimeout(60_000); // Some of it takes seconds, and more on a busy machine.

const MODEL = 'openai/gpt-4o';
const NOBODYS = '00000000-0000-4000-8000-000000000000';
const START = '/agents/chat/openrouter';

const aQuestion = (changes: object = {}) => ({
  text: 'Tell me about the sea',
  model: MODEL,
  ...changes,
});
const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { reason: string; code: number; metadata: object } }).error;

onEachDatabase((database) => {
  let host: TestApp;
  let ada: ChatClient;
  let bob: ChatClient;
  let skippedMs = 0;
  beforeAll(async () => {
    host = await createTestApp({ database, app: { now: () => Date.now() + skippedMs } });
    ada = createChatClient(host.url, (await host.signUp('ada@example.com')).token);
    bob = createChatClient(host.url, (await host.signUp('bob@example.com')).token);
  });

  const stored = async (conversationId: string): Promise<Message[]> => ada.messages(conversationId);

  describe('a first question', () => {
    it('is answered at once with where its answer will be, and begins a conversation', async () => {
      const { streamId, conversationId, events, answer } = await ada.ask(aQuestion());

      const [created] = events;
      expect(created).toMatchObject({
        id: 1,
        event: {
          type: 'created',
          conversation: { conversationId, endpoint: 'openrouter', model: MODEL },
          requestMessage: { isCreatedByUser: true, text: 'Tell me about the sea', sender: 'User' },
          responseMessage: { isCreatedByUser: false, text: '', ending: null, unfinished: true },
        },
      });
      expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
      expect(streamId).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer).toMatchObject({ ending: 'complete', unfinished: false, error: false });
      expect(answer.usage?.cost).toBeGreaterThan(0);
      expect(answer.generation_id).toMatch(/^gen-/);
    });

    it('is stored with its answer, which is what was streamed', async () => {
      const { conversationId, events, answer } = await ada.ask(aQuestion());

      const streamed = events
        .map(({ event }) => (event.type === 'text-delta' ? event.text : ''))
        .join('');
      const [question, reply, ...more] = await stored(conversationId);
      expect(more).toEqual([]);
      expect(question).toMatchObject({ text: 'Tell me about the sea', isCreatedByUser: true });
      expect(reply).toEqual(answer);
      expect(answer.text).toBe(streamed);
      expect(answer.parentMessageId).toBe(question?.messageId);
    });

    it('keeps the id that the page chose for it', async () => {
      const messageId = randomUUID();

      const { conversationId } = await ada.ask(aQuestion({ messageId }));

      expect((await stored(conversationId))[0]?.messageId).toBe(messageId);
    });

    it.each([
      ['without a model', { model: undefined }, 'model'],
      ['without words', { text: '  ' }, 'text'],
      ['with a parameter out of range', { model_parameters: { temperature: 9 } }, 'temperature'],
      ['with an id that is none', { messageId: 'x' }, 'messageId'],
      ['with a limit below zero', { spending_limit: -1 }, 'spending_limit'],
    ])('is refused %s, and nothing is stored', async (_name, changes, field) => {
      const before = answerCalls(host.simulator).length;

      const response = await ada.post(START, aQuestion(changes));

      const error = await errorOf(response);
      expect(error).toMatchObject({ code: 400, reason: 'invalid_request' });
      expect(JSON.stringify(error)).toContain(field);
      expect(answerCalls(host.simulator)).toHaveLength(before);
    });

    it('may have a file that is gone only as a mistake', async () => {
      const response = await ada.post(START, aQuestion({ files: [{ file_id: NOBODYS }] }));

      expect(await errorOf(response)).toMatchObject({ code: 404, reason: 'not_found' });
    });
  });

  describe('the next question', () => {
    it('follows the answer it names, and the model knows what was said', async () => {
      const first = await ada.ask(aQuestion());

      const second = await ada.ask({
        text: 'And the moon?',
        conversationId: first.conversationId,
        parentMessageId: first.answer.messageId,
      });

      expect(second.conversationId).toBe(first.conversationId);
      expect(sentWith(answerCalls(host.simulator).at(-1))).toMatchObject({
        model: MODEL,
        messages: [
          { role: 'user' },
          { role: 'assistant' },
          { role: 'user', content: expect.anything() },
        ],
      });
      expect(await stored(first.conversationId)).toHaveLength(4);
    });

    it('follows the latest message when it names none', async () => {
      const first = await ada.ask(aQuestion());

      const { events } = await ada.ask({
        text: 'And the moon?',
        conversationId: first.conversationId,
      });

      expect(events[0]?.event).toMatchObject({
        requestMessage: { parentMessageId: first.answer.messageId },
      });
    });

    it('is answered with what the conversation remembers, unless it says otherwise', async () => {
      const settings = { promptPrefix: 'Be brief.', model_parameters: { temperature: 0.5 } };
      const first = await ada.ask(aQuestion(settings));

      const second = await ada.ask({ text: 'More', conversationId: first.conversationId });
      const remembered = sentWith(answerCalls(host.simulator).at(-1));
      const third = await ada.ask({
        text: 'Even more',
        conversationId: first.conversationId,
        model: 'openai/gpt-4o-mini',
        promptPrefix: null,
        model_parameters: {},
      });
      const changed = sentWith(answerCalls(host.simulator).at(-1));

      expect(remembered).toMatchObject({ model: MODEL, temperature: 0.5 });
      expect(remembered.messages[0]).toMatchObject({ role: 'system', content: 'Be brief.' });
      expect(second.conversation).toMatchObject(settings);
      expect(changed).toMatchObject({ model: 'openai/gpt-4o-mini' });
      expect(changed).not.toHaveProperty('temperature');
      expect(changed.messages[0]?.role).toBe('user');
      expect(third.conversation).toMatchObject({ model: 'openai/gpt-4o-mini' });
    });

    it.each([
      ['a conversation that is not there', { conversationId: NOBODYS }],
      ['a conversation whose id is none', { conversationId: 'x' }],
      ['a message that is not there', { parentMessageId: NOBODYS }],
      ['a message whose id is none', { parentMessageId: 'x' }],
    ])('cannot follow %s', async (_name, changes) => {
      const { conversationId } = await ada.ask(aQuestion());

      const response = await ada.post(START, aQuestion({ conversationId, ...changes }));

      expect(await errorOf(response)).toMatchObject({ code: 404, reason: 'not_found' });
    });

    it('cannot follow a message of another conversation', async () => {
      const one = await ada.ask(aQuestion());
      const other = await ada.ask(aQuestion());

      const response = await ada.post(
        START,
        aQuestion({
          conversationId: one.conversationId,
          parentMessageId: other.answer.messageId,
        }),
      );

      expect(response.status).toBe(404);
    });
  });

  describe('the same question sent twice', () => {
    it('is asked once, and leads to the same stream', async () => {
      const question = aQuestion({ messageId: randomUUID() });
      const before = answerCalls(host.simulator).length;

      const all = await Promise.all([
        ada.start(question),
        ada.start(question),
        ada.start(question),
      ]);
      const again = await ada.start(question);

      expect(new Set([...all, again].map(({ streamId }) => streamId)).size).toBe(1);
      expect(new Set([...all, again].map(({ conversationId }) => conversationId)).size).toBe(1);
      await until(async () => !(await isActive(ada, again.conversationId)));
      expect(answerCalls(host.simulator)).toHaveLength(before + 1);
      expect(await stored(again.conversationId)).toHaveLength(2);
    });

    it('is not asked again after its stream is forgotten', async () => {
      const question = aQuestion({ messageId: randomUUID() });
      const { conversationId } = await ada.ask(question);
      const before = answerCalls(host.simulator).length;
      skippedMs += 5 * 60_000;

      const response = await ada.post(START, question);

      const error = await errorOf(response);
      expect(error).toMatchObject({ code: 409, reason: 'conflict', metadata: { conversationId } });
      expect(answerCalls(host.simulator)).toHaveLength(before);
    });

    it('may be no question at all: a click has a name as well', async () => {
      const { answer, conversationId } = await ada.ask(aQuestion());
      const again = {
        conversationId,
        parentMessageId: answer.parentMessageId,
        isRegenerate: true,
        clientRequestId: randomUUID(),
      };

      const [one, other] = await Promise.all([ada.start(again), ada.start(again)]);

      expect(other).toEqual(one);
      await until(async () => !(await isActive(ada, conversationId)));
      expect(await stored(conversationId)).toHaveLength(3);
      expect((await bob.post(START, again)).status).toBe(404);
    });

    it('does not take the id of somebody else’s question', async () => {
      const messageId = randomUUID();
      const { conversationId } = await ada.ask(aQuestion({ messageId }));

      const response = await bob.post(START, aQuestion({ messageId }));

      const error = await errorOf(response);
      expect(error).toMatchObject({ code: 409, reason: 'conflict' });
      expect(JSON.stringify(error)).not.toContain(conversationId);
    });
  });

  describe('branches', () => {
    it('answer a question once more, beside the first answer', async () => {
      const first = await ada.ask(aQuestion());
      const { parentMessageId } = first.answer;

      const again = await ada.ask({
        conversationId: first.conversationId,
        parentMessageId,
        isRegenerate: true,
        model: 'openai/gpt-4o-mini',
      });

      expect(again.answer).toMatchObject({ parentMessageId, model: 'openai/gpt-4o-mini' });
      expect(again.answer.messageId).not.toBe(first.answer.messageId);
      expect(again.events[0]?.event).toMatchObject({ type: 'created', requestMessage: null });
      expect(sentWith(answerCalls(host.simulator).at(-1)).messages).toHaveLength(1);
      expect(await stored(first.conversationId)).toHaveLength(3);
    });

    it('put another question in the place of one', async () => {
      const first = await ada.ask(aQuestion());
      const second = await ada.ask({
        text: 'And the moon?',
        conversationId: first.conversationId,
        parentMessageId: first.answer.messageId,
      });

      const edited = await ada.ask({
        text: 'And the sun?',
        conversationId: first.conversationId,
        parentMessageId: first.answer.messageId,
      });

      const sent = JSON.stringify(sentWith(answerCalls(host.simulator).at(-1)).messages);
      expect(sent).toContain('And the sun?');
      expect(sent).not.toContain('And the moon?');
      const messages = await stored(first.conversationId);
      expect(messages).toHaveLength(6);
      expect(messages).toContainEqual(second.answer);
      expect(messages).toContainEqual(edited.answer);
    });

    it('can begin anew at the top of a conversation', async () => {
      const first = await ada.ask(aQuestion());

      const other = await ada.ask(
        aQuestion({ conversationId: first.conversationId, parentMessageId: null }),
      );

      expect(other.events[0]?.event).toMatchObject({
        requestMessage: { parentMessageId: '00000000-0000-0000-0000-000000000000' },
      });
      expect(sentWith(answerCalls(host.simulator).at(-1)).messages).toHaveLength(1);
    });

    it('give another answer to questions only, and to those that are there', async () => {
      const { conversationId, answer } = await ada.ask(aQuestion());
      const regenerate = (parentMessageId?: string) =>
        ada.post(START, { conversationId, parentMessageId, isRegenerate: true, model: MODEL });

      expect((await regenerate(answer.messageId)).status).toBe(400);
      expect((await regenerate(NOBODYS)).status).toBe(404);
      expect((await regenerate()).status).toBe(404);
    });
  });

  describe('going on', () => {
    it('finishes an answer that was cut, in the same message', async () => {
      host.simulator.script({ match: { path: '/chat/completions' }, cutAtByte: 3000 });
      const first = await ada.ask(aQuestion());
      expect(first.answer).toMatchObject({ ending: 'cut', unfinished: true });
      expect(first.answer.text.length).toBeGreaterThan(3);

      const second = await ada.ask(goOn(first.answer));

      expect(second.answer).toMatchObject({
        messageId: first.answer.messageId,
        ending: 'complete',
        unfinished: false,
        error: false,
        error_details: null,
      });
      expect(second.answer.text.startsWith(first.answer.text)).toBe(true);
      expect(second.answer.text.length).toBeGreaterThan(first.answer.text.length);
      expect(second.answer.steps).toHaveLength(2);
      expect(second.answer.content.map(({ type }) => type)).not.toContain('error');
      expect(second.events[0]?.event).toMatchObject({
        type: 'created',
        requestMessage: null,
        responseMessage: { messageId: first.answer.messageId, text: first.answer.text },
      });
      const messages = await stored(first.conversationId);
      expect(messages).toHaveLength(2);
      expect(messages[1]).toEqual(second.answer);
    });

    it('is refused where the model came to its own end', async () => {
      const { answer } = await ada.ask(aQuestion());

      const response = await ada.post(START, goOn(answer));

      expect(await errorOf(response)).toMatchObject({ code: 409, reason: 'conflict' });
    });

    it('is refused for questions, and for what is not there', async () => {
      const { answer } = await ada.ask(aQuestion());

      const question = goOn({ ...answer, messageId: answer.parentMessageId });
      expect((await ada.post(START, question)).status).toBe(400);
      expect((await ada.post(START, goOn({ ...answer, messageId: NOBODYS }))).status).toBe(404);
      expect((await bob.post(START, goOn(answer))).status).toBe(404);
    });

    it('happens once when it is asked for twice at the same time', async () => {
      host.simulator.script({ match: { path: '/chat/completions' }, cutAtByte: 3000 });
      const { answer } = await ada.ask(aQuestion());
      const before = answerCalls(host.simulator).length;

      const responses = await Promise.all([
        ada.post(START, goOn(answer)),
        ada.post(START, goOn(answer)),
      ]);

      const statuses = responses.map(({ status }) => status);
      expect(new Set(statuses)).toEqual(new Set([200, 409]));
      await until(async () => !(await isActive(ada, answer.conversationId)));
      expect(answerCalls(host.simulator)).toHaveLength(before + 1);
    });
  });

  describe('an answer that fails', () => {
    it('says why, and is stored as failed', async () => {
      const body = { error: { code: 402, message: 'Insufficient credits' } };
      host.simulator.script({
        match: { path: '/chat/completions' },
        respond: { status: 402, body },
      });
      const failing = await ada.ask(aQuestion({ text: 'Fail, please' }));

      expect(failing.answer).toMatchObject({ ending: 'failed', error: true, unfinished: true });
      expect(failing.answer.error_details?.code).toBe(402);
      expect(failing.events.some(({ event }) => event.type === 'error')).toBe(true);
      expect((await stored(failing.conversationId))[1]).toEqual(failing.answer);
    });

    it('carries the id under which the log has the question', async () => {
      const refusal = { status: 403, body: { error: { code: 403, message: 'Flagged' } } };
      host.simulator.script({ match: { path: '/chat/completions' }, respond: refusal });

      const response = await ada.post(START, aQuestion());
      const { conversationId } = (await response.json()) as { conversationId: string };
      await until(async () => !(await isActive(ada, conversationId)));

      const [, answer] = await stored(conversationId);
      expect(response.headers.get('x-request-id')).toMatch(/\S/);
      expect(answer?.error_details?.request_id).toBe(response.headers.get('x-request-id'));
    });
  });

  describe('another user', () => {
    it('finds nothing of it', async () => {
      const { streamId, conversationId, answer } = await ada.ask(aQuestion());

      const tries = await Promise.all([
        bob.get(`/agents/chat/stream/${streamId}`),
        bob.get(`/agents/chat/stream/${streamId}?resume=true`),
        bob.get(`/agents/chat/status/${conversationId}`),
        bob.post('/agents/chat/abort', { streamId }),
        bob.post('/agents/chat/abort', { conversationId }),
        bob.post(START, aQuestion({ conversationId })),
        bob.post(START, aQuestion({ parentMessageId: answer.messageId })),
        bob.post(START, {
          parentMessageId: answer.parentMessageId,
          isRegenerate: true,
          model: MODEL,
        }),
      ]);
      const unknown = await bob.get(`/agents/chat/stream/${NOBODYS}`);

      expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 404));
      expect(await textOf(unknown)).toBe(await textOf(tries[0]));
    });
  });
});

async function isActive(client: ChatClient, conversationId: string): Promise<boolean> {
  const response = await client.get(`/agents/chat/status/${conversationId}`);
  return ((await response.json()) as { active: boolean }).active;
}

/** Of the error, without what differs from request to request. */
async function textOf(response: Response | undefined): Promise<string> {
  return ((await response?.json()) as { message: string } | undefined)?.message ?? '';
}

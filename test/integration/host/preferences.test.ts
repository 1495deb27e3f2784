import { createMessages } from '@openrouter-native/api/database/messages';
import { createConversations } from '@openrouter-native/api/database/conversations';
import { PRESETS_PER_USER } from '@openrouter-native/api/database/presets';
import {
  aConversation,
  afterNoon,
  anAnswer,
  NOON,
} from '@openrouter-native/api/database/testing/chats';
import request from 'supertest';
import { onEachDatabase } from '../../support/databases.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

onEachDatabase((kind) => {
  let host: TestApp;
  let ada: Visitor;
  let eve: Visitor;
  beforeAll(async () => {
    host = await createTestApp({ database: kind });
    ada = visitor(await host.signUp());
    eve = visitor(await host.signUp('eve@example.com'));
  });

  interface Visitor {
    userId: string;
    get: (path: string) => request.Test;
    post: (path: string, body: object) => request.Test;
  }

  function visitor({ token, userId }: { token: string; userId: string }): Visitor {
    const bearer = `Bearer ${token}`;
    return {
      userId,
      get: (path) => request(host.url).get(path).set('Authorization', bearer),
      post: (path, body) => request(host.url).post(path).set('Authorization', bearer).send(body),
    };
  }

  describe('favourites', () => {
    const favorites = [
      { endpoint: 'openrouter', model: 'openai/gpt-5-mini' },
      { agentId: 'agent_000000000000000000000' },
    ];

    it('are kept in the order they were given, for their owner alone', async () => {
      await ada.post('/api/user/settings/favorites', { favorites }).expect(200, favorites);

      await ada.get('/api/user/settings/favorites').expect(200, favorites);
      await eve.get('/api/user/settings/favorites').expect(200, []);
    });

    it('are replaced as a whole', async () => {
      await ada.post('/api/user/settings/favorites', { favorites: [] }).expect(200, []);

      await ada.get('/api/user/settings/favorites').expect(200, []);
    });

    it.each([
      [{}],
      [{ favorites: [{}] }],
      [{ favorites: [{ model: 'a/b' }] }],
      [{ favorites: Array.from({ length: 201 }, () => favorites[0]) }],
    ])('are refused when they are none: %.60j', async (body) => {
      const { status, body: answer } = await ada.post('/api/user/settings/favorites', body);

      expect([status, answer.error.reason]).toEqual([400, 'invalid_request']);
    });

    it('need a sign-in', async () => {
      await request(host.url).get('/api/user/settings/favorites').expect(401);
    });
  });

  it('tells the models that answered last, once each, to their reader alone', async () => {
    const { queries } = host.database;
    const conversation = aConversation({ userId: ada.userId });
    await createConversations(queries).create(conversation, NOON);
    for (const [second, model] of ['a/b', 'c/d', 'a/b'].entries()) {
      const { userId } = ada;
      const at = afterNoon(second);
      await createMessages(queries).create(
        anAnswer({ userId, conversationId: conversation.id, model, createdAt: at, updatedAt: at }),
      );
    }

    await ada.get('/api/user/settings/recent-models').expect(200, ['a/b', 'c/d']);
    await eve.get('/api/user/settings/recent-models').expect(200, []);
  });

  describe('presets', () => {
    const fields = {
      title: 'Careful',
      model: 'openai/gpt-5-mini',
      promptPrefix: 'Be careful.',
      model_parameters: { temperature: 0, provider: { zdr: true } },
      spending_limit: 0.5,
    };

    it('are saved, changed and deleted', async () => {
      const created = await ada.post('/api/presets', { presetId: null, ...fields }).expect(201);
      const { presetId } = created.body as { presetId: string };
      const changed = { presetId, ...fields, title: 'Very careful' };
      await ada.post('/api/presets', changed).expect(200);

      const list = await ada.get('/api/presets').expect(200);
      expect(list.body).toEqual([{ ...changed, endpoint: 'openrouter' }]);

      await ada.post('/api/presets/delete', { presetId }).expect(200);
      await ada.get('/api/presets').expect(200, []);
    });

    it('of another user are not there', async () => {
      const created = await ada.post('/api/presets', fields);
      const { presetId } = created.body as { presetId: string };

      await eve.get('/api/presets').expect(200, []);
      await eve.post('/api/presets', { presetId, ...fields }).expect(404);
      await eve.post('/api/presets/delete', { presetId }).expect(404);
      await eve
        .post('/api/presets/delete', {})
        .expect(200, { acknowledged: true, deletedCount: 0 });
      expect((await ada.get('/api/presets')).body).toHaveLength(1);
      await ada
        .post('/api/presets/delete', {})
        .expect(200, { acknowledged: true, deletedCount: 1 });
    });

    it.each([[{}], [{ ...fields, title: ' ' }], [{ ...fields, spending_limit: 0 }]])(
      'need what makes one: %.60j',
      async (body) => {
        await ada.post('/api/presets', body).expect(400);
      },
    );

    it.each([['nonsense'], ['00000000-0000-4000-8000-000000000000']])(
      'that are not there are told so: %s',
      async (presetId) => {
        await ada.post('/api/presets', { presetId, ...fields }).expect(404);
        await ada.post('/api/presets/delete', { presetId }).expect(404);
      },
    );

    it('have a bound, also when many are saved at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: PRESETS_PER_USER + 10 }, () => eve.post('/api/presets', fields)),
      );

      expect(answers.filter(({ status }) => status === 201)).toHaveLength(PRESETS_PER_USER);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(10);
    }, 30_000);
  });
});

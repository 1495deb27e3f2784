import {
  agentListSchema,
  agentSchema,
  agentVersionSchema,
  errorBodySchema,
  type Agent,
} from '@openrouter-native/protocol';
import request from 'supertest';
import { onEachDatabase } from '../../support/databases.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

const UNKNOWN_ID = 'agent_000000000000000000000';
const MODEL = 'openai/gpt-5-mini';
const anAgent = { provider: 'openrouter', model: MODEL };

type Method = 'get' | 'post' | 'patch' | 'delete' | 'put';

/** Somebody who is signed in. */
function visitor(host: TestApp, token: string) {
  const send = (method: Method) => (path: string, body?: object) => {
    const call = request(host.url)[method](`/api/agents${path}`);
    return call.set('Authorization', `Bearer ${token}`).send(body);
  };
  const post = send('post');
  return {
    get: send('get'),
    post,
    patch: send('patch'),
    put: send('put'),
    delete: send('delete'),
    async create(body: object = {}): Promise<Agent> {
      const response = await post('', { ...anAgent, ...body });
      expect([response.status, response.body.error]).toEqual([201, undefined]);
      return agentSchema.parse(response.body);
    },
  };
}
type Visitor = ReturnType<typeof visitor>;

function refusalOf(response: { status: number; body: unknown }) {
  const { error } = errorBodySchema.parse(response.body);
  expect(response.body).toMatchObject({ message: error.message }); // Where LibreChat's clients look.
  return { status: response.status, reason: error.reason, message: error.message, action: error.action }; // prettier-ignore
}

onEachDatabase((database) => {
  let host: TestApp;
  let ada: Visitor;
  let eve: Visitor;
  let adasId: string;
  let evesId: string;
  beforeAll(async () => {
    host = await createTestApp({ database });
    const first = await host.signUp('ada@example.com');
    const second = await host.signUp('eve@example.com');
    [ada, eve] = [visitor(host, first.token), visitor(host, second.token)];
    [adasId, evesId] = [first.userId, second.userId];
  });
  afterEach(() => host.database.queries.execute(`delete from agents`));

  async function aFileOf(userId: string): Promise<string> {
    const { rows } = (await host.database.queries.execute(`
      insert into files (id, user_id, hash, filename, type, bytes, context, created_at)
      values (gen_random_uuid(), '${userId}', 'x', 'a.txt', 'text/plain', 1, 'agents', now())
      returning id`)) as { rows: { id: string }[] };
    return rows[0]?.id ?? '';
  }

  describe('an agent', () => {
    it('is created with all that it is made of, and read as it is', async () => {
      const fileId = await aFileOf(adasId);
      const fields = {
        name: 'Émile 😀',
        description: 'Knows things',
        instructions: 'Be brief.\nBe kind.',
        provider: 'openrouter',
        model: MODEL,
        model_parameters: {
          temperature: 0,
          reasoning: { effort: 'high' },
          provider: { order: ['azure'], allow_fallbacks: false },
          models: ['openai/gpt-5'],
          plugins: [{ id: 'file-parser', pdf: { engine: 'native' } }],
          not_known_yet: { deep: [1] },
        },
        tools: ['calculator'],
        conversation_starters: ['What is 6 × 7?'],
        recursion_limit: 12,
        spending_limit: 0.25,
        file_ids: [fileId],
      };

      const created = await ada.post('', fields);
      const agent = agentSchema.parse(created.body);

      expect(created.status).toBe(201);
      expect(agent).toEqual({
        ...fields,
        id: expect.stringMatching(/^agent_[\w-]{21}$/),
        author: adasId,
        avatar: null,
        tool_resources: { context: { file_ids: [fileId] } },
        version: 1,
        created_at: Math.floor(Date.parse(agent.updatedAt) / 1000),
        createdAt: agent.updatedAt,
        updatedAt: agent.updatedAt,
        problem: null,
      });
      expect((await ada.get(`/${agent.id}`)).body).toEqual(agent);
      expect((await ada.get(`/${agent.id}/expanded`)).body).toEqual(agent);
      expect((await ada.get('')).body.data).toEqual([agent]);
      expect(host.logText()).not.toContain('Be brief');
    });

    it('needs nothing but a provider and a model', async () => {
      expect(await ada.create()).toMatchObject({
        ...anAgent,
        name: null,
        model_parameters: {},
        tools: [],
        recursion_limit: null,
        spending_limit: null,
        file_ids: [],
        problem: null,
      });
    });

    it('may have instructions of a million characters, however they are written', async () => {
      const instructions = '語'.repeat(1_000_000);
      const body = JSON.stringify({ ...anAgent, instructions }).replaceAll('語', '\\u8a9e');

      const created = await ada.post('').type('json').send(body);

      expect(created.status).toBe(201);
      expect(created.body.instructions).toBe(instructions);
    });

    it('is changed in what is given, and keeps the rest', async () => {
      const { id, ...agent } = await ada.create({ name: 'One', instructions: 'Be brief.' });

      const changed = await ada.patch(`/${id}`, { name: 'Two', spending_limit: 1 });

      expect(changed.status).toBe(200);
      expect(agentSchema.parse(changed.body)).toEqual({
        ...agent,
        id,
        name: 'Two',
        spending_limit: 1,
        version: 2,
        updatedAt: changed.body.updatedAt,
      });
      expect((await ada.get(`/${id}`)).body).toEqual(changed.body);
    });

    it('can be sent back as it came, which changes nothing', async () => {
      const fileId = await aFileOf(adasId);
      const agent = await ada.create({ name: 'One', tools: ['calculator'], file_ids: [fileId] });

      const changed = await ada.patch(`/${agent.id}`, agent);

      expect(changed.body).toEqual(agent);
    });

    it('keeps every one of many changes at once', async () => {
      const { id } = await ada.create();

      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) => ada.patch(`/${id}`, { name: `n${n}` })),
      );

      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
      const { body: versions } = await ada.get(`/${id}/versions`);
      expect(versions.map(({ version }: { version: number }) => version)).toEqual(
        Array.from({ length: 21 }, (_, n) => n + 1),
      );
      expect(new Set(versions.map(({ name }: { name: string }) => name)).size).toBe(21);
    });

    it('is copied under a name that tells the two apart', async () => {
      const fileId = await aFileOf(adasId);
      const agent = await ada.create({ name: 'x'.repeat(256), tools: ['calculator'], file_ids: [fileId] }); // prettier-ignore
      await ada.patch(`/${agent.id}`, { instructions: 'Second version' });

      const copied = await ada.post(`/${agent.id}/duplicate`);

      expect(copied.status).toBe(201);
      expect(copied.body.actions).toEqual([]);
      const copy = agentSchema.parse(copied.body.agent);
      expect(copy).toMatchObject({
        name: `${'x'.repeat(249)} (copy)`,
        instructions: 'Second version',
        tools: ['calculator'],
        file_ids: [fileId],
        version: 1,
      });
      expect(copy.id).not.toBe(agent.id);
      expect((await ada.get(`/${copy.id}`)).body).toEqual(copy);
    });

    it('is gone for good when it is deleted', async () => {
      const { id } = await ada.create();

      expect((await ada.delete(`/${id}`)).status).toBe(200);

      expect((await ada.get(`/${id}`)).status).toBe(404);
      expect((await ada.delete(`/${id}`)).status).toBe(404);
      expect((await ada.get('')).body.data).toEqual([]);
    });
  });

  describe('the versions of an agent', () => {
    it('are listed oldest first, the one in use last', async () => {
      const { id } = await ada.create({ name: 'One' });
      const { body: current } = await ada.patch(`/${id}`, { name: 'Two' });

      const { body: versions } = await ada.get(`/${id}/versions`);

      expect(agentVersionSchema.array().parse(versions)).toEqual([
        expect.objectContaining({ id, version: 1, name: 'One' }),
        expect.objectContaining({ id, version: 2, name: 'Two', createdAt: current.updatedAt }),
      ]);
    });

    it.each([
      ['by its number', { version: 1 }],
      ['by its place in the list', { version_index: 0 }],
    ])('can be taken back %s, which adds a copy', async (_how, choice) => {
      const { id } = await ada.create({ name: 'One' });
      await ada.patch(`/${id}`, { name: 'Two' });

      const reverted = await ada.post(`/${id}/revert`, choice);

      expect(reverted.status).toBe(200);
      expect(agentSchema.parse(reverted.body)).toMatchObject({ id, version: 3, name: 'One' });
      const { body: versions } = await ada.get(`/${id}/versions`);
      expect(versions.map(({ name }: { name: string }) => name)).toEqual(['One', 'Two', 'One']);
    });

    it.each([
      [{}, /version/],
      [{ version: 0 }, /^version: /],
      [{ version: 2 }, /no such version/],
      [{ version: 1e10 }, /^version: /],
      [{ version: '1' }, /^version: /],
      [{ version_index: -1 }, /^version_index: /],
      [{ version_index: 1 }, /no such version/],
      [{ version_index: 0.5 }, /^version_index: /],
    ])('cannot be taken back to what there is none of: %j', async (choice, message) => {
      const { id } = await ada.create();

      const refusal = refusalOf(await ada.post(`/${id}/revert`, choice));

      expect(refusal).toMatchObject({ status: 400, reason: 'invalid_request', message: expect.stringMatching(message) }); // prettier-ignore
      expect((await ada.get(`/${id}`)).body.version).toBe(1);
    });
  });

  describe('the list', () => {
    it.each(['after', 'cursor'])('goes from page to page by %s', async (name) => {
      for (let n = 1; n <= 7; n += 1) await ada.create({ name: `Agent ${n}` });
      await eve.create({ name: 'Eve’s' });

      const pages = [];
      let cursor: string | null = null;
      do {
        const query: string = cursor === null ? '' : `&${name}=${encodeURIComponent(cursor)}`;
        const response = await ada.get(`?limit=3&requiredPermission=1${query}`);
        const page = agentListSchema.parse(response.body);
        expect(page).toMatchObject({
          object: 'list',
          first_id: page.data[0]?.id,
          last_id: page.data.at(-1)?.id,
          has_more: page.after !== null,
        });
        pages.push(page.data.map((agent) => agent.name));
        cursor = page.after;
      } while (cursor !== null);

      expect(pages).toEqual([
        ['Agent 7', 'Agent 6', 'Agent 5'],
        ['Agent 4', 'Agent 3', 'Agent 2'],
        ['Agent 1'],
      ]);
    });

    it('is empty at first', async () => {
      expect((await ada.get('')).body).toEqual({
        object: 'list',
        data: [],
        first_id: null,
        last_id: null,
        has_more: false,
        after: null,
      });
    });

    it('takes what LibreChat’s clients write for nothing', async () => {
      await ada.create();

      const response = await ada.get(
        '?limit=undefined&cursor=undefined&after=&search=null&category=',
      );

      expect(response.status).toBe(200);
      expect(response.body.data).toHaveLength(1);
    });

    it('finds agents by words', async () => {
      await ada.create({ name: 'Sales', description: 'Writes offers' });
      await ada.create({ name: 'Support' });

      const { body } = await ada.get('?search=OFFER');

      expect(body.data.map(({ name }: Agent) => name)).toEqual(['Sales']);
    });

    it.each([
      ['limit=0', 'limit'],
      ['limit=x', 'limit'],
      ['limit=1.5', 'limit'],
      ['after=x', 'cursor'],
      ['after=a&after=b', 'after'],
      [`search=${'x'.repeat(201)}`, 'search'],
    ])('refuses %s', async (query, word) => {
      expect(refusalOf(await ada.get(`?${query}`))).toMatchObject({
        status: 400,
        reason: 'invalid_request',
        message: expect.stringContaining(word),
      });
    });

    it('gives a hundred at most', async () => {
      expect((await ada.get('?limit=1000000')).status).toBe(200);
    });
  });

  describe('what cannot be saved', () => {
    it.each<[object, RegExp]>([
      [{ model: null }, /^model: /],
      [{ model: 'x'.repeat(257) }, /^model: /],
      [{ provider: 'anthropic' }, /^provider: The provider "anthropic" is not set up/],
      [{ tools: ['calculator', 'rm_rf'] }, /^tools: .*"rm_rf"/],
      [{ tools: ['x_mcp_nowhere'] }, /^tools: .*"x_mcp_nowhere"/],
      [{ model_parameters: { temperature: 9 } }, /^model_parameters\.temperature: /],
      [{ model_parameters: { messages: [] } }, /^model_parameters\.messages: /],
      [{ temperature: 1 }, /^temperature: .*model_parameters/],
      [{ recursion_limit: 1000 }, /^recursion_limit: /],
      [{ spending_limit: -1 }, /^spending_limit: /],
      [{ file_ids: ['00000000-0000-4000-8000-000000000000'] }, /^file_ids: /],
      [{ file_ids: ['../../etc/passwd'] }, /^file_ids\.0: /],
    ])('is refused by the name of its field: %j', async (body, message) => {
      const { id } = await ada.create();
      const created = await ada.post('', { ...anAgent, ...body });
      const changed = await ada.patch(`/${id}`, body);

      const refusal = { status: 400, reason: 'invalid_request', message: expect.stringMatching(message), action: expect.any(String) }; // prettier-ignore
      expect(refusalOf(created)).toEqual(refusal);
      if (!('model' in body && body.model === null)) expect(refusalOf(changed)).toEqual(refusal);
      expect((await ada.get('')).body.data).toHaveLength(1);
      expect((await ada.get(`/${id}`)).body.version).toBe(1);
    });

    it('is somebody else’s file', async () => {
      const fileId = await aFileOf(evesId);

      expect(refusalOf(await ada.post('', { ...anAgent, file_ids: [fileId] }))).toMatchObject({
        status: 400,
        message: expect.stringMatching(/^file_ids: /),
      });
      await eve.create({ file_ids: [fileId] });
    });

    it('is no JSON object, or too large', async () => {
      const text = await ada.post('').type('text').send('x');
      const list = await ada.post('', []);
      const broken = await ada.post('').type('json').send('{');
      const large = await ada.post('', { ...anAgent, other: 'x'.repeat(9 * 1024 * 1024) });

      expect([text, list, broken, large].map(({ status }) => status)).toEqual([415, 400, 400, 413]);
    });

    it('is one agent too many', async () => {
      await host.database.queries.execute(`
        insert into agents (id, user_id, version, search_text, created_at, updated_at)
        select 'agent_' || lpad(n::text, 21, '0'), '${adasId}', 1, '', now(), now()
        from generate_series(1, 1000) n`);

      expect(refusalOf(await ada.post('', anAgent))).toMatchObject({ status: 409, reason: 'conflict' }); // prettier-ignore
      await eve.create();
    });
  });

  describe('somebody else’s agent', () => {
    const requests: [Method, path: string, body: object | undefined][] = [
      ['get', '', undefined],
      ['get', '/expanded', undefined],
      ['get', '/versions', undefined],
      ['patch', '', { name: 'x' }],
      ['post', '/duplicate', undefined],
      ['post', '/revert', { version: 1 }],
      ['delete', '', undefined],
    ];

    it.each(requests)('is not there for %s …%s', async (method, path, body) => {
      const agent = await ada.create({ name: 'Secret plan' });

      const others = await eve[method](`/${agent.id}${path}`, body);
      const nobodys = await eve[method](`/${UNKNOWN_ID}${path}`, body);
      const malformed = await eve[method](`/agent_%00${path}`, body);

      for (const response of [others, nobodys, malformed]) expect(response.status).toBe(404);
      const withoutId = ({ body: { error, ...rest } }: typeof others) => ({ ...rest, error: { ...error, request_id: '' } }); // prettier-ignore
      expect(withoutId(others)).toEqual(withoutId(nobodys));
      expect(withoutId(malformed)).toEqual(withoutId(nobodys));
      expect((await ada.get(`/${agent.id}`)).body).toEqual(agent);
      expect((await eve.get('')).body.data).toEqual([]);
    });

    it.each(requests)(
      'cannot be asked for without signing in: %s …%s',
      async (method, path, body) => {
        const stranger = visitor(host, 'none');

        expect((await stranger[method](`/${UNKNOWN_ID}${path}`, body)).status).toBe(401);
        expect((await stranger.get('')).status).toBe(401);
        expect((await stranger.post('', anAgent)).status).toBe(401);
      },
    );
  });

  it.each([
    ['', 'GET, POST'],
    [`/${UNKNOWN_ID}`, 'GET, PATCH, DELETE'],
    [`/${UNKNOWN_ID}/versions`, 'GET'],
    [`/${UNKNOWN_ID}/revert`, 'POST'],
  ])('answers other methods at %j with 405', async (path, allowed) => {
    const response = await ada.put(path, {});

    expect(response.status).toBe(405);
    expect(response.get('Allow')).toBe(allowed);
  });
});

import { agentFieldsSchema, type AgentFields } from '@openrouter-native/protocol';
import { sql } from 'drizzle-orm';
import { VERSION_BYTES_PER_AGENT, VERSIONS_PER_AGENT } from './agent-history.ts';
import { AGENTS_PER_USER, createAgents, type Agents } from './agents.ts';
import type { Database } from './database.ts';
import { closeDatabases, onEachDatabase, openOnce } from './testing/each-database.ts';
import { createUsers } from './users.ts';

const NOW = new Date('2026-01-01T12:00:00Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);
const UNKNOWN_ID = 'agent_000000000000000000000';

function fields(given: Partial<AgentFields> = {}): AgentFields {
  return agentFieldsSchema.parse({ provider: 'openrouter', model: 'a/b', ...given });
}

afterAll(closeDatabases);

const all = (userId: string) => ({ userId, limit: 100, after: null, search: null });

onEachDatabase((kind) => {
  let database: Database;
  let agents: Agents;
  let ada: string;
  let eve: string;

  beforeAll(async () => {
    database = await openOnce(kind);
    agents = createAgents(database.queries);
  });
  beforeEach(async () => {
    await database.queries.execute(sql`delete from users`);
    [ada, eve] = (await Promise.all(['ada@example.com', 'eve@example.com'].map(signUp))) as [
      string,
      string,
    ];
  });

  async function signUp(email: string): Promise<string> {
    const registration = await createUsers(database.queries).register(
      { email, name: 'A', username: 'a', passwordHash: 'x' },
      true,
    );
    if (registration.outcome !== 'created') throw new Error(registration.outcome);
    return registration.user.id;
  }

  async function manyAgents(userId: string, count: number) {
    await database.queries.execute(sql`
      insert into agents (id, user_id, version, search_text, created_at, updated_at)
      select 'agent_' || lpad(n::text, 21, '0'), ${userId}, 1, 'Nr ' || n, now(), to_timestamp(n / 3)
      from generate_series(1, ${count}) n`);
    await database.queries.execute(sql`
      insert into agent_versions (agent_id, version, fields, created_at)
      select id, 1, ${JSON.stringify(fields())}::json, created_at from agents`);
  }

  describe('an agent', () => {
    it('is found as it was created', async () => {
      const created = await agents.create(ada, fields({ name: 'Émile 😀', tools: ['calculator'] }), NOW); // prettier-ignore

      expect(created).toMatchObject({ userId: ada, version: 1, createdAt: NOW, updatedAt: NOW });
      expect(created.id).toMatch(/^agent_[\w-]{21}$/);
      expect(await agents.find(ada, created.id)).toEqual(created);
      expect((await agents.versions(ada, created.id)).map(({ fields: kept }) => kept)).toEqual([created.fields]); // prettier-ignore
    });

    it.each([UNKNOWN_ID, 'agent_\0', '', 'x'.repeat(100_000), "agent_' or '1'='1"])(
      'is not there under an id that nobody gave',
      async (id) => {
        expect(await agents.find(ada, id)).toBeNull();
        expect(await agents.change(ada, id, { name: 'x' }, NOW)).toBeNull();
        expect(await agents.revert(ada, id, { version: 1 }, NOW)).toBeNull();
        expect(await agents.versions(ada, id)).toEqual([]);
        expect(await agents.delete(ada, id)).toBe(false);
      },
    );

    it('is not there for anybody else', async () => {
      const { id } = await agents.create(ada, fields(), NOW);

      expect(await agents.find(eve, id)).toBeNull();
      expect(await agents.change(eve, id, { name: 'x' }, NOW)).toBeNull();
      expect(await agents.revert(eve, id, { version: 1 }, NOW)).toBeNull();
      expect(await agents.versions(eve, id)).toEqual([]);
      expect(await agents.delete(eve, id)).toBe(false);
      expect((await agents.list(all(eve))).agents).toEqual([]);
      expect(await agents.find(ada, id)).toMatchObject({ version: 1 });
    });

    it('goes with its versions', async () => {
      const { id } = await agents.create(ada, fields(), NOW);

      expect(await agents.delete(ada, id)).toBe(true);

      expect(await agents.find(ada, id)).toBeNull();
      expect(await agents.delete(ada, id)).toBe(false);
      const { rows } = (await database.queries.execute(sql`select * from agent_versions`)) as {
        rows: unknown[];
      };
      expect(rows).toEqual([]);
    });

    it('keeps text that the database could not look into, without what it could not keep', async () => {
      const text = 'a\0b\uD83Dc';
      const { id } = await agents.create(ada, fields({ name: text, instructions: text }), NOW);

      await agents.change(ada, id, { model_parameters: { [text]: [text] } }, NOW);

      const kept = 'a\uFFFDb\uFFFDc';
      expect((await agents.find(ada, id))?.fields).toMatchObject({
        name: kept,
        instructions: kept,
        model_parameters: { [kept]: [kept] },
      });
      const { rows } = (await database.queries.execute(
        sql`select fields->>'name' as name from agent_versions`,
      )) as { rows: unknown[] };
      expect(rows).toEqual([{ name: kept }, { name: kept }]);
    });
  });

  describe('a change', () => {
    it('adds a version and leaves the earlier ones alone', async () => {
      const { id } = await agents.create(ada, fields({ name: 'One' }), NOW);

      const changed = await agents.change(ada, id, { name: 'Two' }, after(1000));

      expect(changed).toMatchObject({ version: 2, createdAt: NOW, updatedAt: after(1000), fields: { name: 'Two', model: 'a/b' } }); // prettier-ignore
      expect(await agents.find(ada, id)).toEqual(changed);
      expect(await agents.versions(ada, id)).toEqual([
        { agentId: id, version: 1, fields: fields({ name: 'One' }), createdAt: NOW },
        { agentId: id, version: 2, fields: fields({ name: 'Two' }), createdAt: after(1000) },
      ]);
    });

    it('that changes nothing adds none', async () => {
      const parameters = { reasoning: { effort: 'high', max_tokens: 0 }, provider: { order: ['a'] } }; // prettier-ignore
      const created = await agents.create(ada, fields({ model_parameters: parameters }), NOW);

      const same = { reasoning: { max_tokens: -0, effort: 'high', absent: undefined }, provider: { order: ['a'] } }; // prettier-ignore
      const changed = await agents.change(ada, created.id, { model_parameters: same, tools: [] }, after(1)); // prettier-ignore

      expect(changed).toEqual(created);
      expect(await agents.versions(ada, created.id)).toHaveLength(1);
    });

    it('is never lost when many are made at once', async () => {
      const { id } = await agents.create(ada, fields(), NOW);

      await Promise.all(
        Array.from({ length: 20 }, (_, n) => agents.change(ada, id, { name: `n${n}` }, NOW)),
      );

      const versions = await agents.versions(ada, id);
      expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 21 }, (_, n) => n + 1)); // prettier-ignore
      expect(new Set(versions.map((version) => version.fields.name)).size).toBe(21);
      expect(new Set(versions.map(({ createdAt }) => createdAt.getTime())).size).toBe(21);
      expect(await agents.find(ada, id)).toMatchObject({ version: 21, fields: versions.at(-1)?.fields }); // prettier-ignore
    });

    it('of one field leaves alone what another changed at the same moment', async () => {
      const { id } = await agents.create(ada, fields(), NOW);

      await Promise.all([
        agents.change(ada, id, { name: 'Name' }, NOW),
        agents.change(ada, id, { description: 'Description' }, NOW),
        agents.change(ada, id, { tools: ['calculator'] }, NOW),
      ]);

      expect((await agents.find(ada, id))?.fields).toMatchObject({
        name: 'Name',
        description: 'Description',
        tools: ['calculator'],
      });
    });
  });

  describe('the versions', () => {
    it('can be gone back to, by number and by place, which adds a copy', async () => {
      const { id } = await agents.create(ada, fields({ name: 'One' }), NOW);
      await agents.change(ada, id, { name: 'Two' }, NOW);

      const byNumber = await agents.revert(ada, id, { version: 1 }, NOW);
      const byPlace = await agents.revert(ada, id, { index: 1 }, NOW);

      expect(byNumber).toMatchObject({ version: 3, fields: { name: 'One' } });
      expect(byPlace).toMatchObject({ version: 4, fields: { name: 'Two' } });
      expect((await agents.versions(ada, id)).map((version) => version.fields.name)).toEqual(['One', 'Two', 'One', 'Two']); // prettier-ignore
    });

    it('stay as they are when one goes back to where one is', async () => {
      const created = await agents.create(ada, fields(), NOW);

      expect(await agents.revert(ada, created.id, { version: 1 }, after(1))).toEqual(created);
    });

    it.each([{ version: 0 }, { version: 2 }, { index: 1 }, { index: 1e9 }])(
      'cannot be gone back to when there are none such: %j',
      async (to) => {
        const { id } = await agents.create(ada, fields(), NOW);

        await expect(agents.revert(ada, id, to, NOW)).rejects.toMatchObject({
          reason: 'invalid_request',
        });
      },
    );

    it('are kept up to a number; then the oldest go', async () => {
      const { id } = await agents.create(ada, fields({ name: 'first' }), NOW);
      await database.queries.execute(sql`
        insert into agent_versions (agent_id, version, fields, created_at)
        select ${id}, n, ${JSON.stringify(fields())}::json, now()
        from generate_series(2, ${VERSIONS_PER_AGENT}) n`);
      await database.queries.execute(sql`update agents set version = ${VERSIONS_PER_AGENT}`);

      await agents.change(ada, id, { name: 'latest' }, NOW);

      const versions = await agents.versions(ada, id);
      expect(versions).toHaveLength(VERSIONS_PER_AGENT);
      expect(versions[0]?.version).toBe(2);
      expect(versions.at(-1)).toMatchObject({ version: VERSIONS_PER_AGENT + 1, fields: { name: 'latest' } }); // prettier-ignore
      await expect(agents.revert(ada, id, { version: 1 }, NOW)).rejects.toThrow('no such version');
      expect(await agents.revert(ada, id, { index: 0 }, NOW)).toMatchObject({ fields: { name: null } }); // prettier-ignore
    });

    it('are kept up to a size; the current one is kept whatever its size', async () => {
      const half = 'x'.repeat(VERSION_BYTES_PER_AGENT / 2);
      const { id } = await agents.create(ada, { ...fields(), instructions: half }, NOW);

      await agents.change(ada, id, { name: 'two' }, NOW);
      expect((await agents.versions(ada, id)).map(({ version }) => version)).toEqual([2]);
      await agents.change(ada, id, { instructions: null }, NOW);
      expect((await agents.versions(ada, id)).map(({ version }) => version)).toEqual([2, 3]);
      await agents.change(ada, id, { instructions: half + half }, NOW);
      expect((await agents.versions(ada, id)).map(({ version }) => version)).toEqual([4]);
    }, 60_000);
  });

  describe('the list', () => {
    it('goes from page to page through all of a user, latest change first', async () => {
      await agents.create(eve, fields({ name: 'Eve’s' }), NOW);
      await database.queries.execute(sql`delete from agents`);
      await manyAgents(ada, 57);

      const seen: string[] = [];
      const sizes: number[] = [];
      let cursor: string | null = null;
      do {
        const page = await agents.list({ ...all(ada), limit: 10, after: cursor });
        seen.push(...page.agents.map(({ id }) => id));
        sizes.push(page.agents.length);
        expect(page.hasMore).toBe(page.after !== null);
        cursor = page.after;
      } while (cursor !== null);

      expect(seen).toEqual(
        Array.from({ length: 57 }, (_, n) => `agent_${String(57 - n).padStart(21, '0')}`),
      );
      expect(sizes).toEqual([10, 10, 10, 10, 10, 7]);
    });

    it('ends with a full page that is the last', async () => {
      await manyAgents(ada, 20);

      const first = await agents.list({ ...all(ada), limit: 10 });
      const second = await agents.list({ ...all(ada), limit: 10, after: first.after });

      expect(second).toMatchObject({ hasMore: false, after: null });
      expect(second.agents).toHaveLength(10);
    });

    it('brings an agent to the front when it changes', async () => {
      const one = await agents.create(ada, fields({ name: 'One' }), NOW);
      await agents.create(ada, fields({ name: 'Two' }), after(1));

      await agents.change(ada, one.id, { name: 'One, changed' }, after(2));

      const { agents: listed } = await agents.list(all(ada));
      expect(listed.map((agent) => agent.fields.name)).toEqual(['One, changed', 'Two']);
      expect(listed[0]).toEqual(await agents.find(ada, one.id));
    });

    it('ends a page early behind very large agents, and goes on after it', async () => {
      const large = 'x'.repeat(3 * 1024 * 1024);
      for (const n of [1, 2, 3, 4]) {
        await agents.create(ada, { ...fields({ name: `${n}` }), instructions: large }, after(n));
      }

      const first = await agents.list(all(ada));
      const second = await agents.list({ ...all(ada), after: first.after });

      expect(first.agents.map((agent) => agent.fields.name)).toEqual(['4', '3']);
      expect(first.hasMore).toBe(true);
      expect(second.agents.map((agent) => agent.fields.name)).toEqual(['2', '1']);
      expect(second.hasMore).toBe(false);
    }, 60_000);

    it.each([
      ['sales', ['Sales bot', 'Other']],
      ['SALES B', ['Sales bot']],
      ['50%', ['50%_off']],
      ['%', ['50%_off']],
      ['_', ['50%_off']],
      ['\\', []],
      ['\0', ['50%_off', 'Sales bot', 'Other']],
      ['a/b', []],
    ])('can be searched for %j', async (search, names) => {
      await agents.create(ada, fields({ name: 'Other', description: 'Not for Sales' }), NOW);
      await agents.create(ada, fields({ name: 'Sales bot' }), after(1));
      const { id } = await agents.create(ada, fields({ name: 'Sales, old name' }), after(2));
      await agents.change(ada, id, { name: '50%_off' }, after(3));
      await agents.create(eve, fields({ name: 'Sales of Eve' }), after(4));

      const page = await agents.list({ ...all(ada), search });

      expect(page.agents.map((agent) => agent.fields.name)).toEqual(names);
    });

    it.each([
      'x',
      '',
      Buffer.from('[]').toString('base64url'),
      Buffer.from(`["x","${UNKNOWN_ID}"]`).toString('base64url'),
      Buffer.from(`["0000-01-01T00:00:00Z","${UNKNOWN_ID}"]`).toString('base64url'),
      Buffer.from('["2026-01-01T00:00:00Z","agent_\\u0000"]').toString('base64url'),
    ])('refuses the cursor %j', async (cursor) => {
      await expect(agents.list({ ...all(ada), after: cursor })).rejects.toMatchObject({
        reason: 'invalid_request',
      });
    });

    it('goes on behind an agent that is gone', async () => {
      await manyAgents(ada, 4);
      const first = await agents.list({ ...all(ada), limit: 2 });
      await agents.delete(ada, first.agents[1]?.id ?? '');

      const second = await agents.list({ ...all(ada), limit: 2, after: first.after });

      expect(second.agents.map(({ id }) => Number(id.slice(6)))).toEqual([2, 1]);
    });
  });

  it('gives one account so many agents and no more, also when two want the last', async () => {
    await manyAgents(ada, AGENTS_PER_USER - 1);

    const outcomes = await Promise.allSettled([
      agents.create(ada, fields(), NOW),
      agents.create(ada, fields(), NOW),
    ]);

    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(refused).toEqual([expect.objectContaining({ reason: 'conflict' })]);
    await expect(agents.create(eve, fields(), NOW)).resolves.toMatchObject({ version: 1 });
  });
});

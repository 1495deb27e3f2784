import { is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';
import { migrate, NewerDatabaseError } from './migrate.ts';
import * as schema from './schema.ts';
import { users } from './schema.ts';
import { createSessions } from './sessions.ts';
import {
  closeDatabases,
  onEachDatabase,
  openOnce,
  OPEN_TIMEOUT_MS,
} from './testing/each-database.ts';
import { createUsers, type NewUser } from './users.ts';

const MINUTE_MS = 60_000;
const NOW = new Date('2026-01-01T12:00:00Z');
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE_MS);

function aNewUser(email = 'ada@example.com'): NewUser {
  return { email, name: 'Ada', username: 'ada', passwordHash: '$argon2id$…' };
}

async function aSession({ queries }: Database, expiresAt = inMinutes(60)) {
  const registration = await createUsers(queries).register(aNewUser(), true);
  if (registration.outcome !== 'created') throw new Error(registration.outcome);
  return createSessions(queries).create(registration.user.id, NOW, expiresAt);
}

const tables = Object.values(schema)
  .filter((value) => is(value, PgTable))
  .map((table) => getTableConfig(table));

afterAll(closeDatabases);

onEachDatabase((kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await openOnce(kind);
  });
  beforeEach(() => database.queries.execute(sql`delete from ${users}`));

  describe('migrate', () => {
    let made: Database;
    beforeAll(async () => {
      made = await kind.make();
    }, OPEN_TIMEOUT_MS);
    afterAll(() => made.close());

    it('may run again, also twice at once', async () => {
      await Promise.all([migrate(made.queries), migrate(made.queries)]);

      const { rows } = (await made.queries.execute(sql`select name from migrations`)) as {
        rows: unknown[];
      };
      expect(rows).toContainEqual({ name: '0001-accounts' });
    });

    it.each(tables)(
      'makes the table $name as the schema describes it',
      async ({ name, columns }) => {
        const { rows } = (await made.queries.execute(
          sql`select column_name, is_nullable, data_type, column_default is not null as has_default
            from information_schema.columns where table_name = ${name} order by column_name`,
        )) as { rows: unknown[] };

        expect(rows).toEqual(
          columns
            .map((column) => ({
              column_name: column.name,
              is_nullable: column.notNull ? 'NO' : 'YES',
              data_type: column.getSQLType(),
              has_default: column.hasDefault,
            }))
            .toSorted((one, other) => (one.column_name < other.column_name ? -1 : 1)),
        );
      },
    );

    it('refuses tables of a newer version, and leaves them alone', async () => {
      await made.queries.execute(sql`insert into migrations (name) values ('9999-future')`);

      await expect(migrate(made.queries)).rejects.toThrow(NewerDatabaseError);

      await made.queries.execute(sql`delete from migrations where name = '9999-future'`);
    });
  });

  describe('users', () => {
    it('makes the first account the admin, and the next one a user', async () => {
      const first = await createUsers(database.queries).register(
        aNewUser('first@example.com'),
        true,
      );
      const second = await createUsers(database.queries).register(
        aNewUser('second@example.com'),
        true,
      );

      expect(first).toMatchObject({ outcome: 'created', user: { role: 'ADMIN' } });
      expect(second).toMatchObject({ outcome: 'created', user: { role: 'USER' } });
    });

    it('makes exactly one admin when many first accounts are created at once', async () => {
      const registrations = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          createUsers(database.queries).register(aNewUser(`user${index}@example.com`), true),
        ),
      );

      const roles = registrations.map((result) => result.outcome === 'created' && result.user.role);
      expect(roles.filter((role) => role === 'ADMIN')).toHaveLength(1);
      expect(roles.filter((role) => role === 'USER')).toHaveLength(7);
    });

    it('lets only one of two through that want the same address at once', async () => {
      const outcomes = await Promise.all([
        createUsers(database.queries).register(aNewUser('ada@example.com'), true),
        createUsers(database.queries).register(aNewUser(' ADA@example.com'), true),
      ]);

      expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['created', 'email-taken']);
      expect(await createUsers(database.queries).count()).toBe(1);
    });

    it('lets the very first account in although registration is closed, and nobody after it', async () => {
      const first = await createUsers(database.queries).register(
        aNewUser('first@example.com'),
        false,
      );
      const second = await createUsers(database.queries).register(
        aNewUser('second@example.com'),
        false,
      );

      expect(first.outcome).toBe('created');
      expect(second.outcome).toBe('closed');
      expect(await createUsers(database.queries).count()).toBe(1);
    });

    it('finds an account by its address in any case, by its id, and not otherwise', async () => {
      await createUsers(database.queries).register(aNewUser('ada@example.com'), true);

      const found = await createUsers(database.queries).findByEmail(' Ada@Example.com ');

      expect(found).toMatchObject({ email: 'ada@example.com', provider: 'local', avatar: '' });
      expect(await createUsers(database.queries).findById(found?.id ?? '')).toEqual(found);
      expect(await createUsers(database.queries).findByEmail('eve@example.com')).toBeNull();
      expect(
        await createUsers(database.queries).findById('00000000-0000-4000-8000-000000000000'),
      ).toBeNull();
    });

    it('keeps any text as it is', async () => {
      const name = `Ada "; drop table users; -- 😀 ${'ü'.repeat(60)}`;

      await createUsers(database.queries).register({ ...aNewUser(), name }, true);

      expect((await createUsers(database.queries).findByEmail('ada@example.com'))?.name).toBe(name);
    });
  });

  describe('sessions', () => {
    it('moves to the next generation, and the end with it', async () => {
      const session = await aSession(database);

      const advanced = await createSessions(database.queries).advance(
        session.id,
        0,
        inMinutes(5),
        inMinutes(65),
      );

      expect(advanced).toMatchObject({
        generation: 1,
        rotatedAt: inMinutes(5),
        expiresAt: inMinutes(65),
      });
      expect(await createSessions(database.queries).find(session.id)).toEqual(advanced);
    });

    it('lets one of many simultaneous requests advance a generation', async () => {
      const session = await aSession(database);

      const results = await Promise.all(
        Array.from({ length: 6 }, () =>
          createSessions(database.queries).advance(session.id, 0, NOW, inMinutes(60)),
        ),
      );

      expect(results.filter((result) => result !== null)).toHaveLength(1);
      expect((await createSessions(database.queries).find(session.id))?.generation).toBe(1);
    });

    it('does not advance a session that is revoked, over or unknown', async () => {
      const session = await aSession(database, inMinutes(1));

      expect(
        await createSessions(database.queries).advance(session.id, 0, inMinutes(2), inMinutes(60)),
      ).toBeNull();
      await createSessions(database.queries).revoke(session.id, NOW);
      expect(
        await createSessions(database.queries).advance(session.id, 0, NOW, inMinutes(60)),
      ).toBeNull();
      expect(
        await createSessions(database.queries).advance(
          '00000000-0000-4000-8000-000000000000',
          0,
          NOW,
          inMinutes(60),
        ),
      ).toBeNull();
    });

    it('keeps the time of the first revocation', async () => {
      const session = await aSession(database);

      await createSessions(database.queries).revoke(session.id, inMinutes(1));
      await createSessions(database.queries).revoke(session.id, inMinutes(2));

      expect((await createSessions(database.queries).find(session.id))?.revokedAt).toEqual(
        inMinutes(1),
      );
    });

    it('forgets sessions that are over, and no others', async () => {
      const session = await aSession(database, inMinutes(10));

      await createSessions(database.queries).deleteExpired(inMinutes(9));
      expect(await createSessions(database.queries).find(session.id)).not.toBeNull();
      await createSessions(database.queries).deleteExpired(inMinutes(11));
      expect(await createSessions(database.queries).find(session.id)).toBeNull();
    });
  });
});

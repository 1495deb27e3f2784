import { randomUUID } from 'node:crypto';
import { silentLogger } from '@openrouter-native/openrouter';
import type { Session } from '../database/schema.ts';
import type { Sessions } from '../database/sessions.ts';
import { createSessionService } from './session-service.ts';

const SECRET = 'a'.repeat(64);
const USER_ID = '11111111-1111-4111-8111-111111111111';
const SECOND_MS = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

/** The same rules as the table, in a map. */
function sessionsInMemory(): Sessions {
  const rows = new Map<string, Session>();
  return {
    async create(userId, now, expiresAt) {
      const session = {
        id: randomUUID(),
        userId,
        generation: 0,
        rotatedAt: now,
        expiresAt,
        revokedAt: null,
        createdAt: now,
      };
      rows.set(session.id, session);
      return session;
    },
    find: async (id) => rows.get(id) ?? null,
    async advance(id, generation, now, expiresAt) {
      const row = rows.get(id);
      if (!row || row.generation !== generation || row.revokedAt || row.expiresAt <= now) {
        return null;
      }
      const next = { ...row, generation: generation + 1, rotatedAt: now, expiresAt };
      rows.set(id, next);
      return next;
    },
    async revoke(id, now) {
      const row = rows.get(id);
      if (row) rows.set(id, { ...row, revokedAt: now });
    },
    async deleteExpired(now) {
      for (const [id, row] of rows) if (row.expiresAt < now) rows.delete(id);
    },
  };
}

function aService() {
  const clock = { now: Date.parse('2026-01-01T12:00:00Z') };
  const warnings: string[] = [];
  const service = createSessionService({
    sessions: sessionsInMemory(),
    secret: SECRET,
    now: () => clock.now,
    logger: { ...silentLogger, warn: (message) => warnings.push(message) },
  });
  return { service, clock, warnings };
}

describe('createSessionService', () => {
  it('trades each token for the next one, and moves the end of the session', async () => {
    const { service, clock } = aService();
    const started = await service.start(USER_ID);

    clock.now += 6 * DAY_MS;
    const second = await service.refresh(started.refreshToken);
    clock.now += 6 * DAY_MS;
    const third = await service.refresh(second?.refreshToken ?? '');

    expect(third).toMatchObject({ userId: USER_ID, expiresAt: new Date(clock.now + 7 * DAY_MS) });
    expect(new Set([started, second, third].map((session) => session?.refreshToken)).size).toBe(3);
  });

  it('ends a session that nobody used for a week', async () => {
    const { service, clock } = aService();
    const { refreshToken } = await service.start(USER_ID);

    clock.now += 7 * DAY_MS;

    expect(await service.refresh(refreshToken)).toBeNull();
  });

  it('gives two tabs that refresh at the same moment the same next token', async () => {
    const { service, clock, warnings } = aService();
    const { refreshToken } = await service.start(USER_ID);

    const [one, other] = await Promise.all([
      service.refresh(refreshToken),
      service.refresh(refreshToken),
    ]);
    clock.now += 9 * SECOND_MS;
    const late = await service.refresh(refreshToken);

    expect(one?.refreshToken).toBeDefined();
    expect(other?.refreshToken).toBe(one?.refreshToken);
    expect(late?.refreshToken).toBe(one?.refreshToken);
    expect(warnings).toEqual([]);
  });

  it('ends the whole session when an old token comes back later', async () => {
    const { service, clock, warnings } = aService();
    const { refreshToken: stolen } = await service.start(USER_ID);
    const thief = await service.refresh(stolen);

    clock.now += 11 * SECOND_MS;

    expect(await service.refresh(stolen)).toBeNull();
    expect(await service.refresh(thief?.refreshToken ?? '')).toBeNull();
    expect(warnings).toEqual([expect.stringMatching(/used twice/)]);
  });

  it('ends the session for a token from two refreshes ago, however quick they were', async () => {
    const { service } = aService();
    const { refreshToken: first } = await service.start(USER_ID);
    const second = await service.refresh(first);
    const third = await service.refresh(second?.refreshToken ?? '');

    expect(await service.refresh(first)).toBeNull();
    expect(await service.refresh(third?.refreshToken ?? '')).toBeNull();
  });

  it('leaves the other sessions of the same person alone', async () => {
    const { service, clock } = aService();
    const laptop = await service.start(USER_ID);
    const phone = await service.start(USER_ID);
    await service.refresh(laptop.refreshToken);
    clock.now += 11 * SECOND_MS;
    await service.refresh(laptop.refreshToken);

    expect(await service.refresh(phone.refreshToken)).not.toBeNull();
  });

  it('does not refresh after signing out, and signs out with any token of the session', async () => {
    const { service } = aService();
    const first = await service.start(USER_ID);
    const second = await service.refresh(first.refreshToken);

    await service.end(first.refreshToken);

    expect(await service.refresh(second?.refreshToken ?? '')).toBeNull();
  });

  it('knows nothing about tokens that it did not make', async () => {
    const { service } = aService();

    expect(await service.refresh('nonsense')).toBeNull();
    await expect(service.end('nonsense')).resolves.toBeUndefined();
  });
});

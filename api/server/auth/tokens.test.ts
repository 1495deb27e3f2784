import { createAccessTokens } from './access-token.ts';
import { localRequest } from './purpose-token.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { decodeRefreshToken, encodeRefreshToken } from './refresh-token.ts';

const SECRET = 'a'.repeat(64);
const OTHER_SECRET = 'f'.repeat(64);
const USER_ID = '11111111-1111-4111-8111-111111111111';
const MINUTE_MS = 60_000;

describe('access tokens', () => {
  let now = Date.parse('2026-01-01T12:00:00Z');
  const clock = () => now;

  it('say who they belong to until they end, also when they were checked before', async () => {
    const tokens = createAccessTokens(SECRET, clock);
    const token = await tokens.sign({ userId: USER_ID }, 15 * MINUTE_MS);

    expect(await tokens.verify(token)).toEqual({ userId: USER_ID });
    now += 15 * MINUTE_MS - 1000;
    expect(await tokens.verify(token)).toEqual({ userId: USER_ID });
    now += 1000;
    expect(await tokens.verify(token)).toBeNull();
  });

  it('are worth nothing with another secret, another algorithm or another purpose', async () => {
    const tokens = createAccessTokens(SECRET, clock);
    const foreign = await createAccessTokens(OTHER_SECRET, clock).sign({ userId: USER_ID }, MINUTE_MS); // prettier-ignore
    const [header = '', payload = '', mac = ''] = (
      await tokens.sign({ userId: USER_ID }, MINUTE_MS)
    ).split('.');
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const admin = Buffer.from(
      Buffer.from(payload, 'base64url').toString().replace(USER_ID, USER_ID.replace('1', '2')),
    ).toString('base64url');

    for (const token of [
      foreign,
      `${unsigned}.${payload}.`,
      `${header}.${admin}.${mac}`,
      `${header}.${payload}`,
      await localRequest.sign(SECRET),
      'nonsense',
      '',
    ]) {
      expect(await tokens.verify(token)).toBeNull();
    }
  });
});

describe('local requests', () => {
  it('are proof of the same secret, and of nothing else', async () => {
    expect(await localRequest.isValid(await localRequest.sign(SECRET), SECRET)).toBe(true);
    expect(await localRequest.isValid(await localRequest.sign(OTHER_SECRET), SECRET)).toBe(false);
    const access = await createAccessTokens(SECRET, Date.now).sign({ userId: USER_ID }, MINUTE_MS);
    expect(await localRequest.isValid(access, SECRET)).toBe(false);
  });
});

describe('refresh tokens', () => {
  const claim = { sessionId: USER_ID, generation: 12 };

  it('come back as they were made, and look the same each time', () => {
    const token = encodeRefreshToken(claim, SECRET);

    expect(decodeRefreshToken(token, SECRET)).toEqual(claim);
    expect(encodeRefreshToken(claim, SECRET)).toBe(token);
    expect(encodeRefreshToken(claim, OTHER_SECRET)).not.toBe(token);
  });

  it('cannot be changed or made up', () => {
    const token = encodeRefreshToken(claim, SECRET);
    const mac = token.split('.')[2] ?? '';

    for (const forged of [
      token.replace('.12.', '.13.'),
      token.replace('.12.', '.012.'),
      token.replace('1111', '2222'),
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      `${USER_ID}.12.${'A'.repeat(mac.length)}`,
      `${token}x`,
      ` ${token}`,
      'a.b.c',
      '',
    ]) {
      expect(decodeRefreshToken(forged, SECRET)).toBeNull();
    }
    expect(decodeRefreshToken(token, OTHER_SECRET)).toBeNull();
  });
});

describe('passwords', () => {
  it('are recognised from their argon2id hash, which differs each time', async () => {
    const [one, other] = await Promise.all([hashPassword('péché 🍑'), hashPassword('péché 🍑')]);

    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await verifyPassword(one, 'péché 🍑')).toBe(true);
    expect(await verifyPassword(one, 'peche 🍑')).toBe(false);
  });

  it('are never right for an account that does not exist', async () => {
    expect(await verifyPassword(null, 'anything')).toBe(false);
    expect(await verifyPassword(null, '')).toBe(false);
  });
});

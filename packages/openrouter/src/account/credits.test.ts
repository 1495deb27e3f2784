import { OpenRouterClient } from '../client.ts';
import { silentLogger } from '../logger.ts';
import { useClosing } from '../testing/closing.ts';
import { aKey } from '../testing/keys.ts';
import { sendJson, startUpstream } from '../testing/upstream.ts';
import { readCredits } from './credits.ts';

const closing = useClosing();

/** A client of an upstream that answers these two routes; a number is a bare status. */
async function connect(
  answers: { credits?: unknown; key?: unknown },
  keys: { key?: string | null; management?: string } = {},
) {
  const warnings: string[] = [];
  const upstream = closing(
    await startUpstream(({ url }, response) => {
      const body = url === '/api/v1/credits' ? answers.credits : answers.key;
      if (typeof body === 'number') response.writeHead(body).end();
      else sendJson(response, body);
    }),
  );
  const client = closing(
    new OpenRouterClient(keys.key === undefined ? aKey('a') : keys.key, {
      baseURL: upstream.url,
      managementKey: keys.management,
      logger: { ...silentLogger, warn: (text) => void warnings.push(text) },
    }),
  );
  return { upstream, client, warnings };
}

const management = aKey('f');
const key = { limit: 20, limit_remaining: 13.25, usage: 6.75, is_free_tier: false };

it('tells the balance of the account with a management key, and the cap of the key', async () => {
  const { client, upstream } = await connect(
    { credits: { data: { total_credits: 25, total_usage: 7.4213 } }, key: { data: key } },
    { management },
  );

  expect(await client.getCredits()).toEqual({
    balance: 17.5787,
    currency: 'USD',
    usage: 7.4213,
    total: 25,
    limit: 20,
    limit_remaining: 13.25,
    is_free_tier: false,
    source: 'account',
  });
  expect(
    Object.fromEntries(upstream.requests.map(({ url, headers }) => [url, headers.authorization])),
  ).toEqual({ '/api/v1/credits': `Bearer ${management}`, '/api/v1/key': `Bearer ${aKey('a')}` });
});

it('tells the balance with a management key alone', async () => {
  const { client, upstream } = await connect(
    { credits: { data: { total_credits: 25, total_usage: 30 } } },
    { key: null, management },
  );

  expect(await client.getCredits()).toMatchObject({
    balance: -5,
    limit: null,
    is_free_tier: null,
    source: 'account',
  });
  expect(upstream.requests).toHaveLength(1);
});

it('tells what is left of the cap with an ordinary key', async () => {
  const { client, upstream } = await connect({ key: { data: key } });

  expect(await client.getCredits()).toEqual({
    balance: 13.25,
    currency: 'USD',
    usage: 6.75,
    total: null,
    limit: 20,
    limit_remaining: 13.25,
    is_free_tier: false,
    source: 'key',
  });
  expect(upstream.requests.map(({ url }) => url)).toEqual(['/api/v1/key']);
});

it('knows no balance for a key without a cap', async () => {
  const { client } = await connect({
    key: { data: { ...key, limit: null, limit_remaining: null } },
  });

  expect(await client.getCredits()).toMatchObject({ balance: null, limit: null, usage: 6.75 });
});

it('does not believe an account whose figures are both zero', async () => {
  const { client } = await connect(
    { credits: { data: { total_credits: 0, total_usage: 0 } }, key: { data: key } },
    { management },
  );

  expect(await client.getCredits()).toMatchObject({ balance: 13.25, total: null, source: 'key' });
});

it('falls back to the key when the management key is an ordinary one, and says so', async () => {
  const { client, warnings } = await connect({ credits: 403, key: { data: key } }, { management });

  expect(await client.getCredits()).toMatchObject({ balance: 13.25, source: 'key' });
  expect(warnings).toEqual([expect.stringContaining('ordinary key')]);
});

it('has nothing to fall back to without another key', async () => {
  const { client } = await connect({ credits: 403 }, { key: null, management });

  await expect(client.getCredits()).rejects.toMatchObject({ reason: 'management_key_required' });
});

it.each([
  ['a revoked management key', { credits: 401, key: { data: key } }, 'key_invalid'],
  ['an outage of the account', { credits: 503, key: { data: key } }, 'provider_overloaded'],
  [
    'an outage of the key',
    { credits: { data: { total_credits: 1, total_usage: 0 } }, key: 500 },
    'provider_error',
  ],
  [
    'an account without figures',
    { credits: { data: {} }, key: { data: key } },
    'malformed_response',
  ],
  [
    'an account with figures in words',
    { credits: { data: { total_credits: '25', total_usage: '7' } }, key: { data: key } },
    'malformed_response',
  ],
  ['no account at all', { credits: {}, key: { data: key } }, 'malformed_response'],
])('fails on %s instead of telling a number', async (_name, answers, reason) => {
  const { client } = await connect(answers, { management });

  await expect(client.getCredits()).rejects.toMatchObject({ reason });
});

it.each([
  ['nothing', {}, 'malformed_response'],
  ['a page', '<html>', 'malformed_response'],
  ['a limit in words', { data: { limit: 'much' } }, 'malformed_response'],
  ['an error inside a 200', { error: { code: 401, message: 'User not found.' } }, 'key_invalid'],
  ['a 401', 401, 'key_invalid'],
])('fails when /key answers %s', async (_name, answer, reason) => {
  const { client } = await connect({ key: answer });

  await expect(client.getCredits()).rejects.toMatchObject({ reason });
  await expect(client.getKeyInfo()).rejects.toMatchObject({ reason });
});

describe('readCredits', () => {
  it.each([
    [0.3, 0.1, 0.2],
    [10, 9.9, 0.1],
    [1e-7, 0, 1e-7],
    [5, 5.31, -0.31],
    [123456.789, 0.000001, 123456.788999],
  ])('takes %d minus %d for %d', (total_credits, total_usage, balance) => {
    expect(readCredits({ total_credits, total_usage }, null).balance).toBe(balance);
  });

  it('knows nothing from a key that tells nothing', () => {
    expect(readCredits(null, {})).toEqual({
      balance: null,
      currency: 'USD',
      usage: null,
      total: null,
      limit: null,
      limit_remaining: null,
      is_free_tier: null,
      source: 'key',
    });
  });
});

import { createHash } from 'node:crypto';
import { startSimulator, type Simulator } from '../index.ts';
import { chat, json } from '../testing/ask.ts';

const VERIFIER = 'a'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const NOW = Date.UTC(2026, 9, 14);

let simulator: Simulator;
let now: number;
beforeEach(async () => {
  now = NOW;
  simulator = await startSimulator({ tokensPerSecond: Infinity, now: () => now });
});
afterEach(() => simulator.close());

async function consent(query: Record<string, string>): Promise<Response> {
  const url = new URL('/auth', simulator.url);
  url.search = new URLSearchParams(query).toString();
  return fetch(url, { redirect: 'manual' });
}

async function getCode(query: Record<string, string> = {}): Promise<string> {
  const response = await consent({
    callback_url: 'http://localhost:3080/back?state=s',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...query,
  });
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

const exchange = (body: Record<string, unknown>) =>
  json<{ key: string; user_id: string }>(simulator, 'POST', '/auth/keys', { key: null, body });

it('leads back to the app with a code, and keeps its query', async () => {
  const response = await consent({ callback_url: 'https://app.example/back?state=s' });

  const target = new URL(response.headers.get('location') ?? '');
  expect(response.status).toBe(302);
  expect(target.origin + target.pathname).toBe('https://app.example/back');
  expect(target.searchParams.get('state')).toBe('s');
  expect(target.searchParams.get('code')).toMatch(/^[0-9a-f]{64}$/);
});

it('exchanges a code and its verifier for a key that works', async () => {
  const code = await getCode();

  const { status, body } = await exchange({ code, code_verifier: VERIFIER });

  expect(status).toBe(200);
  expect(body).toEqual({
    key: expect.stringMatching(/^sk-or-v1-[0-9a-f]{64}$/),
    user_id: expect.stringMatching(/^user_/),
  });
  expect((await chat(simulator, 'Say hi', { key: body.key })).status).toBe(200);
});

it('refuses a wrong verifier and none, and the code is used up by that', async () => {
  const code = await getCode();

  expect((await exchange({ code, code_verifier: 'b'.repeat(43) })).status).toBe(403);
  expect((await exchange({ code, code_verifier: VERIFIER })).status).toBe(403);
  expect((await exchange({ code: await getCode() })).status).toBe(403);
});

it('refuses a code the second time, and after ten minutes', async () => {
  const used = await getCode();
  await exchange({ code: used, code_verifier: VERIFIER });
  const old = await getCode();
  now = NOW + 10 * 60_000;

  expect((await exchange({ code: used, code_verifier: VERIFIER })).status).toBe(403);
  expect((await exchange({ code: old, code_verifier: VERIFIER })).status).toBe(403);
});

it('forgets the oldest codes when there are very many', async () => {
  const first = await getCode();
  const second = await getCode();
  for (let count = 0; count < 999; count += 1) await getCode();

  expect((await exchange({ code: first, code_verifier: VERIFIER })).status).toBe(403);
  expect((await exchange({ code: second, code_verifier: VERIFIER })).status).toBe(200);
});

it('refuses a challenge that is longer than any', async () => {
  const query = { callback_url: 'https://app.example/', code_challenge: 'a'.repeat(129) };

  expect((await consent(query)).status).toBe(400);
});

it('refuses another method than the one the code was asked for with', async () => {
  const code = await getCode({ code_challenge: VERIFIER, code_challenge_method: 'plain' });

  const answer = await exchange({
    code,
    code_verifier: VERIFIER,
    code_challenge_method: 'S256',
  });

  expect(answer.status).toBe(400);
});

it('takes a plain challenge as it is', async () => {
  const code = await getCode({ code_challenge: VERIFIER, code_challenge_method: 'plain' });

  expect((await exchange({ code, code_verifier: VERIFIER })).status).toBe(200);
});

it('shows the code where there is no app to go back to, if a challenge protects it', async () => {
  const shown = await consent({ code_challenge: CHALLENGE });
  const { code } = (await shown.json()) as { code: string };

  expect((await exchange({ code, code_verifier: VERIFIER })).status).toBe(200);
  expect((await consent({})).status).toBe(400);
});

it('goes back to nothing but https and this machine', async () => {
  expect((await consent({ callback_url: 'http://app.example/' })).status).toBe(400);
  expect((await consent({ callback_url: 'javascript:alert(1)' })).status).toBe(400);
});

it('starts from the server as well, with a cap for the key to be made', async () => {
  const started = await json<{ data: { id: string } }>(simulator, 'POST', '/auth/keys/code', {
    body: { callback_url: 'https://app.example/', limit: 2, usage_limit_type: 'weekly' },
  });
  const { body } = await exchange({ code: started.body.data.id });

  const key = await json(simulator, 'GET', '/key', { key: body.key });
  expect(key.body).toMatchObject({ data: { limit: 2, limit_remaining: 2, limit_reset: 'weekly' } });
});

it('wants POST, and a key for starting from the server', async () => {
  expect((await json(simulator, 'GET', '/auth/keys')).status).toBe(405);
  expect((await json(simulator, 'POST', '/auth/keys/code', { key: null })).status).toBe(401);
});

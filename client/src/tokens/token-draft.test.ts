import { firstDraft, readTokenDraft, type TokenDraft } from './token-draft.ts';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const read = (change: Partial<TokenDraft>) =>
  readTokenDraft({ ...firstDraft, name: 'LibreChat', ...change }, NOW);

it('asks for a token that can chat and ends after a while, with all models and no limit', () => {
  expect(read({}).request).toEqual({
    name: 'LibreChat',
    scopes: ['chat', 'models'],
    models: null,
    expires_at: '2027-02-18T12:00:00.000Z',
    monthly_limit_usd: null,
  });
});

it('takes models between commas, spaces and lines, each once', () => {
  expect(read({ models: ' openai/*, *:free\nopenai/* ,' }).request?.models).toEqual([
    'openai/*',
    '*:free',
  ]);
});

it.each([
  ['2.50', 2.5],
  ['0,5', 0.5],
  ['', null],
])('reads the limit %j as %j', (monthlyLimit, usd) => {
  expect(read({ monthlyLimit }).request?.monthly_limit_usd).toBe(usd);
});

it('never ends where that is wanted', () => {
  expect(read({ expiresInDays: 0 }).request?.expires_at).toBeNull();
});

it('says everything that is wrong at once', () => {
  expect(read({ name: '  ', scopes: [], monthlyLimit: 'much' })).toEqual({
    request: null,
    problems: { name: true, scopes: true, monthlyLimit: true },
  });
  expect(read({ monthlyLimit: '0' }).problems?.monthlyLimit).toBe(true);
});

import { aKey } from '../testing/keys.ts';
import { setupChecks } from './checks/standard.ts';
import { checkOf, examined, failuresOf } from './testing/examined.ts';

const look = (variables: Record<string, string>) => examined(variables, { checks: setupChecks });

it('says that no key is set, and where to get one', async () => {
  const report = await look({});

  expect(failuresOf(report)).toEqual(['key_missing']);
  expect(report.conclusion.sentence).toBe('No OpenRouter key is set.');
  expect(report.conclusion.causes[0]).toMatchObject({
    kind: 'configuration',
    action: expect.stringContaining('https://openrouter.ai/settings/keys'),
  });
});

it('tells where each value comes from, and of a key its prefix and its end', async () => {
  const report = await look({
    OPENROUTER_API_KEY: aKey('a'),
    OPENROUTER_BASE_URL: 'https://gateway.example/v1',
  });

  expect(report.status).toBe('ok');
  expect(checkOf(report, 'configuration').evidence).toEqual([
    'OPENROUTER_API_KEY = sk-or-v1-…aaaa (from .env, 73 characters)',
    'OPENROUTER_BASE_URL = https://gateway.example/v1 (from .env)',
    'Asked is https://gateway.example/v1.',
  ]);
});

it.each([
  ['your_api_key_here', 'key_placeholder'],
  ['sk-or-v1-your-key', 'key_placeholder'],
  ['${OPENROUTER_API_KEY}', 'key_placeholder'],
  ['sk-or-v1-xxxxxxxxxxxxxxxx', 'key_placeholder'],
  ['sk-or-v1-…', 'key_placeholder'],
  ['sk-proj-1234', 'key_malformed'],
  ['sk-or-v1-', 'key_malformed'],
  ['sk-or-v1-12 34', 'key_malformed'],
])('%j is no key: %s', async (value, cause) => {
  const report = await look({ OPENROUTER_API_KEY: value });

  expect(report.conclusion.causes.map((one) => one.cause)).toContain(cause);
  expect(report.conclusion.causes[0]?.kind).toBe('configuration');
});

it.each([
  [`"${aKey('a')}"`, /quotation marks/],
  [` ${aKey('a')} `, /spaces/],
  [`${aKey('a')}\n`, /a line break/],
  [`\u200b${aKey('a')}`, /invisible characters/],
  [`“${aKey('a')}” \r\n`, /quotation marks and a line break and spaces/],
])('sees what stands around a key (%#)', async (value, told) => {
  const report = await look({ OPENROUTER_API_KEY: value });

  expect(checkOf(report, 'key_shape')).toMatchObject({ status: 'warning', cause: 'key_wrapped' });
  expect(checkOf(report, 'key_shape').evidence.join()).toMatch(told);
});

it('doubts a key of an unusual length', async () => {
  const report = await look({ OPENROUTER_API_KEY: aKey('a').slice(0, 60) });

  expect(checkOf(report, 'key_shape')).toMatchObject({ cause: 'key_doubtful' });
});

describe('two names for the key', () => {
  it('with different values clash, and it is told which one is used', async () => {
    const report = await look({ OPENROUTER_API_KEY: aKey('a'), OPENROUTER_KEY: aKey('f') });

    expect(checkOf(report, 'key_clash')).toMatchObject({ status: 'warning', cause: 'key_clash' });
    expect(checkOf(report, 'key_clash').evidence).toEqual([
      'Used: OPENROUTER_API_KEY from .env (sk-or-v1-…aaaa).',
      'Ignored: OPENROUTER_KEY from .env (sk-or-v1-…ffff).',
    ]);
  });

  it('with the same value do not', async () => {
    const report = await look({ OPENROUTER_API_KEY: aKey('a'), OPENROUTER_KEY: ` ${aKey('a')}` });

    expect(checkOf(report, 'key_clash').status).toBe('ok');
  });
});

it('warns of a key that would travel unencrypted', async () => {
  const report = await look({
    OPENROUTER_API_KEY: aKey('a'),
    OPENROUTER_BASE_URL: 'http://gateway.example/v1',
  });

  expect(checkOf(report, 'configuration')).toMatchObject({ cause: 'base_url_insecure' });
});

it('leaves the key of each user to that user', async () => {
  const report = await look({ OPENROUTER_API_KEY: 'user_provided' });

  expect(report.status).toBe('ok');
  expect(checkOf(report, 'key_shape').status).toBe('skipped');
});

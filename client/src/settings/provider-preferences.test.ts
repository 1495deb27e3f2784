import { noPreferences, readPreferences, writePreferences } from './provider-preferences.ts';
import { roleOf, strangers, withRole } from './provider-roles.ts';
import { anEndpoint } from './testing.ts';

it('sends nothing that is OpenRouter’s default', () => {
  expect(writePreferences({ seed: 1 }, noPreferences)).toEqual({ seed: 1 });
  expect(readPreferences({})).toEqual(noPreferences);
});

it('reads again what it wrote, and keeps what has no field', () => {
  const preferences = {
    order: ['a'],
    only: ['a', 'b/fp8'],
    ignore: ['c'],
    sort: 'latency',
    allowsFallbacks: false,
    deniesCollection: true,
    isZeroRetention: true,
    quantizations: ['fp8'],
    maxPromptUsd: 0,
    maxCompletionUsd: 2.5,
    requiresParameters: true,
  } as const;
  const before = { provider: { preferred_max_latency: 2, max_price: { request: '1' } } };

  const written = writePreferences(before, preferences);

  expect(written).toEqual({
    provider: {
      preferred_max_latency: 2,
      order: ['a'],
      only: ['a', 'b/fp8'],
      ignore: ['c'],
      sort: 'latency',
      allow_fallbacks: false,
      data_collection: 'deny',
      zdr: true,
      quantizations: ['fp8'],
      max_price: { request: '1', prompt: 0, completion: 2.5 },
      require_parameters: true,
    },
  });
  expect(readPreferences(written)).toEqual(preferences);
  expect(writePreferences(written, noPreferences)).toEqual(before);
});

it('understands the other forms of OpenRouter’s schema', () => {
  const provider = {
    sort: { by: 'price', partition: 'none' },
    max_price: { prompt: '1.5', completion: 'dear' },
    order: null,
    only: 'deepinfra',
  };

  const preferences = readPreferences({ provider });

  expect(preferences).toEqual({ ...noPreferences, sort: 'price', maxPromptUsd: 1.5 });
  expect(writePreferences({ provider }, { ...preferences, sort: 'latency' })).toMatchObject({
    provider: { sort: { by: 'latency', partition: 'none' } },
  });
});

describe('the role of a provider', () => {
  const deepseek = anEndpoint('deepseek');
  const fp8 = anEndpoint('deepinfra/fp8');
  const bf16 = anEndpoint('deepinfra/bf16');
  const novita = anEndpoint('novita/fp8');
  const all = [deepseek, fp8, bf16, novita];

  it('names the provider where that is enough, and otherwise the one offer', () => {
    expect(withRole(noPreferences, novita, all, 'only').only).toEqual(['novita']);
    expect(withRole(noPreferences, fp8, all, 'only').only).toEqual(['deepinfra/fp8']);
  });

  it('is one at a time', () => {
    const first = withRole(noPreferences, deepseek, all, 'order');
    const never = withRole(first, deepseek, all, 'ignore');

    expect(roleOf(deepseek, first)).toBe('order');
    expect(never).toMatchObject({ order: [], ignore: ['deepseek'] });
    expect(roleOf(deepseek, never)).toBe('ignore');
    expect(withRole(never, deepseek, all, 'any')).toEqual(noPreferences);
    expect(roleOf(fp8, never)).toBe('any');
  });

  it('adds to an order at its end', () => {
    const order = withRole({ ...noPreferences, order: ['novita'] }, fp8, all, 'order').order;

    expect(order).toEqual(['novita', 'deepinfra/fp8']);
  });

  it('may be of somebody who does not serve this model', () => {
    const preferences = { ...noPreferences, only: ['deepseek', 'groq'], ignore: ['xai'] };

    expect(strangers(preferences, all)).toEqual([
      { list: 'only', slug: 'groq' },
      { list: 'ignore', slug: 'xai' },
    ]);
  });
});

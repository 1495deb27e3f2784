import type { ChatRequest } from '@openrouter-native/protocol';
import { createAllowedModels } from './allowed-models.ts';

const asking = (request: Partial<ChatRequest>): ChatRequest => ({
  messages: [{ role: 'user', content: 'Hi' }],
  ...request,
});

it('allows everything when nothing is listed', () => {
  const allowed = createAllowedModels([]);

  expect(allowed.includes('any/thing')).toBe(true);
  expect(() => allowed.check(asking({}))).not.toThrow();
});

it.each([
  ['openai/gpt-5', 'openai/gpt-5', true],
  ['openai/gpt-5', 'openai/gpt-5-mini', false],
  ['openai/*', 'openai/gpt-5-mini', true],
  ['openai/*', 'x-openai/gpt-5', false],
  ['*:free', 'meta/llama:free', true],
  ['*:free', 'meta/llama', false],
  ['meta/llama', 'meta/llama:nitro', true],
  ['meta/llama', 'meta/llama:floor:nitro', true],
  ['meta/llama', 'meta/llama:free', false],
  ['meta/llama:free', 'meta/llama:free:nitro', true],
  ['a.b/c+d', 'a.b/c+d', true],
  ['a.b/c', 'axb/c', false],
  ['*/gpt-*:free', 'openai/gpt-5:free', true],
  ['*/gpt-*:free', 'openai/gpt:free', false],
  ['a*b*a', 'aba', true],
  ['ab*ba', 'aba', false], // Nothing is matched twice.
  ['**', 'any/thing', true],
])('with %s listed, %s is allowed: %s', (pattern, model, expected) => {
  expect(createAllowedModels([pattern]).includes(model)).toBe(expected);
});

it('takes no longer for a pattern with many stars than for others', () => {
  const allowed = createAllowedModels([`${'*a'.repeat(128)}b`]);
  const startedAt = performance.now();

  expect(allowed.includes('a'.repeat(256))).toBe(false);

  expect(performance.now() - startedAt).toBeLessThan(1000);
});

it.each<[string, Partial<ChatRequest>]>([
  ['no model', {}],
  ['another model', { model: 'openai/gpt-5' }],
  ['a fallback outside the list', { model: 'meta/llama', models: ['openai/gpt-5'] }],
  ['a preset', { model: 'meta/llama', preset: 'mine' }],
  ['a preset inside the model', { model: 'meta/llama@preset/mine' }],
  ['a panel of models as a plugin', { model: 'meta/llama', plugins: [{ id: 'fusion' }] }],
  ['an unknown plugin', { model: 'meta/llama', plugins: [{ id: 'Fusion' }] }],
  ...['fusion', 'advisor', 'subagent', 'image_generation', 'what_comes_tomorrow'].map(
    (tool): [string, Partial<ChatRequest>] => [
      `other models as the tool ${tool}`,
      { model: 'meta/llama', tools: [{ type: `openrouter:${tool}` }] },
    ],
  ),
  [
    'a router that is pointed outside the list',
    { model: 'meta/llama', plugins: [{ id: 'auto-router', allowed_models: ['openai/*'] }] },
  ],
  [
    'a router that is pointed nowhere readable',
    { model: 'meta/llama', plugins: [{ id: 'auto-router', allowed_models: 'openai/*' }] },
  ],
])('refuses a request with %s', (_what, request) => {
  expect(() => createAllowedModels(['meta/llama']).check(asking(request))).toThrow(
    expect.objectContaining({ reason: 'model_not_allowed' }),
  );
});

it('takes a retired form for the model that it is sent as', () => {
  const request = asking({ model: 'openai/gpt-5:thinking' });

  expect(() => createAllowedModels(['*:thinking']).check(request)).toThrow('not allowed');
  expect(() => createAllowedModels(['openai/*']).check(request)).not.toThrow();
});

it('lets a request with allowed models pass', () => {
  const allowed = createAllowedModels(['meta/*']);

  expect(() => allowed.check(asking({ model: 'meta/a', models: ['meta/b'] }))).not.toThrow();
});

it.each<[string, Partial<ChatRequest>]>([
  ['with a plugin that is switched off', { plugins: [{ id: 'fusion', enabled: false }] }],
  [
    'with a search and a function',
    {
      tools: [{ type: 'openrouter:web_search' }, { type: 'function', function: { name: 'f' } }],
      plugins: [{ id: 'web' }],
    },
  ],
  ['that narrows a router', { plugins: [{ id: 'auto-router', allowed_models: ['meta/a*'] }] }],
])('lets a request pass %s', (_what, fields) => {
  const allowed = createAllowedModels(['meta/*']);

  expect(() => allowed.check(asking({ model: 'meta/a', ...fields }))).not.toThrow();
});

it('lets no pattern for models stand for a preset, which brings a model of its own', () => {
  expect(createAllowedModels(['meta/*']).includes('meta/a@preset/mine')).toBe(false);
  expect(createAllowedModels(['*']).includes('@preset/mine')).toBe(false);
  expect(createAllowedModels(['@preset/mine']).includes('@preset/mine')).toBe(true);
});

import type { ChatRequest } from '@openrouter-native/protocol';
import { readCredits } from '../account/credits.ts';
import { KnownFacts } from '../facts/known-facts.ts';
import { aModel, aRequest } from '../testing/plan.ts';
import type { Change } from './change.ts';
import { normalise } from './normalise.ts';

function run(request: ChatRequest, balance: number | null = null) {
  const facts = new KnownFacts(() => 0);
  facts.learnModels([
    aModel('a/b', {
      supported_parameters: ['temperature', 'tools'],
      reasoning: { mandatory: true, supported_efforts: ['high', 'low'] },
      context_length: 100_000,
    }),
  ]);
  if (balance !== null) facts.learnCredits({ ...readCredits(null, null), balance });
  const changes: Change[] = [];
  return { request: normalise(request, facts, (change) => changes.push(change)), changes };
}

it.each<Partial<ChatRequest>>([
  {},
  { model: 'x/unknown', top_k: 3 },
  { models: ['a/b'] },
  { temperature: 1, reasoning: { effort: 'low' }, provider: { sort: 'price' }, brand_new: [1] },
])('hands back the very request when it needs nothing: %j', (rest) => {
  const request = aRequest(rest);

  expect(run(request)).toEqual({ request, changes: [] });
  expect(run(request).request).toBe(request);
});

it('brings retired forms, parameters, efforts and money together', () => {
  const { request, changes } = run(
    aRequest({ model: 'a/b:online', top_k: 3, reasoning: { effort: 'none' } }),
    0.01,
  );

  expect(request).toEqual(
    aRequest({
      tools: [{ type: 'openrouter:web_search' }],
      reasoning: { effort: 'low' },
      max_tokens: expect.any(Number),
    }),
  );
  expect(changes.map(({ field }) => field)).toEqual([
    'model',
    'top_k',
    'reasoning.effort',
    'max_tokens',
  ]);
});

it.each(['user_keys', 'allow_user_keys'])(
  'refuses provider.%s, and says where keys go',
  (field) => {
    const request = aRequest({ provider: { [field]: { openai: 'planted-key' } } });

    expect(() => run(request)).toThrow(
      expect.objectContaining({
        reason: 'invalid_request',
        message: expect.stringContaining('https://openrouter.ai/settings/integrations'),
      }),
    );
    expect(() => run(request)).not.toThrow('planted-key');
  },
);

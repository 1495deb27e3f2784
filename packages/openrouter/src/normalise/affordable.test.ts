import type { ChatRequest, Model } from '@openrouter-native/protocol';
import { aModel, aRequest } from '../testing/plan.ts';
import { fitToBalance } from './affordable.ts';
import type { Change } from './change.ts';

const about: Partial<Model> = {
  pricing: { prompt: '0.000001', completion: '0.00001' },
  top_provider: { max_completion_tokens: 60_000 },
};

function fit(balanceUsd: number | null, rest: Partial<ChatRequest> = {}, model = about) {
  const original = aRequest(rest);
  const changes: Change[] = [];
  const normaliser = fitToBalance(aModel('a/b', model), balanceUsd);
  const request = normaliser(original, (change) => changes.push(change));
  return { request, changes, isSame: request === original };
}

it('asks for no more tokens than the balance allows', () => {
  const { request, changes } = fit(0.05);

  expect(request.max_tokens).toBeGreaterThan(4_990);
  expect(request.max_tokens).toBeLessThan(5_000); // The prompt costs a little too.
  expect(changes).toEqual([
    {
      field: 'max_tokens',
      change: `set to ${request.max_tokens}, which is what the balance allows`,
    },
  ]);
});

it('counts the prompt and the tools', () => {
  const messages: ChatRequest['messages'] = [{ role: 'user', content: 'x'.repeat(40_000) }];

  expect(fit(0.05, { messages }).request.max_tokens).toBeLessThan(3_001);
});

it("takes the context for the model's maximum when no other is known", () => {
  const model = { pricing: { prompt: '0', completion: '0.00001' }, context_length: 8_000 };

  expect(fit(0.07, {}, model).request.max_tokens).toBe(7_000);
  expect(fit(0.081, {}, model).isSame).toBe(true);
});

it.each<[string, number | null, Partial<ChatRequest>, Partial<Model>]>([
  ['the balance is unknown', null, {}, about],
  ['there is enough', 1, {}, about],
  ['too little is left for an answer', 0.0001, {}, about],
  ['nothing is left', 0, {}, about],
  ['there is a debt', -3, {}, about],
  ['the request has a limit', 0.05, { max_tokens: 100_000 }, about],
  ['the request has a limit by its newer name', 0.05, { max_completion_tokens: 100_000 }, about],
  ['the model is free', 0.05, {}, { ...about, pricing: { prompt: '0', completion: '0' } }],
  ['the price varies', 0.05, {}, { ...about, pricing: { prompt: '-1', completion: '-1' } }],
  ['the maximum is unknown', 0.05, {}, { pricing: { prompt: '0', completion: '0.00001' } }],
])('changes nothing when %s', (_when, balanceUsd, rest, model) => {
  expect(fit(balanceUsd, rest, model)).toMatchObject({ isSame: true, changes: [] });
});

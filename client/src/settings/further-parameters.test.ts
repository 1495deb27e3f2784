import * as fc from 'fast-check';
import { readFurther, writeFurther } from './further-parameters.ts';
import { findFurtherProblem } from './further-problem.ts';
import type { ModelParameters } from './parameters.ts';
import { isSameJson } from './same-json.ts';

const all = {
  temperature: 0.5,
  logit_bias: { 50256: -100 },
  reasoning: { effort: 'low', summary: 'auto' },
  provider: { zdr: true, preferred_max_latency: 2 },
  tools: [{ type: 'openrouter:web_search' }, { type: 'openrouter:datetime' }],
  plugins: [{ id: 'context-compression' }],
};

it('shows what no field shows, and leaves the rest to the fields', () => {
  expect(readFurther(all)).toEqual({
    logit_bias: { 50256: -100 },
    reasoning: { summary: 'auto' },
    provider: { preferred_max_latency: 2 },
    tools: [{ type: 'openrouter:datetime' }],
    plugins: [{ id: 'context-compression' }],
  });
});

it('replaces just that half', () => {
  expect(writeFurther(all, { top_logprobs: 2 })).toEqual({
    temperature: 0.5,
    reasoning: { effort: 'low' },
    provider: { zdr: true },
    tools: [{ type: 'openrouter:web_search' }],
    top_logprobs: 2,
  });
});

it('loses nothing when both halves come together again', () => {
  const value = fc.oneof(fc.integer(), fc.string({ minLength: 1 }), fc.boolean());
  const parameters = fc.record(
    {
      temperature: value,
      stop: value,
      models: fc.array(fc.string()),
      logprobs: value,
      reasoning: fc.dictionary(fc.constantFrom('effort', 'summary', 'exclude'), value, {
        minKeys: 1,
      }),
      provider: fc.dictionary(fc.constantFrom('order', 'zdr', 'preferred_max_latency'), value, {
        minKeys: 1,
      }),
      anything: fc.json().map((text): unknown => JSON.parse(text)),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(parameters, (whole: ModelParameters) => {
      expect(isSameJson(writeFurther(whole, readFurther(whole)), whole)).toBe(true);
    }),
  );
});

it.each([
  [{ model: 'x' }, 'refused', 'model'],
  [{ messages: [] }, 'refused', 'messages'],
  [{ stream: true }, 'refused', 'stream'],
  [{ temperature: 1 }, 'own', 'temperature'],
  [{ provider: { zdr: true } }, 'own', 'provider.zdr'],
  [{ reasoning: { max_tokens: 9 } }, 'own', 'reasoning.max_tokens'],
  [{ reasoning: 'high' }, 'wrong', 'reasoning'],
  [{ tools: [{ type: 'openrouter:web_search' }] }, 'own', 'tools: openrouter:web_search'],
  [{ tools: [{ type: 'function', function: { name: 'f' } }] }, 'function', 'tools'],
  [{ logit_bias: { 1: 200 } }, 'wrong', 'logit_bias.1'],
  [{ top_logprobs: 'many' }, 'wrong', 'top_logprobs'],
])('refuses %j: %s %s', (further, why, name) => {
  expect(findFurtherProblem(further)).toEqual({ why, name });
});

it('takes what it does not know, since OpenRouter adds parameters without notice', () => {
  expect(findFurtherProblem({ brand_new: [1], service_tier: 'flex' })).toBeNull();
  expect(findFurtherProblem({})).toBeNull();
});

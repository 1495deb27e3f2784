import type { RunStep } from '@openrouter-native/protocol';
import { createFormat } from '../../format/format.ts';
import { createTranslator } from '../../i18n/i18n.ts';
import { en } from '../../i18n/locales/en/index.ts';
import { anAnswer } from '../../testing/messages.ts';
import { attemptReason, failedAttempts, priceDifference, receiptFacts } from './receipt-facts.ts';

const { t } = createTranslator('en', en).i18n;
const format = createFormat('en');
const facts = (fields: Parameters<typeof anAnswer>[0]) =>
  Object.fromEntries(
    receiptFacts(anAnswer(fields), t, format).map(({ name, value }) => [name, value]),
  );

function aStep(fields: Partial<RunStep> = {}): RunStep {
  return {
    step: 0,
    generation_id: 'gen-1',
    model: 'a/b-20260101',
    provider: 'Acme',
    finish_reason: 'stop',
    ending: 'complete',
    usage: null,
    trace: null,
    ...fields,
  };
}

it('tells tokens, the cost as charged, and how fast it was', () => {
  const usage = {
    prompt_tokens: 1234,
    completion_tokens: 560,
    cost: 0.000887,
    prompt_tokens_details: { cached_tokens: 1000 },
    completion_tokens_details: { reasoning_tokens: 60 },
  };
  const steps = [aStep()];

  expect(facts({ usage, steps, first_content_ms: 800, duration_ms: 6400 })).toEqual({
    Provider: 'Anthropic',
    'Tokens in': '1,234 (1,000 cached)',
    'Tokens out': '560 (60 reasoning)',
    Cost: '$0.000887',
    'First token after': '0.8 sec',
    'Whole answer in': '6.4 sec',
    Speed: '100 tokens per second',
    Generation: 'gen-1',
  });
});

it('says of nothing unknown that it is 0', () => {
  const values = Object.values(facts({ usage: null, provider: null, steps: [] }));

  expect(new Set(values)).toEqual(new Set(['unknown']));
});

it('shows a cost of nothing as what it is', () => {
  expect(facts({ usage: { cost: 0 } })['Cost']).toBe('$0.00');
});

it('adds what the provider charges to an own key', () => {
  const usage = { cost: 0.001, is_byok: true, cost_details: { upstream_inference_cost: 0.02 } };

  expect(facts({ usage })['Cost']).toMatch(/\$0\.001.*\$0\.02/);
});

it('claims no speed of an answer whose tools took their time', () => {
  const fields = { usage: { completion_tokens: 5 }, first_content_ms: 1, duration_ms: 900 };

  expect(facts({ ...fields, steps: [aStep(), aStep({ step: 1 })] })).not.toHaveProperty('Speed');
});

const trace = {
  requested: 'a/b',
  served: 'c/d',
  attempts: [
    {
      model: 'a/b',
      route: 'openrouter',
      provider: null,
      status: 429,
      reason: 'rate_limited_provider' as const,
      ms: 90,
    },
    { model: 'c/d', route: 'openrouter', provider: 'Acme', status: 200, reason: null, ms: 400 },
  ],
  cost_delta: { prompt: '1.5', completion: '-0.25' },
};

it('tells which attempts failed before, and why', () => {
  const [attempt, ...others] = failedAttempts([aStep({ trace })]);

  expect(others).toEqual([]);
  expect(attempt?.model).toBe('a/b');
  expect(attempt && attemptReason(attempt, t)).toMatch(/allows no more requests/);
});

it('tells the price of the model that answered instead', () => {
  expect(priceDifference([aStep({ trace })], t, format)).toMatch(/\+\$1\.50.*−\$0\.25/);
  expect(priceDifference([aStep()], t, format)).toBeNull();
});

import {
  budgetRange,
  defaultReasoning,
  readReasoning,
  reasoningChoices,
  writeReasoning,
  type ReasoningSettings,
} from './reasoning.ts';
import { aModel } from './testing.ts';

const withReasoning = (reasoning: Record<string, unknown> | null, id = 'openai/gpt-5') =>
  aModel({ id, supported_parameters: ['reasoning'], reasoning });

describe('the choices', () => {
  it('are the efforts that the model offers, and off where thinking is not mandatory', () => {
    const efforts = ['max', 'high', 'low'];

    expect(
      reasoningChoices(withReasoning({ mandatory: false, supported_efforts: efforts })),
    ).toEqual(['default', 'off', 'low', 'high', 'max']);
    expect(
      reasoningChoices(withReasoning({ mandatory: true, supported_efforts: efforts })),
    ).toEqual(['default', 'low', 'high', 'max']);
  });

  it('are on and off for a model without efforts', () => {
    expect(reasoningChoices(withReasoning({ mandatory: false }))).toEqual(['default', 'off', 'on']);
    expect(reasoningChoices(withReasoning({ mandatory: true }))).toEqual(['default']);
  });

  it.each([
    [{ mandatory: false }, 'anthropic/claude-haiku-4.5', true],
    [{ mandatory: false, supported_efforts: ['high'] }, 'anthropic/claude-opus-5', false],
    [{ mandatory: false, supports_max_tokens: true }, 'meituan/longcat-2.0', true],
    [{ mandatory: true }, 'deepseek/deepseek-r1', false],
  ])('%j of %s with a budget: %s', (reasoning, id, hasBudget) => {
    expect(reasoningChoices(withReasoning(reasoning, id)).includes('budget')).toBe(hasBudget);
  });

  it('are none for a model that does not reason, and all for one that is not known', () => {
    expect(reasoningChoices(aModel({ supported_parameters: ['temperature'] }))).toEqual([]);
    expect(reasoningChoices(undefined)).toEqual(
      expect.arrayContaining(['default', 'off', 'minimal', 'max']),
    );
  });
});

it.each([
  [{ mandatory: false, default_enabled: false, default_effort: 'high' }, 'off'],
  [{ mandatory: true, default_enabled: true, default_effort: 'medium' }, 'medium'],
  [{ mandatory: true }, 'on'],
  [{ mandatory: false }, null],
])('by itself a model with %j is %s', (reasoning, usual) => {
  expect(defaultReasoning(withReasoning(reasoning))).toBe(usual);
});

it('leaves room for the answer beside the thoughts', () => {
  const model = aModel({ top_provider: { max_completion_tokens: 8192 } });

  expect(budgetRange(model)).toEqual({ min: 1024, max: 8191, isWhole: true });
  expect(budgetRange(undefined).max).toBeNull();
});

describe('what is sent', () => {
  it.each<[Partial<ReasoningSettings>, Record<string, unknown> | undefined]>([
    [{ choice: 'default' }, undefined],
    [{ choice: 'off' }, { effort: 'none' }],
    [{ choice: 'on' }, { enabled: true }],
    [{ choice: 'high' }, { effort: 'high' }],
    [{ choice: 'budget', budgetTokens: 2000 }, { max_tokens: 2000 }],
    [{ choice: 'default', isHidden: true }, { exclude: true }],
  ])('for %j is %j, and reads the same', (change, reasoning) => {
    const settings = { choice: 'default', budgetTokens: null, isHidden: false, ...change } as const;

    const parameters = writeReasoning({ seed: 1 }, settings);

    expect(parameters).toEqual({ seed: 1, ...(reasoning && { reasoning }) });
    expect(readReasoning(parameters)).toEqual(settings);
  });

  it('never has an effort beside a budget', () => {
    const before = { reasoning: { effort: 'high', summary: 'auto' } };

    expect(
      writeReasoning(before, { choice: 'budget', budgetTokens: null, isHidden: false }),
    ).toEqual({ reasoning: { summary: 'auto', max_tokens: 4096 } });
  });

  it.each([
    [{ enabled: false }, 'off'],
    [{ effort: 'none', enabled: true }, 'off'],
    [{ effort: 'ultra' }, 'default'],
    ['high', 'default'],
  ])('of others, %j, reads as %s', (reasoning, choice) => {
    expect(readReasoning({ reasoning }).choice).toBe(choice);
  });
});

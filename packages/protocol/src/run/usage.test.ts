import { sumUsage } from './usage.ts';

describe('sumUsage', () => {
  it('adds numbers up, also those inside', () => {
    const sum = sumUsage([
      { prompt_tokens: 10, cost: 0.25, completion_tokens_details: { reasoning_tokens: 3 } },
      { prompt_tokens: 5, cost: 0.5, completion_tokens_details: { reasoning_tokens: 4 } },
    ]);

    expect(sum).toEqual({
      prompt_tokens: 15,
      cost: 0.75,
      completion_tokens_details: { reasoning_tokens: 7 },
    });
  });

  it('adds money up exactly', () => {
    expect(sumUsage([{ cost: 0.1 }, { cost: 0.2 }])).toEqual({ cost: 0.3 });
    expect(sumUsage([{ cost: 0.00000041 }, { cost: 0.1000001 }, { cost: 1e-9 }])).toEqual({
      cost: 0.100000511,
    });
  });

  it('does not take what is no number for one', () => {
    const endless = { prompt_tokens: Infinity };

    expect(sumUsage([endless, { prompt_tokens: 1 }])).toEqual({ prompt_tokens: null });
  });

  it('does not know what is unknown for one of them', () => {
    const sum = sumUsage([
      { prompt_tokens: 10, cost: 0.25, is_byok: false, cost_details: null },
      { prompt_tokens: 5, is_byok: true, cost_details: { upstream_inference_cost: 1 } },
    ]);

    expect(sum).toEqual({ prompt_tokens: 15, cost: null, is_byok: null, cost_details: null });
  });

  it('keeps what all agree on', () => {
    expect(sumUsage([{ is_byok: true }, { is_byok: true }])).toEqual({ is_byok: true });
  });

  it('knows nothing without calls, or with one that told nothing', () => {
    expect(sumUsage([])).toBeNull();
    expect(sumUsage([{ cost: 1 }, null])).toBeNull();
  });
});

import type { Trace } from '@openrouter-native/protocol';
import { stepCost } from './spent.ts';

const attempt = (rest: Partial<Trace['attempts'][number]> = {}) => ({
  model: 'a/b',
  route: 'openrouter',
  provider: null,
  status: 200,
  reason: null,
  ms: 1,
  ...rest,
});
const trace = (...attempts: Trace['attempts']): Trace => ({
  requested: 'a/b',
  served: null,
  attempts,
});
const refused = attempt({ status: 429, reason: 'rate_limited_provider' });
const lost = attempt({ status: null, reason: 'stream_cut', may_be_charged: true });
const CALL_USD = 10;
const MAX_USD = 30;
const costOf = (step: Partial<Parameters<typeof stepCost>[0]>) =>
  stepCost({ usage: null, trace: null, ...step }, { callUsd: CALL_USD, maxCostUsd: MAX_USD });

describe('what a step has cost at most', () => {
  it('is what was charged', () => {
    expect(costOf({ usage: { cost: 0.25 }, trace: trace(refused, attempt()) })).toBe(0.25);
    expect(costOf({ usage: { cost: 0 } })).toBe(0);
  });

  it('is the worst without usage, or without its cost', () => {
    const answered = { trace: trace(attempt()) };

    expect(costOf(answered)).toBe(CALL_USD);
    expect(costOf({ ...answered, usage: { prompt_tokens: 3 } })).toBe(CALL_USD);
    expect(costOf({ ...answered, usage: { cost: NaN } })).toBe(CALL_USD);
    expect(costOf({ ...answered, usage: { cost: -1 } })).toBe(CALL_USD);
  });

  it('is the worst of all calls where nothing tells which were made', () => {
    expect(costOf({})).toBe(MAX_USD);
    expect(costOf({ usage: { prompt_tokens: 3 } })).toBe(MAX_USD);
  });

  it('counts what the provider charges for a key of the user there', () => {
    const own = { cost: 0.01, is_byok: true };

    expect(costOf({ usage: { ...own, cost_details: { upstream_inference_cost: 0.5 } } })).toBe(
      0.51,
    );
    expect(costOf({ usage: own })).toBe(MAX_USD);
  });

  it('is nothing when every call was refused, or none was made', () => {
    expect(costOf({ trace: trace(refused, refused) })).toBe(0);
    expect(costOf({ trace: trace() })).toBe(0);
  });

  it('counts each lost answer at its worst', () => {
    expect(costOf({ trace: trace(lost, refused, lost) })).toBe(2 * CALL_USD);
    expect(costOf({ usage: { cost: 1 }, trace: trace(lost, attempt()) })).toBe(CALL_USD + 1);
    expect(costOf({ trace: trace(lost, attempt()) })).toBe(2 * CALL_USD);
  });

  it('does not multiply nothing with a price that has no bound', () => {
    const noBound = { callUsd: Infinity, maxCostUsd: Infinity };

    expect(stepCost({ usage: { cost: 1 }, trace: trace(attempt()) }, noBound)).toBe(1);
  });
});

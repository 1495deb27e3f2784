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
const costOf = (step: Partial<Parameters<typeof stepCost>[0]>) =>
  stepCost({ usage: null, trace: null, ending: 'complete', ...step }, CALL_USD);

describe('what a step has cost at most', () => {
  it('is what was charged', () => {
    expect(costOf({ usage: { cost: 0.25 }, trace: trace(refused, attempt()) })).toBe(0.25);
    expect(costOf({ usage: { cost: 0 } })).toBe(0);
  });

  it('is the worst without usage, or without its cost', () => {
    expect(costOf({})).toBe(CALL_USD);
    expect(costOf({ usage: { prompt_tokens: 3 } })).toBe(CALL_USD);
    expect(costOf({ usage: { cost: NaN } })).toBe(CALL_USD);
    expect(costOf({ ending: 'cut', trace: trace(attempt()) })).toBe(CALL_USD);
    expect(costOf({ ending: 'stopped' })).toBe(CALL_USD);
    expect(costOf({ ending: null })).toBe(CALL_USD);
  });

  it('counts what the provider charges for a key of the user there', () => {
    const own = { cost: 0.01, is_byok: true };

    expect(costOf({ usage: { ...own, cost_details: { upstream_inference_cost: 0.5 } } })).toBe(
      0.51,
    );
    expect(costOf({ usage: own })).toBe(CALL_USD);
  });

  it('is nothing when every call was refused', () => {
    expect(costOf({ ending: 'failed', trace: trace(refused, refused) })).toBe(0);
    expect(costOf({ ending: 'failed', trace: trace() })).toBe(0);
    expect(costOf({ ending: 'failed' })).toBe(CALL_USD);
  });

  it('counts each lost answer at its worst', () => {
    expect(costOf({ ending: 'failed', trace: trace(lost, refused, lost) })).toBe(2 * CALL_USD);
    expect(costOf({ usage: { cost: 1 }, trace: trace(lost, attempt()) })).toBe(CALL_USD + 1);
    expect(costOf({ ending: 'cut', trace: trace(lost) })).toBe(2 * CALL_USD);
  });

  it('does not multiply nothing with a price that has no bound', () => {
    expect(stepCost({ usage: { cost: 1 }, trace: null, ending: 'complete' }, Infinity)).toBe(1);
  });
});

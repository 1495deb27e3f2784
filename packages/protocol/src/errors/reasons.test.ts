import { isErrorReason, reasonFacts, type ReasonFacts } from './reasons.ts';
import { errorTypeOf } from './types.ts';

const table = Object.entries<ReasonFacts>(reasonFacts);

describe('reasonFacts', () => {
  it.each(table)('tells for %s what the reader can do', (_reason, { action }) => {
    expect(action).toMatch(/^[A-Z].{4,}\.$/);
  });

  it.each(table)('gives %s the type that belongs to its status', (_reason, { status, type }) => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(type).toBe(errorTypeOf(status));
  });

  it('retries nothing that the same request would meet again', () => {
    const retried = table.filter(([, { retryable }]) => retryable).map(([, { status }]) => status);

    // 402 is the budget of running requests, which comes back as they end.
    expect(new Set(retried)).toEqual(new Set([402, 429, 502, 503, 504]));
  });

  it('names every failure of the contract', () => {
    const contract =
      'key_missing key_malformed key_invalid key_disabled key_limit_exceeded management_key_required account_restricted insufficient_credits can_only_afford in_flight_budget negative_balance guardrail_blocked moderation_blocked region_blocked model_not_allowed invalid_model_id model_unavailable no_endpoints data_policy no_tool_endpoint parameter_not_supported context_length_exceeded payload_too_large rate_limited_platform rate_limited_provider free_tier_limit provider_error provider_overloaded upstream_unreachable upstream_timeout stream_cut stream_stalled malformed_response';

    expect(contract.split(' ').filter((reason) => !isErrorReason(reason))).toEqual([]);
  });
});

describe('errorTypeOf', () => {
  it.each([
    [400, 'invalid_request_error'],
    [408, 'timeout_error'],
    [409, 'invalid_request_error'],
    [422, 'invalid_request_error'],
    [500, 'internal_error'],
    [501, 'provider_error'],
    [504, 'timeout_error'],
    [524, 'provider_error'],
  ])('classes %d as %s', (status, type) => {
    expect(errorTypeOf(status)).toBe(type);
  });
});

describe('isErrorReason', () => {
  it.each([['constructor'], ['toString'], ['__proto__'], ['KEY_INVALID'], [''], [null], [7]])(
    'does not take %j for a reason',
    (value) => {
      expect(isErrorReason(value)).toBe(false);
    },
  );
});

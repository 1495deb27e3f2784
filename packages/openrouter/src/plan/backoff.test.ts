import fc from 'fast-check';
import { createBackoff, defaultRetry } from './backoff.ts';

const options = { retries: 3, maxTotalWaitMs: 8_000, baseMs: 500 };

it('doubles, with full jitter', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
      const backoff = createBackoff(options, () => random);
      const waits = [1, 2, 3].map(() => backoff.next(undefined, Infinity));

      expect(waits).toEqual([random * 500, random * 1_000, random * 2_000]);
    }),
  );
});

it('never waits longer in total than it may, and never more often', () => {
  const anOption = fc.record({
    retries: fc.nat(20),
    maxTotalWaitMs: fc.nat(20_000),
    baseMs: fc.nat(2_000),
  });
  const aWait = fc.record({
    retryAfterMs: fc.option(fc.nat(10_000), { nil: undefined }),
    patienceMs: fc.oneof(fc.constant(Infinity), fc.nat(5_000)),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });
  fc.assert(
    fc.property(anOption, fc.array(aWait, { maxLength: 40 }), (limits, wanted) => {
      let random = 0;
      const backoff = createBackoff(limits, () => random);
      const waits = wanted.map((want) => {
        ({ random } = want);
        const waitMs = backoff.next(want.retryAfterMs, want.patienceMs);
        if (waitMs !== null) expect(waitMs).toBeLessThanOrEqual(want.patienceMs);
        if (waitMs !== null && want.retryAfterMs !== undefined) {
          expect(waitMs).toBe(want.retryAfterMs);
        }
        return waitMs;
      });
      const waited = waits.filter((ms) => ms !== null);

      expect(waited.length).toBeLessThanOrEqual(limits.retries);
      expect(waited.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(limits.maxTotalWaitMs);
    }),
  );
});

it('gives up where upstream asks for more than there is', () => {
  const backoff = createBackoff(defaultRetry, () => 0);

  expect(backoff.next(8_001, Infinity)).toBeNull();
  expect(backoff.next(8_000, Infinity)).toBe(8_000);
  expect(backoff.next(1, Infinity)).toBeNull();
});

it('does not count a wait that was not worth it', () => {
  const backoff = createBackoff({ ...options, retries: 1 }, () => 0);

  expect(backoff.next(5_000, 2_000)).toBeNull();
  expect(backoff.next(8_000, Infinity)).toBe(8_000);
});

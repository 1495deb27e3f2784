import { failed, NETWORK, ok, skipped, warning, type Check } from '../check.ts';

const NOTICEABLE_MS = 30_000; // More than a slow answer and the second's resolution explain.
const HARMFUL_MS = 300_000; // Sign-ins live for a quarter of an hour.

/** Does this machine agree with OpenRouter on what time it is? */
export const checkClock: Check = {
  id: 'clock',
  title: 'Clock of this machine',
  needs: NETWORK,
  run({ upstream }) {
    const reading = upstream.clock();
    if (!reading) return skipped('No answer told the time.');
    const aheadMs = reading.ours - reading.theirs;
    const seconds = Math.round(Math.abs(aheadMs) / 1000);
    if (Math.abs(aheadMs) < NOTICEABLE_MS) return ok('It agrees with the clock of OpenRouter.');
    const evidence = `It is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the clock of OpenRouter.`;
    return (Math.abs(aheadMs) < HARMFUL_MS ? warning : failed)('clock_skew', evidence);
  },
};

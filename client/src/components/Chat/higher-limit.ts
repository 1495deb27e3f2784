import type { RunLimit } from '@openrouter-native/protocol';

/** As the server takes them. */
const MOST_STEPS = 100;
const MOST_USD = 1_000_000;

/** A limit that is likely to do: twice the old one, and enough for what comes next. */
export function higherLimit({ kind, limit, used, needed }: RunLimit): number {
  if (kind !== 'spending_limit') return Math.min(MOST_STEPS, Math.max(limit * 2, used + 1));
  return roundedUp(Math.max(limit * 2, used * 2, used + (needed ?? 0)));
}

/** To two digits. */
function roundedUp(usd: number): number {
  const digit = 10 ** (Math.floor(Math.log10(usd)) - 1);
  return Number((Math.ceil(usd / digit) * digit).toPrecision(2));
}

/** Whether an answer could go on with this limit. */
export function isEnough({ kind, used }: RunLimit, value: number): boolean {
  if (!Number.isFinite(value) || value <= used) return false;
  if (kind === 'spending_limit') return value <= MOST_USD;
  return Number.isInteger(value) && value <= MOST_STEPS;
}

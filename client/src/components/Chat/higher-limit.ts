import type { RunLimit } from '@openrouter-native/protocol';

/** As the server takes them. */
const MOST_STEPS = 100;
const MOST_USD = 1_000_000;

/** A limit that is likely to do: twice the old one, and more than what was used. */
export function higherLimit({ kind, limit, used }: RunLimit): number {
  if (kind !== 'spending_limit') return Math.min(MOST_STEPS, Math.max(limit * 2, used + 1));
  return Number((Math.max(limit, used) * 2).toPrecision(2));
}

/** Whether an answer could go on with this limit. */
export function isEnough({ kind, used }: RunLimit, value: number): boolean {
  if (!Number.isFinite(value) || value <= used) return false;
  if (kind === 'spending_limit') return value <= MOST_USD;
  return Number.isInteger(value) && value <= MOST_STEPS;
}

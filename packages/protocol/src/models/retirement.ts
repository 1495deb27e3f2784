import type { Model } from '../upstream/model.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Who chooses a model wants to keep it for a while. */
const SOON_MS = 30 * DAY_MS;

/** Whether the announced day of removal is over. */
export function isRetired(model: Model, at: Date): boolean {
  const end = removalOf(model);
  return end !== null && at.getTime() >= end;
}

/** Whether a model is gone, or will be within a month. */
export function isLeaving(model: Model, at: Date): boolean {
  const end = removalOf(model);
  return end !== null && at.getTime() >= end - SOON_MS;
}

/** Epoch milliseconds of the end of the announced day, UTC; `null` when nothing is announced. */
function removalOf({ expiration_date: day }: Model): number | null {
  if (day == null) return null;
  const start = Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(start) ? null : start + DAY_MS;
}

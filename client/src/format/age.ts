const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const time = new Intl.DateTimeFormat('en', { timeStyle: 'short' });
const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** `just now`, `12 minutes ago`, `3 hours ago`. */
export function formatAge(ageMs: number): string {
  if (ageMs < MINUTE_MS) return 'just now';
  if (ageMs < HOUR_MS) return relative.format(-Math.round(ageMs / MINUTE_MS), 'minute');
  return relative.format(-Math.round(ageMs / HOUR_MS), 'hour');
}

/** `2:05 PM`, in the reader's time zone; epoch milliseconds or ISO 8601. */
export function formatTime(at: string | number): string {
  return time.format(new Date(at));
}

/** `Oct 1, 2026, 2:05 PM`, in the reader's time zone. */
export function formatDate(iso: string): string {
  return date.format(new Date(iso));
}

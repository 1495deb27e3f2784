/** The calendar month of a moment, UTC: `YYYY-MM`. @param at - Epoch milliseconds. */
export function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 'YYYY-MM'.length);
}

/** When the month after that of a moment begins, epoch milliseconds. @param at - Epoch milliseconds. */
export function nextMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

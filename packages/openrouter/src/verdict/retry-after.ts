/**
 * Reads how long the upstream asks us to wait before trying again, in either form of RFC 9110:
 * seconds, or an HTTP date.
 *
 * @param header - Raw `Retry-After` value; empty when the header is absent.
 * @param now - Epoch milliseconds.
 * @returns Milliseconds, never negative; `undefined` when absent or unreadable.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function parseRetryAfter(header: string, now: number): number | undefined {
  const value = header.trim();
  if (/^\d{1,9}(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  if (!/^[a-z]{3}/i.test(value)) return undefined; // Date.parse takes "-1" for a year.
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/**
 * Reads how long the upstream asks us to wait before trying again, in either form of RFC 9110:
 * whole seconds, or an HTTP date.
 *
 * @param header - Raw `Retry-After` value; `undefined` when the header is absent.
 * @param now - Epoch milliseconds.
 * @returns Milliseconds, never negative; `undefined` when absent or unreadable.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

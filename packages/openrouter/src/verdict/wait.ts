import { asRecord, asText, type Clues } from './clues.ts';
import { parseRetryAfter } from './retry-after.ts';

/**
 * How long upstream asks us to wait: by the header of the answer, or by one of the places in the
 * error object where it is told too.
 *
 * @param headers - Of the answer, names in lower case.
 * @param now - Epoch milliseconds.
 * @returns Milliseconds; `undefined` when nothing is said.
 */
export function waitOf(
  { availability, metadata }: Pick<Clues, 'availability' | 'metadata'>,
  headers: Readonly<Record<string, unknown>>,
  now: number,
): number | undefined {
  const limits = asRecord(metadata['headers']);
  return (
    parseRetryAfter(asText(headers['retry-after']), now) ??
    fromSeconds(availability['retry_after']) ??
    fromSeconds(metadata['retry_after']) ??
    parseRetryAfter(asText(limits['Retry-After']), now) ??
    untilReset(limits['X-RateLimit-Reset'], now) ??
    untilReset(headers['x-ratelimit-reset'], now)
  );
}

const MAX_SECONDS = 1e9; // Thirty years; whoever says more says nothing.

function fromSeconds(seconds: unknown): number | undefined {
  const isWait = typeof seconds === 'number' && seconds >= 0 && seconds < MAX_SECONDS;
  return isWait ? Math.ceil(seconds * 1000) : undefined;
}

/** `X-RateLimit-Reset` is a point in time, in epoch milliseconds. */
function untilReset(reset: unknown, now: number): number | undefined {
  const at = typeof reset === 'string' ? Number.parseInt(reset, 10) : reset;
  return typeof at === 'number' && at > 0 ? fromSeconds(Math.max(0, at - now) / 1000) : undefined;
}

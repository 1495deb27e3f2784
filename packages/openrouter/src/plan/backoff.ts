/** How often and how long a failed call is tried again. */
export interface RetryOptions {
  /** Retries of the same call, on top of the first. @defaultValue 2 */
  retries: number;
  /** Milliseconds that all waits of one request may take together. @defaultValue 8_000 */
  maxTotalWaitMs: number;
  /** Milliseconds of the first wait without advice from upstream, before jitter. @defaultValue 500 */
  baseMs: number;
}

export const defaultRetry: RetryOptions = { retries: 2, maxTotalWaitMs: 8_000, baseMs: 500 };

/** The waits of one request. */
export interface Backoff {
  /**
   * @param retryAfterMs - What upstream asked for; `undefined` chooses by itself.
   * @param patienceMs - The longest single wait that is worth it.
   * @returns Milliseconds to wait before the next retry, which is then counted; `null` when there is
   *   none left, or the wait would exceed `patienceMs` or what all of them may take.
   */
  next(retryAfterMs: number | undefined, patienceMs: number): number | null;
}

/**
 * Honours `Retry-After`; otherwise doubles from `baseMs` with full jitter.
 *
 * @param random - In [0, 1).
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function createBackoff(options: RetryOptions, random: () => number): Backoff {
  let retries = 0;
  let waitedMs = 0;
  return {
    next(retryAfterMs, patienceMs) {
      if (retries >= options.retries) return null;
      const waitMs = retryAfterMs ?? random() * options.baseMs * 2 ** retries;
      if (waitMs > patienceMs || waitedMs + waitMs > options.maxTotalWaitMs) return null;
      retries += 1;
      waitedMs += waitMs;
      return waitMs;
    },
  };
}

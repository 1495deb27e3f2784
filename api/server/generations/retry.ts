/** How long, and how it is told. */
export interface RetryOptions {
  /** Milliseconds from the first try to the last. */
  withinMs: number;
  /** Each failure but the last. */
  onFailure: (error: unknown) => void;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Quick at first, when a connection was merely stale; then at the pace at which a database restarts. */
const PAUSES_MS = [100, 300, 1000, 2000] as const;

/** Does something again until it succeeds. @throws what it threw last. */
export async function retry<T>(
  task: () => Promise<T>,
  { withinMs, onFailure, now }: RetryOptions,
): Promise<T> {
  const giveUpAt = now() + withinMs;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await task();
    } catch (error) {
      const pauseMs = PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)] ?? 0;
      if (now() + pauseMs > giveUpAt) throw error;
      onFailure(error);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

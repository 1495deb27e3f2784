/** Waits before the connection to an answer is made again. Resolves early when `signal` aborts. */
export type WaitToReconnect = (failures: number, signal: AbortSignal) => Promise<void>;

const FIRST_MS = 300;
const LONGEST_MS = 10_000; // A reader who comes back to the page should not look at it for longer.

/** Longer after each failure, and no longer than it takes until the browser is online again. */
export const waitToReconnect: WaitToReconnect = (failures, signal) =>
  new Promise((resolve) => {
    const ms = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
    const timer = setTimeout(go, ms);
    function go(): void {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', go);
      signal.removeEventListener('abort', go);
      resolve();
    }
    globalThis.addEventListener?.('online', go);
    signal.addEventListener('abort', go);
  });

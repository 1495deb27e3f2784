import type { Readable } from 'node:stream';

/** How long a streamed answer may take, in milliseconds. */
export interface StreamLimits {
  /** From the headers to the first content, whatever comments come. @defaultValue 300_000 */
  firstContentMs: number;
  /** From the headers to the end. @defaultValue 1_800_000 */
  totalMs: number;
}

export const defaultStreamLimits: StreamLimits = { firstContentMs: 300_000, totalMs: 1_800_000 };

/** What destroys a body that took too long. */
export class WatchdogError extends Error {
  override readonly name = 'WatchdogError';
}

/** Ends a body whose answer does not come, or does not end, in time. Silence is the transport's part. */
export interface Watchdog {
  /** The first content has come. */
  content(): void;
  /** The answer has ended. */
  stop(): void;
}

export function createWatchdog(body: Readable, limits: StreamLimits): Watchdog {
  const watch = (ms: number, message: string) =>
    setTimeout(() => body.destroy(new WatchdogError(message)), ms).unref();
  const first = watch(
    limits.firstContentMs,
    `The model sent no word within ${limits.firstContentMs / 1000} s.`,
  );
  const total = watch(limits.totalMs, `The answer did not end within ${limits.totalMs / 1000} s.`);
  return {
    content: () => clearTimeout(first),
    stop() {
      clearTimeout(first);
      clearTimeout(total);
    },
  };
}

/** Long enough for a slow mobile network, short enough to wait for at a terminal. */
const PROBE_MS = 8_000;

/** Aborted with the given signal, or when a probe took too long. */
export function withDeadline(signal: AbortSignal, ms = PROBE_MS): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(ms)]);
}

/** How a system error is named: `ENOTFOUND`, `ECONNREFUSED`, `CERT_HAS_EXPIRED`, …. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && ['TimeoutError', 'AbortError'].includes(error.name)) {
    return 'no answer in time';
  }
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown failure';
}

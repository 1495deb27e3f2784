import { isOpenRouterError, type OpenRouterError } from '@openrouter-native/openrouter';
import type { ErrorReason } from '@openrouter-native/protocol';

/** What the calls so far say about upstream; read by health, which never asks by itself. */
export interface UpstreamStatus {
  /** Passes the outcome of a call through, and remembers it. */
  watch<T>(call: Promise<T>): Promise<T>;
  /**
   * The same for a call with one user's key, whose own trouble is nobody else's business: only an
   * outage is remembered as a failure, and any other answer shows that upstream is there.
   */
  watchOutages<T>(call: Promise<T>): Promise<T>;
  /** `null` until the first call has ended. */
  reachable(): boolean | null;
  lastErrorReason(): ErrorReason | null;
  /** Epoch milliseconds. */
  lastOkAt(): number | null;
}

/** Failures in which no answer of OpenRouter's own arrived. */
const UNREACHABLE = new Set<ErrorReason>([
  'upstream_unreachable',
  'upstream_timeout',
  'malformed_response',
]);

export function createUpstreamStatus(now: () => number): UpstreamStatus {
  let reachable: boolean | null = null;
  let lastErrorReason: ErrorReason | null = null;
  let lastOkAt: number | null = null;

  async function remember<T>(
    call: Promise<T>,
    isTold: (error: OpenRouterError) => boolean,
  ): Promise<T> {
    try {
      const value = await call;
      reachable = true;
      lastErrorReason = null;
      lastOkAt = now();
      return value;
    } catch (error) {
      if (isOpenRouterError(error)) {
        reachable = !UNREACHABLE.has(error.reason);
        if (isTold(error)) lastErrorReason = error.reason;
      }
      throw error;
    }
  }

  return {
    watch: (call) => remember(call, () => true),
    watchOutages: (call) => remember(call, isOutage),
    reachable: () => reachable,
    lastErrorReason: () => lastErrorReason,
    lastOkAt: () => lastOkAt,
  };
}

/** Failures that say nothing about the request or the key, so that an older answer may stand in. */
export function isOutage(error: unknown): boolean {
  return isOpenRouterError(error) && OUTAGES.has(error.reason);
}

const OUTAGES = new Set<ErrorReason>([
  ...UNREACHABLE,
  'provider_error',
  'provider_overloaded',
  'rate_limited_platform',
]);

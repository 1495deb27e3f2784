import type { StreamLimits } from '../chat/watchdog.ts';
import type { AppIdentity } from '../headers.ts';
import type { Timeouts } from '../transport/transport.ts';
import type { RetryOptions } from './backoff.ts';
import type { CircuitOptions } from './circuits.ts';
import type { FallbackPresets } from './fallbacks.ts';
import type { DirectProvider } from './route.ts';

/** How chat requests are planned. */
export interface PlanOptions extends AppIdentity {
  /** More keys for chat, tried in this order when one before them fails for a reason of its own. */
  moreKeys?: readonly string[] | undefined;
  /** Tried for chat after every key of OpenRouter. */
  directProviders?: readonly DirectProvider[] | undefined;
  /** How failed chat calls are tried again. */
  retry?: Partial<RetryOptions> | undefined;
  /** Models to fall back to, by the name that a request gives in `fallbacks`. */
  fallbacks?: FallbackPresets | undefined;
  /** When a route and model that keep failing are passed over. */
  circuit?: Partial<CircuitOptions> | undefined;
  /** Milliseconds for each stage; see {@link Timeouts} and {@link StreamLimits}. */
  timeouts?: Partial<Timeouts & StreamLimits> | undefined;
  /** URL of an HTTP proxy. */
  proxy?: string | undefined;
  /** In [0, 1), for the jitter of waits. @defaultValue `Math.random` */
  random?: (() => number) | undefined;
}

import { setTimeout as sleep } from 'node:timers/promises';
import {
  reasonFacts,
  type ChatRequest,
  type Trace,
  type TracedAttempt,
} from '@openrouter-native/protocol';
import { isOpenRouterError, OpenRouterError } from '../errors.ts';
import { requestOf, type Attempt } from './attempts.ts';
import { createBackoff, type RetryOptions } from './backoff.ts';
import type { Bench } from './bench.ts';
import { PASSED_OVER, type Circuits } from './circuits.ts';
import { refit } from './refit.ts';

/** An answer that has begun, or is whole, and who gave it. */
export interface Performed<T> {
  value: T;
  model: string | null;
  provider: string | null;
}

export interface RunOptions<T> {
  attempts: readonly Attempt[];
  request: ChatRequest;
  /** Makes one call. Resolves at the first content, from which on nothing can be replaced. */
  perform: (attempt: Attempt, request: ChatRequest) => Promise<Performed<T>>;
  retry: RetryOptions;
  circuits: Circuits;
  bench: Bench;
  signal: AbortSignal | undefined;
  /** In [0, 1). */
  random: () => number;
  /** Milliseconds on any clock that does not go back. */
  now: () => number;
}

export interface Run<T> {
  value: T;
  attempts: TracedAttempt[];
  refit: Trace['refit'];
}

/** Waiting this long for the asked-for model beats another one. */
const PATIENCE_MS = 2_000;
/** A call that took this long to fail is not made again: its reader has waited enough. */
const SLOW_FAILURE_MS = 15_000;

/**
 * Makes the calls of a plan until one answers. The verdict on each failure decides what comes next:
 * the same call once more after a wait, a smaller request, another route, another model, or the end.
 *
 * @throws OpenRouterError the last failure, with the attempts in its metadata; the signal's reason when
 *   it aborts, also while waiting.
 */
export async function runPlan<T>(options: RunOptions<T>): Promise<Run<T>> {
  const { attempts, perform, circuits, bench, signal, now } = options;
  const backoff = createBackoff(options.retry, options.random);
  const traced: TracedAttempt[] = [];
  let { request } = options;
  let refitted: Trace['refit'];
  let failure: OpenRouterError | null = null;

  let index = 0;
  while (index < attempts.length) {
    const attempt = attempts[index] as Attempt;
    const start = now();
    const trace = (rest: Pick<TracedAttempt, 'model' | 'provider' | 'status' | 'reason'>) =>
      traced.push({ ...rest, route: attempt.route.id, ms: Math.round(now() - start) });
    const model = attempt.models[0] ?? null;
    try {
      const answer = await circuits.run(attempt.route.id, model ?? '', () =>
        perform(attempt, requestOf(attempt, request)),
      );
      if (answer === PASSED_OVER) {
        trace({ model, provider: null, status: null, reason: 'circuit_open' });
        index += 1;
        continue;
      }
      trace({ model: answer.model ?? model, provider: answer.provider, status: 200, reason: null });
      return { value: answer.value, attempts: traced, refit: refitted };
    } catch (error) {
      if (signal?.aborted || !isOpenRouterError(error)) throw error;
      failure = error;
      bench.consider(attempt.route, error.reason);
      trace({
        model,
        provider: providerOf(error),
        status: error.toBody().error.code,
        reason: error.reason,
      });
    }

    const smaller = refitted === undefined ? refit(request, failure) : null;
    if (smaller) {
      ({ request, refit: refitted } = smaller);
      continue;
    }
    const alternative = nextAttempt(attempts, index, failure);
    const mayRepeat = isRetryable(failure) && now() - start < SLOW_FAILURE_MS;
    const waitMs = mayRepeat ? backoff.next(failure.details.retryAfterMs) : null;
    if (waitMs !== null && (alternative === null || waitMs <= PATIENCE_MS)) {
      await sleep(waitMs, undefined, signal && { signal });
      continue;
    }
    if (alternative === null) break;
    index = alternative;
  }
  throw withAttempts(failure ?? everyCircuitOpen(), traced);
}

function isRetryable({ reason, details }: OpenRouterError): boolean {
  return details.retryable ?? reasonFacts[reason].retryable;
}

/** The next attempt that this failure leaves a chance: another route, or other models. */
function nextAttempt(
  attempts: readonly Attempt[],
  index: number,
  { reason }: OpenRouterError,
): number | null {
  const failed = attempts[index];
  const { anotherModelMayWork, anotherRouteMayWork } = reasonFacts[reason];
  const next = attempts.findIndex(
    ({ route, models }, at) =>
      at > index &&
      ((anotherRouteMayWork && route !== failed?.route) ||
        (anotherModelMayWork && models[0] !== failed?.models[0])),
  );
  return next < 0 ? null : next;
}

function providerOf(error: OpenRouterError): string | null {
  const provider = error.details.metadata?.['provider_name'];
  return typeof provider === 'string' ? provider : null;
}

function everyCircuitOpen(): OpenRouterError {
  return new OpenRouterError(
    'provider_overloaded',
    'This model has failed several times in a row and is given a pause.',
  );
}

function withAttempts(error: OpenRouterError, attempts: readonly TracedAttempt[]): OpenRouterError {
  return new OpenRouterError(
    error.reason,
    withWait(error.message, error.details.retryAfterMs),
    { ...error.details, metadata: { ...error.details.metadata, attempts } },
    { cause: error },
  );
}

function withWait(message: string, retryAfterMs: number | undefined): string {
  if (retryAfterMs === undefined) return message;
  return `${message.replace(/[^.!?]$/, '$&.')} Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
}

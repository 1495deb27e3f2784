import { setTimeout as sleep } from 'node:timers/promises';
import {
  reasonFacts,
  type ChatRequest,
  type ErrorReason,
  type Trace,
  type TracedAttempt,
} from '@openrouter-native/protocol';
import { isOpenRouterError, OpenRouterError } from '../errors.ts';
import { requestOf, type Attempt } from './attempts.ts';
import { createBackoff, type RetryOptions } from './backoff.ts';
import { isKeyProblem, type Bench } from './bench.ts';
import { mayBeCharged } from './charged.ts';
import { PASSED_OVER, type Circuits } from './circuits.ts';
import { refit, type Refitted } from './refit.ts';
import type { Route } from './route.ts';

/** An answer that has begun, or is whole, and who gave it. */
export interface Performed<T> {
  value: T;
  model: string | null;
  provider: string | null;
}

export interface RunOptions<T> {
  /** At least one. */
  attempts: readonly Attempt[];
  request: ChatRequest;
  /** Makes one call. Resolves at the first content, from which on nothing can be replaced. */
  perform: (attempt: Attempt, request: ChatRequest) => Promise<Performed<T>>;
  retry: RetryOptions;
  circuits: Circuits;
  bench: Bench;
  signal: AbortSignal | undefined;
  /** Calls that cost money or may do, the answer among them, at most. @defaultValue no limit */
  maxChargedCalls?: number | undefined;
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

type Outcome = Pick<TracedAttempt, 'model' | 'provider' | 'status' | 'reason' | 'may_be_charged'>;

/** Waiting this long for the asked-for model beats another one. */
const PATIENCE_MS = 2_000;
/** A call that took this long to fail is not made again: its reader has waited enough. */
const SLOW_FAILURE_MS = 15_000;

/**
 * Makes the calls of a plan until one answers. The verdict on each failure decides what comes next:
 * the same call once more after a wait, a smaller request, another route, another model, or the end.
 * With `maxChargedCalls` the end comes before one more call could cost more than that many answers.
 *
 * @throws OpenRouterError the first failure that no other key would have spared, with the attempts in
 *   its metadata; the signal's reason when it aborts, also while waiting.
 */
export async function runPlan<T>(options: RunOptions<T>): Promise<Run<T>> {
  const { attempts, perform, circuits, bench, signal, now, maxChargedCalls = Infinity } = options;
  const backoff = createBackoff(options.retry, options.random);
  const traced: TracedAttempt[] = [];
  /** The latest of each attempt. */
  const failures = new Map<Attempt, OpenRouterError>();
  /** What the balance of one route allows for; another key has one of its own. */
  let fitted = null as (Refitted & { route: Route }) | null;
  let chargedCalls = 0;

  let next: number | null = 0;
  while (next !== null) {
    const index: number = next;
    const attempt = attempts[index] as Attempt;
    const { route } = attempt;
    const start = now();
    const trace = (rest: Outcome) =>
      traced.push({ ...rest, route: route.id, ms: Math.round(now() - start) });
    const model = attempt.models[0] ?? null;
    const smaller: Refitted | null = fitted?.route === route ? fitted : null;
    const request = smaller?.request ?? options.request;
    let failure: OpenRouterError;
    try {
      const answer = await circuits.run(route.id, model ?? '', () =>
        perform(attempt, requestOf(attempt, request)),
      );
      if (answer !== PASSED_OVER) {
        bench.trust(route);
        const { value, provider } = answer;
        trace({ model: answer.model ?? model, provider, status: 200, reason: null });
        return { value, attempts: traced, refit: smaller?.refit };
      }
      trace({ model, provider: null, status: null, reason: 'circuit_open' });
      failure = failures.get(attempt) ?? paused(circuits.waitMs(route.id, model ?? ''));
      failures.set(attempt, failure);
      next = nextAttempt(attempts, index, [...failures.values()], null);
      continue;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (!isOpenRouterError(error)) throw error;
      failure = error;
      failures.set(attempt, failure);
      bench.consider(route, failure.reason);
      const { code: status, reason } = failure.toBody().error;
      const provider = providerOf(failure);
      const isCharged = mayBeCharged(failure);
      trace({ model, provider, status, reason, ...(isCharged && { may_be_charged: true }) });
      if (isCharged) chargedCalls += 1;
      if (chargedCalls >= maxChargedCalls) break;
    }

    const affordable: Refitted | null = smaller ? null : refit(request, failure);
    if (affordable) {
      fitted = { route, ...affordable };
      continue;
    }
    const alternative = nextAttempt(attempts, index, [...failures.values()], failure.reason);
    const mayRetry = failure.retryable && now() - start < SLOW_FAILURE_MS;
    const patienceMs = alternative === null ? Infinity : PATIENCE_MS;
    const waitMs = mayRetry ? backoff.next(failure.details.retryAfterMs, patienceMs) : null;
    if (waitMs !== null) {
      await pause(waitMs, signal);
      continue;
    }
    next = alternative;
  }
  throw withAttempts(mostTelling([...failures.values()]), traced);
}

/** @throws the signal's reason when it aborts. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, signal && { signal });
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
}

/** What the owner of the account has forbidden is not done behind OpenRouter's back. */
const POLICIES = new Set<ErrorReason>(['guardrail_blocked', 'data_policy']);

/**
 * The next attempt that the failures leave a chance: another route, or other models.
 *
 * @param reason - Why the attempt at `index` failed; `null` when it was passed over.
 */
function nextAttempt(
  attempts: readonly Attempt[],
  index: number,
  failures: readonly OpenRouterError[],
  reason: ErrorReason | null,
): number | null {
  const failed = attempts[index] as Attempt;
  const isForbidden = failures.some((failure) => POLICIES.has(failure.reason));
  const next = attempts.findIndex(
    (attempt, at) =>
      at > index &&
      !(isForbidden && attempt.route.kind === 'direct') &&
      (reason === null || mayAnswer(attempt, failed, reason)),
  );
  return next < 0 ? null : next;
}

function mayAnswer(attempt: Attempt, failed: Attempt, reason: ErrorReason): boolean {
  // What a direct provider refuses says nothing about the others.
  if (failed.route.kind === 'direct') return true;
  const { anotherModelMayWork, anotherRouteMayWork } = reasonFacts[reason];
  if (anotherRouteMayWork && attempt.route !== failed.route) return true;
  // What OpenRouter does not offer, or not so, a direct provider may.
  const isElsewhere = attempt.route.kind === 'direct' || attempt.models[0] !== failed.models[0];
  return anotherModelMayWork && isElsewhere;
}

/** What was asked for comes first; a key's own trouble tells nothing about the request. */
function mostTelling(failures: readonly OpenRouterError[]): OpenRouterError {
  return failures.find(({ reason }) => !isKeyProblem(reason)) ?? (failures[0] as OpenRouterError);
}

function paused(retryAfterMs: number): OpenRouterError {
  return new OpenRouterError(
    'provider_overloaded',
    'This model has failed several times in a row and is given a pause.',
    { retryAfterMs },
  );
}

function providerOf(error: OpenRouterError): string | null {
  const provider = error.details.metadata?.['provider_name'];
  return typeof provider === 'string' ? provider : null;
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

import {
  perMillion,
  subtractPrices,
  type ChatCompletion,
  type ChatRequest,
  type Model,
  type Trace,
} from '@openrouter-native/protocol';
import { completeChat, openChat, type ExchangeOptions } from '../chat/exchange.ts';
import type { ChatStream } from '../chat/stream.ts';
import { isOpenRouterError } from '../errors.ts';
import type { KnownFacts } from '../facts/known-facts.ts';
import type { Change } from '../normalise/change.ts';
import { normalise } from '../normalise/normalise.ts';
import { planAttempts, type Attempt } from './attempts.ts';
import type { RetryOptions } from './backoff.ts';
import type { Bench } from './bench.ts';
import type { Circuits } from './circuits.ts';
import { toDirectFailure } from './direct-failure.ts';
import { needsOpenRouter } from './direct-request.ts';
import { chooseChain, type ChainOptions, type FallbackPresets } from './fallbacks.ts';
import type { Route } from './route.ts';
import { runPlan, type Performed, type Run, type RunOptions } from './run.ts';

export interface AnswererOptions {
  /** In the order to try them. */
  routes: readonly Route[];
  presets: FallbackPresets;
  facts: KnownFacts;
  retry: RetryOptions;
  circuits: Circuits;
  bench: Bench;
  exchange: Omit<ExchangeOptions, 'signal' | 'onGeneration'>;
  /** In [0, 1). */
  random: () => number;
}

/** About one request. */
export type AnswerOptions = Pick<RunOptions<unknown>, 'signal' | 'maxChargedCalls'> &
  Pick<ChainOptions, 'mayFallBackTo'> &
  Pick<ExchangeOptions, 'onGeneration'>;

/** Answers chat requests by a plan: normalised, retried and replaced as the verdicts allow. */
export interface Answerer {
  /** @throws OpenRouterError when nobody answers. */
  complete(request: ChatRequest, options: AnswerOptions): Promise<ChatCompletion>;
  /** Resolves at the first content. @throws as `complete`. */
  stream(request: ChatRequest, options: AnswerOptions): Promise<ChatStream>;
}

export function createAnswerer(dependencies: AnswererOptions): Answerer {
  const { routes, presets, facts, retry, circuits, bench, exchange, random } = dependencies;

  async function answer<T>(
    original: ChatRequest,
    { signal, maxChargedCalls, mayFallBackTo }: AnswerOptions,
    perform: RunOptions<T>['perform'],
  ): Promise<Run<T> & { trace: Trace }> {
    const adjusted: Change[] = [];
    const current = normalise(original, facts, (change) => adjusted.push(change));
    const { chain, request } = chooseChain(current, {
      presets,
      facts: (id) => facts.model(id),
      mayFallBackTo,
    });
    const run = await runPlan<T>({
      attempts: planAttempts(chain, bench.order(usableRoutes(routes, request))),
      request,
      perform: (attempt, adapted) => inItsWords(attempt, perform(attempt, adapted)),
      retry,
      circuits,
      bench,
      signal,
      maxChargedCalls,
      random,
      now: exchange.now,
    });
    return { ...run, trace: traceOf(run, original, adjusted, facts) };
  }

  return {
    async complete(original, options) {
      const { signal } = options;
      const { value, trace } = await answer(original, options, async ({ route }, request) => {
        const completion = await completeChat(route, request, { ...exchange, signal });
        return performed(route, completion, completion);
      });
      return { ...value, openrouter_native: trace };
    },
    async stream(original, options) {
      const { signal, onGeneration } = options;
      const { value, trace } = await answer(original, options, async ({ route }, request) => {
        const stream = await openChat(route, request, { ...exchange, signal, onGeneration });
        const served = await stream.begin();
        signal?.throwIfAborted();
        return performed(route, stream, served);
      });
      value.attach(trace);
      return value;
    },
  };
}

function performed<T>(
  { id, kind }: Route,
  value: T,
  served: { model?: string | null | undefined; provider?: string | null | undefined },
): Performed<T> {
  const provider = served.provider ?? (kind === 'direct' ? id : null);
  return { value, model: served.model ?? null, provider };
}

/** The same outcome; a failure of a direct provider does not speak of OpenRouter. */
async function inItsWords<T>({ route }: Attempt, outcome: Promise<T>): Promise<T> {
  try {
    return await outcome;
  } catch (error) {
    if (route.kind !== 'direct' || !isOpenRouterError(error)) throw error;
    throw toDirectFailure(route.id, error);
  }
}

function usableRoutes(routes: readonly Route[], request: ChatRequest): Route[] {
  const needed = needsOpenRouter(request);
  return routes.filter(({ kind }) => kind === 'openrouter' || !needed);
}

function traceOf<T>(
  { attempts, refit }: Run<T>,
  { model, models }: ChatRequest,
  adjusted: readonly Change[],
  facts: KnownFacts,
): Trace {
  const requested = model ?? models?.[0] ?? null;
  const served = attempts.at(-1)?.model ?? null;
  const delta = costDelta(facts.model(requested ?? ''), facts.model(served ?? ''));
  return {
    requested,
    served,
    attempts,
    ...(refit && { refit }),
    ...(adjusted.length > 0 && { adjusted: [...adjusted] }),
    ...(delta && { cost_delta: delta }),
  };
}

/** Told when another model than the asked-for one answered and both prices are known. */
function costDelta(requested: Model | undefined, served: Model | undefined): Trace['cost_delta'] {
  if (!requested || !served || isSame(requested, served)) return undefined;
  const prompt = subtractPrices(
    perMillion(served.pricing.prompt),
    perMillion(requested.pricing.prompt),
  );
  const completion = subtractPrices(
    perMillion(served.pricing.completion),
    perMillion(requested.pricing.completion),
  );
  return prompt === null || completion === null ? undefined : { prompt, completion };
}

/** Answers name the slug of a model, which its variants share. */
function isSame(one: Model, other: Model): boolean {
  return one.id === other.id || (one.canonical_slug ?? one.id) === other.canonical_slug;
}

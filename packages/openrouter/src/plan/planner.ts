import { defaultStreamLimits } from '../chat/watchdog.ts';
import type { KnownFacts } from '../facts/known-facts.ts';
import { appHeaders, authorization } from '../headers.ts';
import { createTransport, defaultTimeouts, type Transport } from '../transport/transport.ts';
import { createAnswerer, type Answerer } from './answer.ts';
import { defaultRetry } from './backoff.ts';
import { createBench } from './bench.ts';
import { createCircuits, defaultCircuit, type Circuits } from './circuits.ts';
import type { PlanOptions } from './options.ts';
import { directModelId, type DirectProvider, type Route } from './route.ts';

/** What is not well at this moment on the way to an answer; all empty when everything is. */
export interface RouteHealth {
  /** Ids of routes whose key has a problem. */
  resting: string[];
  /** Circuits that are not closed. */
  circuits: ReturnType<Circuits['open']>;
}

/** The one place that decides which calls a chat request becomes. */
export interface Planner extends Answerer {
  routeHealth(): RouteHealth;
  /** Closes the connections of direct providers. */
  close(): Promise<void>;
}

export interface PlannerDependencies {
  apiKey: string | null;
  /** To OpenRouter; shared with the look-ups, and closed by its owner. */
  transport: Transport;
  facts: KnownFacts;
  /** Epoch milliseconds. */
  now: () => number;
}

/** @throws OpenRouterError `key_malformed` when a key cannot be sent; TypeError for a URL that is none. */
export function createPlanner(options: PlanOptions, dependencies: PlannerDependencies): Planner {
  const { facts, now } = dependencies;
  const direct = (options.directProviders ?? []).map((provider) => directRoute(provider, options));
  const circuits = createCircuits({ ...defaultCircuit, ...options.circuit });
  const bench = createBench(now);
  const answerer = createAnswerer({
    routes: [...openRouterRoutes(options, dependencies), ...direct],
    presets: options.fallbacks ?? {},
    facts,
    retry: { ...defaultRetry, ...options.retry },
    circuits,
    bench,
    exchange: { limits: { ...defaultStreamLimits, ...options.timeouts }, now },
    random: options.random ?? Math.random,
  });
  return {
    ...answerer,
    routeHealth: () => ({ resting: bench.resting(), circuits: circuits.open() }),
    async close() {
      await Promise.all(direct.map(({ transport }) => transport.close()));
    },
  };
}

/** One for each key; `openrouter`, `openrouter-2`, …. */
function openRouterRoutes(
  options: PlanOptions,
  { apiKey, transport }: PlannerDependencies,
): Route[] {
  const headers = appHeaders(options);
  const keys = [apiKey, ...(options.moreKeys ?? [])];
  return keys.map((key, index) => ({
    id: index === 0 ? 'openrouter' : `openrouter-${index + 1}`,
    kind: 'openrouter',
    headers: key === null ? headers : { ...headers, ...authorization(key) },
    transport,
    modelId: (model) => model,
  }));
}

/** The app's name and address are OpenRouter's business only. */
function directRoute(
  { name, apiKey, baseURL, models }: DirectProvider,
  options: PlanOptions,
): Route {
  return {
    id: name,
    kind: 'direct',
    headers: { ...appHeaders({}), ...(apiKey !== null && authorization(apiKey)) },
    transport: createTransport({
      baseURL,
      timeouts: { ...defaultTimeouts, ...options.timeouts },
      proxy: options.proxy,
    }),
    modelId: (model) => directModelId(models, model),
  };
}

import type { ChatRequest } from '@openrouter-native/protocol';
import { toDirectRequest } from './direct-request.ts';
import type { Route } from './route.ts';

/** One call that may be made: a route, and the models it is asked for, best first. */
export interface Attempt {
  readonly route: Route;
  /** Up to three for OpenRouter, which falls back among them by itself; one for a direct provider. */
  readonly models: readonly string[];
}

/** OpenRouter takes no more models than this in one request. */
const MODELS_PER_REQUEST = 3;
/** Longest chain of models that is tried for one request. */
export const MAX_MODELS = 10;

/** Every model a request names, best first, each once; empty when the account's default is asked for. */
export function modelChain(request: ChatRequest): string[] {
  const named = [request.model, ...(request.models ?? [])].filter((model) => model !== undefined);
  return [...new Set(named)].slice(0, MAX_MODELS);
}

/**
 * The calls that may answer a chain of models, in order: group by group, and within a group route by
 * route as given. A direct provider gets the first model of the group that it offers.
 */
export function planAttempts(chain: readonly string[], routes: readonly Route[]): Attempt[] {
  return groups(chain).flatMap((models) =>
    routes.flatMap((route): Attempt[] => {
      if (route.kind === 'openrouter') return [{ route, models }];
      const offered = models.find((model) => route.modelId(model) !== null);
      return offered === undefined ? [] : [{ route, models: [offered] }];
    }),
  );
}

function groups(chain: readonly string[]): string[][] {
  if (chain.length === 0) return [[]];
  const count = Math.ceil(chain.length / MODELS_PER_REQUEST);
  return Array.from({ length: count }, (_, index) =>
    chain.slice(index * MODELS_PER_REQUEST, (index + 1) * MODELS_PER_REQUEST),
  );
}

/** The request as this attempt sends it. */
export function requestOf(attempt: Attempt, request: ChatRequest): ChatRequest {
  const [first, ...others] = attempt.models;
  if (first === undefined) return request;
  const model = attempt.route.modelId(first) ?? first;
  if (attempt.route.kind === 'direct') return toDirectRequest(request, model);
  const { models: _models, ...rest } = request;
  return others.length > 0 ? { ...rest, model, models: others } : { ...rest, model };
}

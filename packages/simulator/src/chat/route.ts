import type { ApiKey } from '../accounts/accounts.ts';
import { isRouter, type Catalogue } from '../catalogue/catalogue.ts';
import { endpointsOf, type Endpoint } from '../endpoints/endpoints.ts';
import { ApiError } from '../errors.ts';
import { createRandom } from '../generate/seed.ts';
import { resolveCandidate, type Candidate } from '../routing/candidates.ts';
import { filterEndpoints, type RoutingNeeds } from '../routing/filter.ts';
import { orderEndpoints, sortOf } from '../routing/order.ts';
import { enforceGuardrail } from './moderation.ts';
import type { ChatCall } from './request.ts';

/** A model to try, and the endpoints to try it at, in their order. */
export interface Route {
  readonly candidate: Candidate;
  readonly endpoints: readonly Endpoint[];
}

/** What is left to try, and why the rest is not. */
export interface Routing {
  readonly routes: readonly Route[];
  readonly refusals: readonly ApiError[];
}

/**
 * Finds the models and endpoints for a request. A model that cannot be routed is passed over, as in
 * any fallback; an id that names nothing is the request's own fault.
 *
 * @throws {@link ApiError} 400 for an unknown model id.
 */
export function routeCall(catalogue: Catalogue, key: ApiKey, call: ChatCall): Routing {
  const enforceZdr = key.guardrail?.enforceZdr ?? false;
  const routes: Route[] = [];
  const refusals: ApiError[] = [];
  for (const id of call.modelIds) {
    try {
      const candidate = resolveCandidate(catalogue, id, {
        body: call.body,
        seed: call.sessionId ?? call.seed,
        inputModalities: call.inputModalities,
        outputModalities: call.outputModalities.filter((modality) => modality !== 'text'),
        needsTools: call.tools.functions.length > 0,
        isAboutCode: call.isAboutCode,
      });
      enforceGuardrail(key, candidate.model, call.turns);
      routes.push({ candidate, endpoints: routeCandidate(candidate, call, enforceZdr) });
    } catch (error) {
      if (!(error instanceof ApiError) || isUnknownModel(error)) throw error;
      refusals.push(error);
    }
  }
  return { routes: mergeRoutes(routes, call), refusals };
}

function routeCandidate(
  candidate: Candidate,
  call: ChatCall,
  enforceZdr: boolean,
): readonly Endpoint[] {
  const { model } = candidate;
  if (isRouter(model)) throw new ApiError(404, `No endpoints found for ${model.id}.`);
  const needs = needsOf(candidate, call, enforceZdr);
  const fitting = filterEndpoints(model, endpointsOf(model), needs);
  const ordered = orderEndpoints(
    fitting,
    needs,
    createRandom(`route ${model.id} ${call.conversation}`),
  );
  return call.preferences.allowFallbacks || call.preferences.order ? ordered : ordered.slice(0, 1);
}

function needsOf(candidate: Candidate, call: ChatCall, enforceZdr: boolean): RoutingNeeds {
  return {
    preferences: call.preferences,
    variants: candidate.variants,
    serviceTier: call.serviceTier,
    enforceZdr,
    inputModalities: call.inputModalities,
    needsTools: call.tools.functions.length > 0,
    parameters: call.parameters,
    promptTokens: call.compressesContext ? 0 : call.promptTokens,
  };
}

/** `partition: "none"` sorts the endpoints of all models together, one route for each. */
function mergeRoutes(routes: readonly Route[], call: ChatCall): readonly Route[] {
  const [first] = routes;
  if (!first || !call.preferences.sortAcrossModels || routes.length < 2) return routes;
  const needs = needsOf(first.candidate, call, false);
  if (sortOf(needs) === null) return routes;
  const all = routes.flatMap(({ endpoints }) => endpoints);
  const ordered = orderEndpoints(all, needs, createRandom(call.conversation));
  return ordered.map((endpoint) => {
    const route = routes.find(({ candidate }) => candidate.model === endpoint.model) ?? first;
    return { candidate: route.candidate, endpoints: [endpoint] };
  });
}

function isUnknownModel({ details }: ApiError): boolean {
  return details.availability?.['code'] === 'model_not_found';
}

import type { ApiKey } from '../accounts/accounts.ts';
import { takeFreeRequest } from '../accounts/free-tier.ts';
import { requireAffordable, type CostEstimate } from '../accounts/limits.ts';
import { catalogueVariant } from '../catalogue/model-id.ts';
import type { SimulatorContext } from '../context.ts';
import type { Endpoint } from '../endpoints/endpoints.ts';
import { ApiError } from '../errors.ts';
import type { Candidate } from '../routing/candidates.ts';
import type { ScriptRule } from '../script.ts';
import { toProviderError } from './failure.ts';
import type { FailedAttempt } from './metadata.ts';
import { moderate } from './moderation.ts';
import type { ChatCall } from './request.ts';
import { routeCall } from './route.ts';

/** An endpoint that will answer, and what it took to find it. */
export interface Attempt {
  readonly candidate: Candidate;
  readonly endpoint: Endpoint;
  readonly available: readonly Endpoint[];
  readonly failed: readonly FailedAttempt[];
  readonly estimate: CostEstimate;
  /** Longest answer, in tokens. */
  readonly maxTokens: number;
  /** A scripted behaviour that shows only once the answer has begun. */
  readonly rule: ScriptRule | undefined;
}

/** Where neither request nor endpoint names a limit. */
const DEFAULT_MAX_TOKENS = 32_768;

/**
 * Tries models and endpoints in their order until one will answer.
 *
 * @throws ApiError the last failure, with the earlier ones in `metadata.previous_errors`.
 */
export function findAttempt(context: SimulatorContext, key: ApiKey, call: ChatCall): Attempt {
  const { routes, refusals } = routeCall(context.catalogue, key, call);
  const failed: FailedAttempt[] = [];
  let last: ApiError | undefined = refusals.at(-1);

  for (const { candidate, endpoints } of routes) {
    const { model } = candidate;
    const [first] = endpoints;
    if (!first) continue;
    try {
      moderate(model, first.provider.name, call.turns);
      requireAffordable(
        key,
        estimateCost(first, call),
        context.settings.keyLimitStatus,
        context.now(),
      );
      if (catalogueVariant(model.id) === 'free') takeFreeRequest(key.account, context.now());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      last = error;
      continue;
    }
    for (const endpoint of endpoints) {
      const rule = takeRule(context, candidate, endpoint);
      if (rule?.fail === undefined || rule.fail.afterTokens !== undefined) {
        const estimate = estimateCost(endpoint, call);
        const maxTokens = estimate.maxCompletionTokens;
        return { candidate, endpoint, available: endpoints, failed, estimate, maxTokens, rule };
      }
      last = toProviderError(rule.fail, endpoint.provider.name);
      failed.push({
        provider: endpoint.provider.name,
        model: model.id,
        status: last.status,
        message: last.message,
      });
      // A rule that names no provider is about the model: its other providers fail as well.
      if (rule.match?.provider === undefined) break;
    }
  }
  throw withHistory(last ?? new ApiError(404, 'No endpoints found.'), failed);
}

function takeRule(
  { rules }: SimulatorContext,
  candidate: Candidate,
  { provider }: Endpoint,
): ScriptRule | undefined {
  return rules.takeAttempt({
    method: 'POST',
    path: '/api/v1/chat/completions',
    models: [candidate.requested, candidate.model.id],
    provider: [provider.name, provider.slug],
  });
}

function estimateCost({ pricing, maxCompletionTokens }: Endpoint, call: ChatCall): CostEstimate {
  const limit = maxCompletionTokens ?? DEFAULT_MAX_TOKENS;
  return {
    promptTokens: call.promptTokens,
    maxCompletionTokens: Math.min(call.maxTokens ?? limit, limit),
    promptUsd: call.promptTokens * Number(pricing.prompt),
    usdPerCompletionToken: Number(pricing.completion),
  };
}

function withHistory(error: ApiError, failed: readonly FailedAttempt[]): ApiError {
  const earlier = failed.slice(0, -1);
  if (earlier.length === 0) return error;
  const previous = earlier.map(({ provider, status, message }) => ({
    provider,
    code: status,
    status,
    message,
  }));
  const metadata = { ...error.details.metadata, previous_errors: previous };
  return new ApiError(error.status, error.message, { ...error.details, metadata });
}

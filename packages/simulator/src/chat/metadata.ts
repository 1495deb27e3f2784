import type { Endpoint } from '../endpoints/endpoints.ts';
import type { Candidate } from '../routing/candidates.ts';

/** One try that did not lead to an answer. */
export interface FailedAttempt {
  readonly provider: string;
  readonly model: string;
  readonly status: number;
  readonly message: string;
}

/**
 * What `X-OpenRouter-Metadata: enabled` adds to an answer: how it was routed.
 *
 * @see https://openrouter.ai/docs/features/router-metadata
 */
export function describeRouting(
  candidate: Candidate,
  chosen: Endpoint,
  available: readonly Endpoint[],
  failed: readonly FailedAttempt[],
  generationMs: number,
): Record<string, unknown> {
  const attempt = failed.length + 1;
  const strategy = failed.length > 0 ? 'fallback' : candidate.strategy;
  return {
    requested: candidate.requested,
    strategy,
    region: null,
    summary: `available=${available.length}, selected=${chosen.provider.name}`,
    attempt,
    is_byok: false,
    endpoints: {
      total: available.length,
      available: available.map((endpoint) => ({
        provider: endpoint.provider.name,
        model: endpoint.model.id,
        selected: endpoint === chosen,
      })),
    },
    attempts: [
      ...failed.map(({ provider, model, status }) => ({ provider, model, status })),
      { provider: chosen.provider.name, model: chosen.model.id, status: 200 },
    ],
    generation_time: Math.round(generationMs),
  };
}

import { setTimeout as wait } from 'node:timers/promises';
import { isOpenRouterError, type OpenRouterClient } from '@openrouter-native/openrouter';
import type { Generation, Usage } from '@openrouter-native/protocol';

export interface AskCostOptions {
  /** With whose key an answer was asked for. @throws when there is none any more. */
  clientFor: (userId: string) => Promise<Pick<OpenRouterClient, 'getGeneration'>>;
  /** Ends all waiting. */
  signal: AbortSignal;
}

/** OpenRouter knows an answer a moment after its end; one that nobody waited for may end later. */
const WAITS_MS = [500, 2_000, 10_000, 60_000];
/** Who keeps leaving answers must not have us ask without end. */
const MAX_WAITING = 200;

/**
 * Asks OpenRouter what an answer cost whose end nobody saw.
 *
 * @returns `null` when it does not tell, or not with this key, or when too many are asked about.
 */
export function createAskCost({ clientFor, signal }: AskCostOptions) {
  let waiting = 0;

  async function ask(userId: string, generationId: string): Promise<Usage | null> {
    for (const waitMs of WAITS_MS) {
      try {
        await wait(waitMs, undefined, { signal, ref: false });
        const client = await clientFor(userId);
        const generation = await client.getGeneration(generationId, { signal });
        if (generation.total_cost != null) return toUsage(generation);
      } catch (error) {
        if (signal.aborted || !isWorthAnotherTry(error)) return null;
      }
    }
    return null;
  }

  return async function askCost(userId: string, generationId: string): Promise<Usage | null> {
    if (waiting >= MAX_WAITING) return null;
    waiting += 1;
    try {
      return await ask(userId, generationId);
    } finally {
      waiting -= 1;
    }
  };
}

function isWorthAnotherTry(error: unknown): boolean {
  return isOpenRouterError(error) && (error.retryable || error.details.status === 404);
}

function toUsage({ total_cost: cost, ...more }: Generation): Usage {
  const upstream = more['upstream_inference_cost'];
  return {
    cost,
    is_byok: more['is_byok'] === true,
    cost_details: { upstream_inference_cost: typeof upstream === 'number' ? upstream : null },
  };
}

import type { RunStep, Trace, Usage } from '@openrouter-native/protocol';

/**
 * US dollars that a step has cost at most.
 *
 * @param callUsd - What one call of it can cost at most.
 */
export function stepCost(
  { usage, trace, ending }: Pick<RunStep, 'usage' | 'trace' | 'ending'>,
  callUsd: number,
): number {
  const lost =
    trace?.attempts.filter(({ may_be_charged: charged }) => charged === true).length ?? 0;
  const lostUsd = lost === 0 ? 0 : lost * callUsd; // Nothing lost costs nothing, however dear a call is.
  return lostUsd + answerCost(usage, trace, ending, callUsd);
}

function answerCost(
  usage: Usage | null,
  trace: Trace | null,
  ending: RunStep['ending'],
  callUsd: number,
): number {
  const charged = chargedUsd(usage);
  if (charged !== null) return charged;
  // Every call was refused, or lost and counted: there is no answer that could have a price.
  const isUnanswered = trace !== null && !trace.attempts.some(({ reason }) => reason === null);
  return ending === 'failed' && isUnanswered ? 0 : callUsd;
}

/** With what the provider charges for a user's own key there; `null` when unknown. */
function chargedUsd(usage: Usage | null): number | null {
  const { cost, is_byok: isOwnKey, cost_details: details } = usage ?? {};
  if (cost == null || !(cost >= 0)) return null;
  if (isOwnKey !== true) return cost;
  const upstream = details?.upstream_inference_cost;
  return upstream == null ? null : cost + upstream;
}

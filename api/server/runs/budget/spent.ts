import type { RunStep, Usage } from '@openrouter-native/protocol';

/** What a step could cost at most when it was made; US dollars. */
export interface StepCeiling {
  /** One call of it. */
  callUsd: number;
  /** All calls that may have been made for it. */
  maxCostUsd: number;
}

/** US dollars that a step has cost at most, by all that is known of it. */
export function stepCost(
  { usage, trace }: Pick<RunStep, 'usage' | 'trace'>,
  { callUsd, maxCostUsd }: StepCeiling,
): number {
  const charged = chargedUsd(usage);
  if (trace === null) return charged ?? maxCostUsd;
  const { attempts } = trace;
  const lost = attempts.filter(({ may_be_charged: isLost }) => isLost === true).length;
  // Calls that were refused cost nothing; without an answer there is nothing else.
  const isAnswered = attempts.some(({ reason }) => reason === null);
  const answerUsd = charged ?? (isAnswered ? callUsd : 0);
  return answerUsd + (lost === 0 ? 0 : lost * callUsd); // A price without bound, not at all.
}

/** With what the provider charges for a user's own key there; `null` when unknown. */
function chargedUsd(usage: Usage | null): number | null {
  const { cost, is_byok: isOwnKey, cost_details: details } = usage ?? {};
  if (cost == null || !(cost >= 0)) return null;
  if (isOwnKey !== true) return cost;
  const upstream = details?.upstream_inference_cost;
  return upstream == null ? null : cost + upstream;
}

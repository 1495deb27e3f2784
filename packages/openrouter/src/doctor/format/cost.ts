import type { DoctorReport } from '@openrouter-native/protocol';
import { usd } from '../money.ts';

/** What the examination cost, as a sentence. */
export function describeCost({ cost_usd: cost }: Pick<DoctorReport, 'cost_usd'>): string {
  if (cost === null) return 'What the answers cost is unknown.';
  return cost === 0 ? 'It cost nothing.' : `The answers cost ${usd(cost)}.`;
}

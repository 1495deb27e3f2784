import { reasonFacts, type DoctorKind, type ErrorReason } from '@openrouter-native/protocol';
import { accountCauses } from './account.ts';
import { keyCauses } from './key.ts';
import { serverCauses } from './server.ts';
import { serviceCauses } from './service.ts';
import { setupCauses } from './setup.ts';

/** What the doctor knows about a cause before any case. */
export interface CauseFacts {
  kind: DoctorKind;
  /** What is the matter, as a person would say it. */
  sentence: string;
  /** What the reader can do. */
  action: string;
  /** Causes that disappear with this one: it goes before them, and is as bad as they are. */
  explains?: readonly string[];
}

/**
 * Every cause the doctor tells apart, from the root to the leaf: what stands first keeps what follows
 * from working, so it is to be cured first.
 */
const causes = {
  ...setupCauses,
  ...keyCauses,
  ...accountCauses,
  ...serviceCauses,
  ...serverCauses,
} as const satisfies Readonly<Record<string, CauseFacts>>;

/** A reason of a verdict, or one of what only the doctor looks for. */
export type Cause = keyof typeof causes | ErrorReason;

const ranked = Object.keys(causes);

/** A reason that the doctor has nothing to add to counts as the provider's matter. */
export function factsOf(cause: string): CauseFacts {
  if (Object.hasOwn(causes, cause)) return causes[cause as keyof typeof causes];
  const known = Object.hasOwn(reasonFacts, cause) ? reasonFacts[cause as ErrorReason] : null;
  return {
    kind: 'provider',
    sentence: `a request was refused for a reason of its own (${cause}).`,
    action: known?.action ?? 'Run the doctor again.',
  };
}

/** Smaller is nearer to the root. */
export function rankOf(cause: string): number {
  const at = ranked.indexOf(cause);
  return at === -1 ? ranked.indexOf('provider_error') : at;
}

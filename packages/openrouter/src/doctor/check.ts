import type { DoctorCheck, DoctorStatus } from '@openrouter-native/protocol';
import type { Cause } from './causes/causes.ts';
import type { DoctorContext } from './context.ts';

/** What one look found. */
export interface Finding {
  status: DoctorStatus;
  /** What is wrong; needed for `warning` and `failed`. */
  cause?: Cause;
  /** One sentence or fact each; scrubbed and bounded by the runner. */
  evidence: readonly string[];
  /** What the reader can do. @defaultValue the cause's own */
  action?: string | undefined;
  /** US dollars; `null` when it is unknown. @defaultValue 0 */
  costUsd?: number | null;
}

/** One question the doctor asks. */
export interface Check {
  /** Stable, in `snake_case`. */
  id: string;
  /** A few words, as a heading. */
  title: string;
  /** Checks whose failure makes this one pointless: it is skipped then. */
  needs?: readonly string[];
  /**
   * @param earlier - What was found so far.
   * @throws only for what nobody expected; a failure that was looked for is a finding.
   */
  run: (context: DoctorContext, earlier: readonly DoctorCheck[]) => Finding | Promise<Finding>;
}

export function ok(...evidence: string[]): Finding {
  return { status: 'ok', evidence };
}

export function skipped(...evidence: string[]): Finding {
  return { status: 'skipped', evidence };
}

export function warning(cause: Cause, ...evidence: string[]): Finding {
  return { status: 'warning', cause, evidence };
}

export function failed(cause: Cause, ...evidence: string[]): Finding {
  return { status: 'failed', cause, evidence };
}

/** Ids of the checks that must pass before anything can be asked over the network. */
export const NETWORK = ['dns', 'tcp', 'proxy', 'tls'] as const;

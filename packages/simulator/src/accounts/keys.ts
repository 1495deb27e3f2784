/** One key of the simulator's accounts. None of them opens anything outside the simulator. */
export interface SimulatorKeys {
  /** An ordinary key without a cap, on an account with credits. All zeros. */
  readonly inference: string;
  /** An ordinary key with a spending cap of its own that is nearly used up. */
  readonly capped: string;
  /** A key of an account that never bought credits: free models only, 50 requests a day. */
  readonly free: string;
  /** May read `/credits` and manage keys, and may not call a model. */
  readonly management: string;
  /** Switched off by its owner. */
  readonly disabled: string;
  /** Its `expires_at` has passed. */
  readonly expired: string;
  /** A key of an account that owes money: even free models are refused. */
  readonly negative: string;
  /** A key of an account with two cents left: large requests are refused. */
  readonly poor: string;
  /** A key under a guardrail: some models, some content and every data-keeping provider are refused. */
  readonly guarded: string;
}

/** Computed and plainly artificial, so that no scanner and no reader takes one for a real key. */
export const simulatorKeys: SimulatorKeys = {
  inference: placeholderKey('0'),
  capped: placeholderKey('ca'),
  free: placeholderKey('fe'),
  management: placeholderKey('ad'),
  disabled: placeholderKey('de'),
  expired: placeholderKey('e0'),
  negative: placeholderKey('ba'),
  poor: placeholderKey('b0'),
  guarded: placeholderKey('da'),
};

function placeholderKey(digits: string): string {
  return `sk-or-v1-${digits.repeat(64 / digits.length)}`;
}

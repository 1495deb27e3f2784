import { failed, warning, type Finding } from './check.ts';
import type { Trouble } from './upstream.ts';

/** A finding of a question that brought no answer. */
export function foundTrouble({ cause, evidence }: Trouble): Finding {
  return failed(cause, ...evidence);
}

/** The same where the product works all the same. */
export function foundMinorTrouble({ cause, evidence }: Trouble): Finding {
  return warning(cause, ...evidence);
}

import type { ErrorReason } from '@openrouter-native/protocol';
import type { OpenRouterError } from '../errors.ts';

/** The exchange had begun, and nobody saw how it ended: the model may have answered all the same. */
const UNSEEN = new Set<ErrorReason>([
  'upstream_timeout',
  'upstream_unreachable',
  'stream_cut',
  'stream_stalled',
  'malformed_response',
]);

/**
 * Whether a call that failed may have cost money. A refusal costs nothing, and neither does an answer
 * that OpenRouter itself ended with an error before its first token. An answer that was lost on its way,
 * or that a proxy in between reported on, may have been given and charged in full.
 *
 * @see https://openrouter.ai/docs/features/zero-completion-insurance
 */
export function mayBeCharged({ reason, details }: OpenRouterError): boolean {
  const { upstream_status: unexplained } = details.metadata ?? {};
  return UNSEEN.has(reason) || (typeof unexplained === 'number' && unexplained >= 500);
}

import {
  endingOf,
  type AnswerState,
  type ChatEvent,
  type Ending,
} from '@openrouter-native/protocol';
import { malformed, OpenRouterError } from '../errors.ts';
import { isStall } from '../transport/failure.ts';
import { WatchdogError } from './watchdog.ts';

/** One step of a stream on its way through: what came, and what it means. */
export type ChatFrame =
  /** A `data:` payload, byte for byte, and the events it holds. */
  | { type: 'payload'; payload: string; events: ChatEvent[] }
  /** Upstream is still working; not content. */
  | { type: 'comment' }
  /** The last frame, once. `error` says why an ending is `failed`, `cut` or `stalled`. */
  | { type: 'end'; ending: Ending; state: AnswerState; error: OpenRouterError | null };

/** How the reading of a stream came to its end. */
export interface Outcome {
  /** What upstream reported, or sent that cannot be read. */
  error: OpenRouterError | null;
  /** What broke the bytes. */
  cause: unknown;
  /** The caller wanted no more. */
  stopped: boolean;
}

/** The last frame: the ending that the answer deserves, and why if it is no proper one. */
export function endFrame(state: AnswerState, { error, cause, stopped }: Outcome): ChatFrame {
  const end = (ending: Ending, reason: OpenRouterError | null): ChatFrame => ({
    type: 'end',
    ending,
    state,
    error: reason,
  });
  if (error) return end('failed', error);
  if (state.terminated && !state.hasContent && state.finishReason === null) {
    return end('failed', malformed('OpenRouter ended the answer without sending any.'));
  }
  if (stopped && !state.terminated) return end('stopped', null);
  if (cause instanceof WatchdogError) {
    return end('stalled', broken('upstream_timeout', cause.message, cause));
  }
  if (isStall(cause)) {
    return end('stalled', broken('stream_stalled', 'The answer stopped arriving.', cause));
  }
  const ending = endingOf(state);
  if (ending !== 'cut') return end(ending, null);
  return end('cut', broken('stream_cut', 'The connection ended before the answer did.', cause));
}

function broken(
  reason: 'stream_cut' | 'stream_stalled' | 'upstream_timeout',
  message: string,
  cause: unknown,
): OpenRouterError {
  return new OpenRouterError(reason, message, {}, { cause });
}

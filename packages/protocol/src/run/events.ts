import type { ErrorBody } from '../api/error.ts';
import type { Trace } from '../api/trace.ts';
import type { Ending } from '../chat/events.ts';
import type { Usage } from '../upstream/chat.ts';
import type { FileReference } from './part.ts';
import type { RunLimit } from './step.ts';

/**
 * What a run consists of, in the order of arrival: the model's answer, the tools it called with their
 * results, the next answer, and so on. `finish` comes once, and last. Everything between two
 * `step-start` belongs to the first of them.
 */
export type RunEvent =
  | {
      type: 'step-start';
      step: number;
      /** US dollars that the step can cost at most; absent where money is not limited. */
      maxCostUsd?: number;
    }
  | {
      type: 'start';
      /** `gen-…`, for `GET /generation`. */
      generationId: string | null;
      /** Dated slug of the model that answers. */
      model: string | null;
      provider: string | null;
    }
  | { type: 'text-delta'; text: string }
  | { type: 'refusal-delta'; text: string }
  | { type: 'reasoning-delta'; text: string }
  /** The thoughts of this step are over. Milliseconds. */
  | { type: 'reasoning-end'; durationMs: number }
  | { type: 'annotation'; annotation: { type: string; [field: string]: unknown } }
  /** A picture that the model made, stored. */
  | { type: 'image'; file: FileReference }
  | { type: 'tool-call-start'; callId: string; name: string }
  /** The next piece of the arguments' JSON text. */
  | { type: 'tool-call-arguments'; callId: string; text: string }
  /** The call is whole and begins to run. `args` is the text that counts. */
  | { type: 'tool-call-run'; callId: string; name: string; args: string }
  | {
      type: 'tool-call-result';
      callId: string;
      output: string;
      isError: boolean;
      durationMs: number;
    }
  | {
      type: 'step-finish';
      step: number;
      ending: Ending;
      finishReason: string | null;
      usage: Usage | null;
      trace: Trace | null;
      /** US dollars that the step has cost at most; absent where money is not limited. */
      maxCostUsd?: number;
    }
  | { type: 'error'; error: ErrorBody['error'] }
  | {
      type: 'finish';
      ending: Ending;
      /** Set when a limit ended the run; then `ending` is `budget`. */
      limit: RunLimit | null;
    };

import type { ErrorBody } from '../api/error.ts';
import type { Trace } from '../api/trace.ts';
import type { ReasoningDetail, Usage } from '../upstream/chat.ts';

/**
 * How an answer ended. Only `complete`, `length`, `tool_calls` and `content_filter` are the model's
 * own ending; the others are interruptions, and what came before them is valid but partial.
 */
export const endings = [
  'complete', // finish reason and terminator seen
  'length', // the model ran into its token limit
  'tool_calls', // the model asks for tool results
  'content_filter', // the provider withheld the rest
  'cut', // bytes ended without a terminator
  'stalled', // the idle watchdog gave up
  'failed', // an error event arrived
  'stopped', // the user, or the program that asked, stopped it
  'budget', // a spending limit was reached
] as const;
export type Ending = (typeof endings)[number];

/** What a stream of one answer consists of, in the order of arrival. `finish` comes once, and last. */
export type ChatEvent =
  | {
      type: 'start';
      /** `gen-…`, for `GET /generation`. */
      generationId: string | null;
      /** Dated slug of the model that answers. */
      model: string | null;
      provider: string | null;
    }
  | { type: 'text-delta'; text: string }
  | { type: 'reasoning-delta'; text: string }
  /** Pieces to be merged by `index`, unmodified; signatures ride along. */
  | { type: 'reasoning-details'; details: ReasoningDetail[] }
  | {
      type: 'tool-call-delta';
      index: number | null;
      id: string | null;
      name: string | null;
      /** The next piece of the arguments' JSON text. */
      argumentsText: string;
    }
  /** A data URL or https URL of a generated picture. */
  | { type: 'image'; url: string }
  | { type: 'annotation'; annotation: { type: string; [field: string]: unknown } }
  | { type: 'refusal-delta'; text: string }
  | { type: 'usage'; usage: Usage }
  | { type: 'error'; error: ErrorBody['error'] }
  | {
      type: 'finish';
      ending: Ending;
      /** The unified word (`stop`, `length`, …); `null` when none came. */
      finishReason: string | null;
      /** The provider's own word (`end_turn`, `STOP`, …). */
      nativeFinishReason: string | null;
      /** How the answer came about; absent where nobody planned it. */
      trace?: Trace | null;
    };

/** True for events that show the reader something: from the first one on, nothing may be replaced. */
export function isContent(event: ChatEvent): boolean {
  switch (event.type) {
    case 'text-delta':
    case 'reasoning-delta':
    case 'reasoning-details':
    case 'tool-call-delta':
    case 'image':
    case 'annotation':
    case 'refusal-delta':
      return true;
    case 'start':
    case 'usage':
    case 'error':
    case 'finish':
      return false;
    default:
      return event satisfies never;
  }
}

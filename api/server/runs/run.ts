import type {
  ChatMessage,
  ChatRequest,
  ReasoningDetail,
  RunEvent,
} from '@openrouter-native/protocol';
import type { AnswerSoFar } from './history/steps.ts';

/** One answer to be given, by a plain model or by an agent. */
export interface RunRequest {
  userId: string;
  /** Name of a registered provider. */
  provider: string;
  model: string;
  /** System message; `null` = none. */
  instructions: string | null;
  modelParameters: Partial<ChatRequest>;
  /** Names of tools. */
  tools: readonly string[];
  /** Calls of the model, at most. */
  recursionLimit: number;
  /** US dollars; `null` = no limit. */
  spendingLimitUsd: number | null;
  /** The conversation up to and with the question, ready for the model. */
  history: readonly ChatMessage[];
  /** The answer so far, when one that ended too early goes on. */
  resume: AnswerSoFar | null;
}

/**
 * What a run tells its recorder: the events that readers get, and the thoughts that only the model
 * reads again, merged and in order, as often as they grow.
 */
export type RunRecord = RunEvent | { type: 'reasoning-details'; details: ReasoningDetail[] };

/** Gives answers. */
export interface Runner {
  /**
   * Finds out, before anything is sent, whether the model can do what is asked.
   *
   * @throws RequestError `model_lacks_capability`, `context_length_exceeded`, `invalid_model_id` and
   *   the like, with up to three models that would do in `metadata.suggestions`.
   */
  check(request: RunRequest, signal: AbortSignal): Promise<void>;
  /**
   * The answer as it comes; `finish` is last. Never throws: what fails is an `error` before `finish`.
   * Aborting the signal closes the call upstream, stops the tools and ends the answer as `stopped`.
   * With `resume`, steps are numbered on from there.
   */
  run(request: RunRequest, signal: AbortSignal): AsyncGenerator<RunRecord, void>;
}

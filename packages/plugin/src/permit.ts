import type { ChatRequest, Trace, Usage } from '@openrouter-native/protocol';
import type { Request, Response } from 'express';
import type { AllowedModels } from './services/allowed-models.ts';

/** What routes are for: `/models` and the endpoints of one, `/credits`, `/chat/completions`. */
export type Scope = 'models' | 'credits' | 'chat';

/** What one caller may do, where not everybody may do everything. Settled by the host. */
export interface Permit {
  /** @defaultValue all */
  scopes?: readonly Scope[];
  /**
   * Narrows the allowed models for what is asked for, fallen back to and listed; made with
   * `createAllowedModels`.
   *
   * @defaultValue all that are allowed at all
   */
  models?: AllowedModels;
  /**
   * Asked before each chat request, once it is known to be for allowed models. The place to keep to a
   * budget.
   *
   * @throws RequestError to refuse it.
   */
  admit?(request: ChatRequest): Promise<Admission>;
}

/** Leave to answer one chat request. */
export interface Admission {
  /** What is sent instead; its models are not checked again. */
  request: ChatRequest;
  /** Calls of upstream that cost money or may do, at most. @defaultValue as many as it takes */
  maxChargedCalls?: number;
  /**
   * Called once when the answer is over, however it ended, and before its reader can know: the last piece
   * of an answer waits for it. Must not reject.
   */
  settle(outcome: ChatOutcome): Promise<void>;
}

/** All that is known about what an answer cost. */
export interface ChatOutcome {
  /** `null` when upstream did not tell, as when the reader left. */
  usage: Usage | null;
  /** Which calls were made; `null` when that is not known either. */
  trace: Trace | null;
  /** Of the answer, also of one that was given up before it began; to ask upstream about. */
  generationId: string | null;
}

/** Finds what the sender of a request may do, after `requireAuth` let it pass; `undefined` = everything. */
export type PermitOf = (request: Request, response: Response) => Permit | undefined;

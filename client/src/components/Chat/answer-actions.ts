import type { AnswerSettings } from '@openrouter-native/react';

/** What can be done about an answer; a function is absent while it may not be done. */
export interface AnswerActions {
  onRetry?: (() => void) | undefined;
  /** @param change - Other settings to go on with, such as a higher limit. */
  onContinue?: ((change?: Partial<AnswerSettings>) => void) | undefined;
  /** Opens the choice of models. */
  onChooseModel?: (() => void) | undefined;
}

import type { ToolCall } from '@openrouter-native/protocol';

/** What a model is told of a call that has no result. */
export function outcomeOf(progress: ToolCall['progress']): string {
  return progress > 0
    ? 'The run was interrupted while this call was running. Whether it had an effect is not known.'
    : 'This call was not run: the run was stopped before it.';
}

import type { RunEvent } from '@openrouter-native/protocol';
import { outcomeOf } from './history/outcome.ts';
import { stepsOf, type AnswerSoFar } from './history/steps.ts';

type ToolCallResult = Extract<RunEvent, { type: 'tool-call-result' }>;

/**
 * Results for calls of an earlier run that have none: a model is told about every call it made. None of
 * them is run now, because it may have been run before. What was still being written is no call.
 */
export function interruptedCalls(answer: AnswerSoFar): ToolCallResult[] {
  const calls = stepsOf(answer).flatMap((step) => step.calls);
  return calls
    .filter(({ output }) => output === null)
    .map(({ id: callId, progress }) => {
      const output = outcomeOf(progress);
      return { type: 'tool-call-result', callId, output, isError: true, durationMs: 0 };
    });
}

import type { ContentPart, FileReference, ToolCall } from '@openrouter-native/protocol';
import type { StoredStep } from '../../database/schema.ts';
import { callArguments } from './call-arguments.ts';

/** What there is of an answer. */
export interface AnswerSoFar {
  readonly content: readonly ContentPart[];
  readonly steps: readonly StoredStep[];
  readonly annotations?: readonly { type: string; [field: string]: unknown }[];
}

/** One step of an answer, as much of it as a model can be given back. */
export interface ToldStep {
  /** `null` for parts of no step that is known. */
  readonly step: StoredStep | null;
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly pictures: readonly FileReference[];
  /** The model ended it, and all of it is here; its thoughts are whole. */
  readonly isWhole: boolean;
}

/** The steps of an answer, in order, with the parts that belong to them. */
export function stepsOf({ content, steps }: AnswerSoFar): ToldStep[] {
  const numbers = new Set([...content.map(stepNumber), ...steps.map(({ step }) => step)]);
  return [...numbers]
    .toSorted((one, other) => one - other)
    .map((number) =>
      tellStep(
        steps.find(({ step }) => step === number) ?? null,
        content.filter((part) => stepNumber(part) === number),
      ),
    );
}

function tellStep(step: StoredStep | null, parts: readonly ContentPart[]): ToldStep {
  const made = parts.flatMap((part) => (part.type === 'tool_call' ? [part.tool_call] : []));
  const isOwnEnding = step !== null && endedByItself(step, made);
  const calls = made.filter(
    ({ args, progress }) => (isOwnEnding || progress > 0) && callArguments(args) !== null,
  );
  return {
    step,
    text: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    calls,
    pictures: parts.flatMap((part) => (part.type === 'image_file' ? [part.image_file] : [])),
    isWhole: isOwnEnding && calls.length === made.length,
  };
}

/** `length` beside the word `tool_calls` was a suspicion that came to nothing if the calls were run. */
function endedByItself({ ending, finish_reason: reason }: StoredStep, calls: readonly ToolCall[]) {
  if (ending === 'complete' || ending === 'tool_calls') return true;
  const wasRun = calls.length > 0 && calls.every(({ progress }) => progress > 0);
  return ending === 'length' && reason === 'tool_calls' && wasRun;
}

/** Parts from before the first step come first. */
function stepNumber(part: ContentPart): number {
  return ('step' in part && typeof part.step === 'number' ? part.step : null) ?? -1;
}

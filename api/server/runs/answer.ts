import {
  emptyRun,
  reduceRun,
  type ReasoningDetail,
  type RunState,
} from '@openrouter-native/protocol';
import type { AnswerSoFar } from './history/steps.ts';
import type { RunRecord, RunRequest } from './run.ts';

/** What a run has made so far, with what an earlier one has. */
export interface Answer extends AnswerSoFar {
  take(record: RunRecord): void;
}

/** @param resume - What there is to go on with. */
export function createAnswer(resume: RunRequest['resume']): Answer {
  const details = new Map<number, ReasoningDetail[]>(
    resume?.steps.map(({ step, reasoning_details: thoughts }) => [step, thoughts]),
  );
  let state: RunState = { ...emptyRun, ...resume };
  return {
    take(record) {
      if (record.type !== 'reasoning-details') state = reduceRun(state, record);
      else details.set(state.steps.at(-1)?.step ?? 0, record.details);
    },
    get content() {
      return state.content;
    },
    get annotations() {
      return [...state.annotations];
    },
    get steps() {
      return state.steps.map((step) => ({
        ...step,
        reasoning_details: details.get(step.step) ?? [],
      }));
    },
  };
}

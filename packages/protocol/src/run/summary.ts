import type { Message } from '../host/message.ts';
import type { RunState } from './reduce.ts';
import { sumUsage } from './usage.ts';

/** The fields of a message that tell of its answer. */
export type RunSummary = Pick<
  Message,
  | 'text'
  | 'content'
  | 'ending'
  | 'unfinished'
  | 'error'
  | 'error_details'
  | 'limit'
  | 'finish_reason'
  | 'served_model'
  | 'provider'
  | 'generation_id'
  | 'usage'
  | 'steps'
  | 'annotations'
>;

/** An answer, so far or whole, as its message tells it. */
export function summariseRun(state: RunState): RunSummary {
  const last = state.steps.at(-1);
  return {
    text: textOf(state.content),
    content: [...state.content],
    ending: state.ending,
    unfinished: state.ending !== 'complete',
    error: state.error !== null && state.content.every(({ type }) => type === 'error'),
    error_details: state.error,
    limit: state.limit,
    finish_reason: last?.finish_reason ?? null,
    served_model: last?.model ?? null,
    provider: last?.provider ?? null,
    generation_id: last?.generation_id ?? null,
    usage: sumUsage(state.steps.map(({ usage }) => usage)),
    steps: [...state.steps],
    annotations: [...state.annotations],
  };
}

/** The answer that a message tells of, to be gone on with. */
export function runOf(message: Message): RunState {
  return {
    content: message.content,
    steps: message.steps ?? [],
    annotations: message.annotations ?? [],
    ending: message.ending,
    error: message.error_details ?? null,
    limit: message.limit ?? null,
  };
}

/** All text parts, one after another. */
export function textOf(content: RunState['content']): string {
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

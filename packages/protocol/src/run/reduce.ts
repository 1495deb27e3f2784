import type { ErrorBody } from '../api/error.ts';
import type { Ending } from '../chat/events.ts';
import type { RunEvent } from './events.ts';
import type { ContentPart, ToolCall } from './part.ts';
import type { RunLimit, RunStep } from './step.ts';

/** An answer so far: what a message stores, and what a page shows. */
export interface RunState {
  readonly content: readonly ContentPart[];
  readonly steps: readonly RunStep[];
  /** Sources that the model named, as OpenRouter's annotations. */
  readonly annotations: readonly { type: string; [field: string]: unknown }[];
  /** `null` while it goes on. */
  readonly ending: Ending | null;
  readonly error: ErrorBody['error'] | null;
  readonly limit: RunLimit | null;
}

export const emptyRun: RunState = {
  content: [],
  steps: [],
  annotations: [],
  ending: null,
  error: null,
  limit: null,
};

/**
 * The answer after one more event. Pure, and what it makes survives JSON unchanged; used where answers
 * are stored and where they are shown.
 */
export function reduceRun(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'step-start':
      return { ...state, steps: [...state.steps, anEmptyStep(event)] };
    case 'start': {
      const { generationId, model, provider } = event;
      return updateStep(state, { generation_id: generationId, model, provider });
    }
    case 'text-delta':
    case 'refusal-delta':
      return withText(state, event.text);
    case 'reasoning-delta':
      return withThought(state, event.text);
    case 'reasoning-end':
      return updateLast(state, 'think', (part) => ({ ...part, duration_ms: event.durationMs }));
    case 'annotation':
      return { ...state, annotations: [...state.annotations, event.annotation] };
    case 'image':
      return withPart(state, { type: 'image_file', image_file: event.file, ...stepOf(state) });
    case 'tool-call-start':
      return withPart(state, {
        type: 'tool_call',
        tool_call: anEmptyCall(event.callId, event.name),
        ...stepOf(state),
      });
    case 'tool-call-arguments':
      return updateCall(state, event.callId, ({ args }) => ({ args: args + event.text }));
    case 'tool-call-run':
      return updateCall(state, event.callId, () => ({
        name: event.name,
        args: event.args,
        progress: 0.5,
      }));
    case 'tool-call-result':
      return updateCall(state, event.callId, () => ({
        output: event.output,
        is_error: event.isError,
        duration_ms: event.durationMs,
        progress: 1,
      }));
    case 'step-finish': {
      const { ending, finishReason, usage, trace, maxCostUsd } = event;
      return updateStep(state, {
        ending,
        finish_reason: finishReason,
        usage,
        trace,
        ...(maxCostUsd !== undefined && { max_cost: maxCostUsd }),
      });
    }
    case 'error': {
      const part = { type: 'error' as const, error: event.error.message, details: event.error };
      return { ...withPart(state, part), error: event.error };
    }
    case 'finish':
      return { ...state, ending: event.ending, limit: event.limit };
    default:
      event satisfies never;
      return state; // A newer server may tell more than this page knows.
  }
}

function anEmptyStep({ step, maxCostUsd }: Extract<RunEvent, { type: 'step-start' }>): RunStep {
  return {
    step,
    generation_id: null,
    model: null,
    provider: null,
    finish_reason: null,
    ending: null,
    usage: null,
    trace: null,
    ...(maxCostUsd !== undefined && { max_cost: maxCostUsd }),
  };
}

function anEmptyCall(id: string, name: string): ToolCall {
  return {
    type: 'tool_call',
    id,
    name,
    args: '',
    output: null,
    progress: 0,
    is_error: false,
    duration_ms: null,
  };
}

/** The step that parts of this moment belong to; nothing before the first. */
function stepOf({ steps }: RunState): { step?: number } {
  const step = steps.at(-1)?.step;
  return step === undefined ? {} : { step };
}

function withPart(state: RunState, part: ContentPart): RunState {
  return { ...state, content: [...state.content, part] };
}

/** Words go on where words were, unless a new step has begun. */
function withText(state: RunState, text: string): RunState {
  const last = state.content.at(-1);
  const { step } = stepOf(state);
  if (last?.type !== 'text' || last.step !== step) {
    return withPart(state, { type: 'text', text, ...stepOf(state) });
  }
  return withLast(state, { ...last, text: last.text + text });
}

function withThought(state: RunState, text: string): RunState {
  const last = state.content.at(-1);
  const { step } = stepOf(state);
  if (last?.type !== 'think' || last.step !== step) {
    return withPart(state, { type: 'think', think: text, duration_ms: null, ...stepOf(state) });
  }
  return withLast(state, { ...last, think: last.think + text });
}

function withLast(state: RunState, part: ContentPart): RunState {
  return { ...state, content: [...state.content.slice(0, -1), part] };
}

function updateLast<Type extends ContentPart['type']>(
  state: RunState,
  type: Type,
  change: (part: Extract<ContentPart, { type: Type }>) => ContentPart,
): RunState {
  const index = state.content.findLastIndex((part) => part.type === type);
  if (index < 0) return state;
  const part = state.content[index] as Extract<ContentPart, { type: Type }>;
  return { ...state, content: state.content.with(index, change(part)) };
}

/** The latest call of that id: a later step may use an id again. */
function updateCall(
  state: RunState,
  callId: string,
  change: (call: ToolCall) => Partial<ToolCall>,
): RunState {
  const index = state.content.findLastIndex(
    (part) => part.type === 'tool_call' && part.tool_call.id === callId,
  );
  const part = state.content[index];
  if (part?.type !== 'tool_call') return state;
  const call: ToolCall = { ...part.tool_call, ...change(part.tool_call) };
  return { ...state, content: state.content.with(index, { ...part, tool_call: call }) };
}

function updateStep(state: RunState, change: Partial<RunStep>): RunState {
  const last = state.steps.at(-1);
  if (!last) return state;
  return { ...state, steps: [...state.steps.slice(0, -1), { ...last, ...change }] };
}

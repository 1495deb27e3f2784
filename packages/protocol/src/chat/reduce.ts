import type { ChatChunk, Usage } from '../upstream/chat.ts';
import type { UpstreamError } from '../upstream/error.ts';
import type { ChatEvent, Ending } from './events.ts';
import { isOpen, nest, noNesting, type Nesting } from './nesting.ts';

/** What must be remembered between two chunks of one answer. Holds no text, so it stays small. */
export interface AnswerState {
  readonly started: boolean;
  readonly hasContent: boolean;
  readonly generationId: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly finishReason: string | null;
  readonly nativeFinishReason: string | null;
  readonly usage: Usage | null;
  /** How far the arguments of each tool call have come, by index. */
  readonly toolArguments: Readonly<Record<number, Nesting>>;
  /** The error that ended the answer, as upstream worded it. */
  readonly error: UpstreamError | null;
  /** `[DONE]` was seen. */
  readonly terminated: boolean;
}

export const emptyAnswer: AnswerState = {
  started: false,
  hasContent: false,
  generationId: null,
  model: null,
  provider: null,
  finishReason: null,
  nativeFinishReason: null,
  usage: null,
  toolArguments: {},
  error: null,
  terminated: false,
};

/** Providers report a lost connection in these words, with no finish reason and no error object. */
const NATIVE_FAILURES = new Set(['error', 'network_error']);

const MAX_CALLS = 128; // More parallel calls than any model makes.

type Choice = NonNullable<ChatChunk['choices']>[number];
type FinishedChoice = Pick<Choice, 'error' | 'finish_reason' | 'native_finish_reason'>;

/**
 * Reads one chunk: the next state, and the events it means. Pure. The finish chunk may come twice
 * (the second one with `usage`), `choices` may be empty, and an error may take any of three forms.
 *
 * @see https://openrouter.ai/docs/api-reference/streaming
 */
export function reduceChunk(state: AnswerState, chunk: ChatChunk): [AnswerState, ChatEvent[]] {
  const events: ChatEvent[] = [];
  const choice = chunk.choices?.[0];
  const error = chunk.error ?? (choice ? errorOfChoice(choice) : null);
  const generationId = state.generationId ?? chunk.id ?? null;
  const model = chunk.model ?? state.model;
  const provider = chunk.provider ?? state.provider;

  const started = state.started || chunk.id != null || chunk.model != null;
  if (started && !state.started) events.push({ type: 'start', generationId, model, provider });

  const announced = events.length;
  if (choice?.delta) pushDelta(events, choice.delta);
  const hasContent = state.hasContent || events.length > announced;

  if (chunk.usage) events.push({ type: 'usage', usage: chunk.usage });

  return [
    {
      started,
      hasContent,
      generationId,
      model,
      provider,
      // A blank reason is none: some providers send one with every chunk.
      finishReason: choice?.finish_reason || state.finishReason,
      nativeFinishReason: choice?.native_finish_reason || state.nativeFinishReason,
      usage: chunk.usage ?? state.usage,
      toolArguments: choice?.delta?.tool_calls
        ? readArguments(state.toolArguments, events)
        : state.toolArguments,
      error: state.error ?? error,
      terminated: state.terminated,
    },
    events,
  ];
}

/** The state after the terminator `[DONE]`. */
export function reduceTerminator(state: AnswerState): AnswerState {
  return { ...state, terminated: true };
}

/**
 * Names the ending once no more bytes will come. An answer counts as ended by the model only with
 * both a finish reason and the terminator; everything less is `cut`.
 */
export function endingOf(state: AnswerState): Ending {
  if (state.error || state.finishReason === 'error') return 'failed';
  if (!state.terminated || state.finishReason === null) return 'cut';
  switch (state.finishReason) {
    case 'length':
      return 'length';
    case 'tool_calls':
      // Some routers say so although the model ran out of tokens in the middle of a call.
      return Object.values(state.toolArguments).some(isOpen) ? 'length' : 'tool_calls';
    case 'content_filter':
      return 'content_filter';
    default:
      return 'complete';
  }
}

/**
 * The error that ended one choice, of a stream or of a whole answer: its own, or what its finish
 * reasons say.
 *
 * @returns `null` when the choice did not fail.
 */
export function errorOfChoice(choice: FinishedChoice): UpstreamError | null {
  if (choice.error) return choice.error;
  const failed =
    choice.finish_reason === 'error' ||
    (!choice.finish_reason && NATIVE_FAILURES.has(choice.native_finish_reason ?? ''));
  return failed ? { message: 'The provider ended the answer with an error.' } : null;
}

function pushDelta(events: ChatEvent[], delta: NonNullable<Choice['delta']>): void {
  if (delta.reasoning) events.push({ type: 'reasoning-delta', text: delta.reasoning });
  if (delta.reasoning_details?.length) {
    events.push({ type: 'reasoning-details', details: delta.reasoning_details });
  }
  if (delta.content) events.push({ type: 'text-delta', text: delta.content });
  if (delta.refusal) events.push({ type: 'refusal-delta', text: delta.refusal });
  for (const call of delta.tool_calls ?? []) {
    events.push({
      type: 'tool-call-delta',
      index: call.index ?? null,
      id: call.id ?? null,
      name: call.function?.name ?? null,
      argumentsText: argumentsText(call.function?.arguments),
    });
  }
  for (const image of delta.images ?? []) events.push({ type: 'image', url: image.image_url.url });
  for (const annotation of delta.annotations ?? []) events.push({ type: 'annotation', annotation });
}

function readArguments(
  known: AnswerState['toolArguments'],
  events: readonly ChatEvent[],
): AnswerState['toolArguments'] {
  return events.reduce((nestings, event) => {
    if (event.type !== 'tool-call-delta') return nestings;
    const index = event.index ?? 0;
    if (!(index in nestings) && Object.keys(nestings).length >= MAX_CALLS) return nestings;
    return { ...nestings, [index]: nest(nestings[index] ?? noNesting, event.argumentsText) };
  }, known);
}

/** Some providers send the arguments as an object instead of its JSON text. */
function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value == null ? '' : JSON.stringify(value);
}

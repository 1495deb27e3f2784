import { isOpenRouterError } from '@openrouter-native/openrouter';
import { RequestError, toErrorBody } from '@openrouter-native/plugin';
import {
  closeToolCalls,
  createErrorBody,
  mergeReasoningDetails,
  openToolCalls,
  reduceToolCalls,
  tracedAttemptSchema,
  type ChatEvent,
  type ClosedCalls,
  type Ending,
  type FileReference,
  type ReasoningDetail,
  type RunEvent,
  type Trace,
  type Usage,
} from '@openrouter-native/protocol';
import type { RunRecord } from './run.ts';
import { createThoughtClock } from './thoughts.ts';

/** How a step ended, and which tools it asks for. */
export interface StepOutcome extends ClosedCalls {
  ending: Ending;
  finishReason: string | null;
  usage: Usage | null;
  trace: Trace | null;
}

export interface StepOptions {
  toolNames: readonly string[];
  /** Begins the ids of calls that come without one; another for each step. */
  idPrefix: string;
  /** Keeps a picture that the model made. */
  storeImage: (url: string) => Promise<FileReference>;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * One call of the model: its events as records, without the beginning and the end of the step, which
 * are the run's to tell. A refusal by upstream or by this server is an `error`, and the step `failed`.
 *
 * @throws what is a mistake of this server.
 */
export async function* takeStep(
  events: AsyncIterable<ChatEvent>,
  { toolNames, idPrefix, storeImage, now }: StepOptions,
): AsyncGenerator<RunRecord, StepOutcome> {
  let calls = openToolCalls({ idPrefix, toolNames });
  let details: ReasoningDetail[] = [];
  let usage: Usage | null = null;
  let end: Extract<ChatEvent, { type: 'finish' }> | null = null;
  const clock = createThoughtClock(now);
  try {
    for await (const event of events) {
      yield* clock.read(event);
      switch (event.type) {
        case 'start':
        case 'text-delta':
        case 'refusal-delta':
        case 'reasoning-delta':
        case 'annotation':
        case 'error':
          yield event;
          break;
        case 'reasoning-details':
          details = mergeReasoningDetails(details, event.details);
          yield { type: 'reasoning-details', details };
          break;
        case 'tool-call-delta': {
          const [next, shown] = reduceToolCalls(calls, event);
          calls = next;
          yield* shown;
          break;
        }
        case 'image':
          yield await keep(event.url, storeImage);
          break;
        case 'usage':
          ({ usage } = event);
          break;
        case 'finish':
          end = event;
          break;
        default:
          event satisfies never;
      }
    }
  } catch (error) {
    const failure = failureOf(error);
    yield* clock.end();
    yield { type: 'error', error: toErrorBody(error).error };
    return { ...failure, finishReason: null, usage, calls: [], refusal: null };
  }
  const ending = end?.ending ?? 'cut'; // Events without an end were promised one.
  const finishReason = end?.finishReason ?? null;
  const closed = closeToolCalls(calls, { ending, finishReason });
  return { ...closed, ending, finishReason, usage, trace: end?.trace ?? null };
}

async function keep(url: string, storeImage: StepOptions['storeImage']): Promise<RunEvent> {
  try {
    return { type: 'image', file: await storeImage(url) };
  } catch (error) {
    const why = error instanceof RequestError ? `: ${error.message}` : '.';
    const { error: body } = createErrorBody(
      error instanceof RequestError ? error.reason : 'internal',
      `A picture that the model made could not be kept${why}`,
    );
    return { type: 'error', error: body };
  }
}

/**
 * An answer that failed before its first content: how it ends, and which calls were made for it.
 *
 * @throws the error, when it is neither upstream's nor ours to tell.
 */
function failureOf(error: unknown): Pick<StepOutcome, 'ending' | 'trace'> {
  if (error instanceof RequestError) return { ending: 'failed', trace: traceOf([]) };
  if (!isOpenRouterError(error)) throw error;
  const attempts = tracedAttemptSchema.array().safeParse(error.details.metadata?.['attempts']);
  const trace = attempts.success ? traceOf(attempts.data) : null;
  switch (error.reason) {
    case 'stream_cut':
      return { ending: 'cut', trace };
    case 'stream_stalled':
      return { ending: 'stalled', trace };
    default:
      return { ending: 'failed', trace };
  }
}

function traceOf(attempts: Trace['attempts']): Trace {
  return { requested: null, served: null, attempts };
}

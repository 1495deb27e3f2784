import { isOpenRouterError, type ChatStream } from '@openrouter-native/openrouter';
import {
  tracedAttemptSchema,
  type ChatCompletion,
  type Trace,
  type TracedAttempt,
} from '@openrouter-native/protocol';
import type { Admission, ChatOutcome } from '../permit.ts';
import { RequestError } from '../request-error.ts';

/** What is read of a stream to pass it on. */
export type ForwardedStream = Pick<ChatStream, 'generationId' | 'trace' | 'pieces'>;

/** Settles an answer that is asked for as a whole. @throws what `answer` rejects with, once it is settled. */
export async function settleCompletion(
  answer: Promise<ChatCompletion>,
  admission: Admission | undefined,
): Promise<ChatCompletion> {
  if (!admission) return answer;
  const completion = await settleFailure(answer, admission);
  await admission.settle({
    usage: completion.usage ?? null,
    trace: (completion['openrouter_native'] as Trace | undefined) ?? null,
    generationId: completion.id ?? null,
  });
  return completion;
}

/** Settles a stream before its reader gets to see the end. @throws as {@link settleCompletion}. */
export async function settleStream(
  opening: Promise<ChatStream>,
  admission: Admission | undefined,
): Promise<ForwardedStream> {
  if (!admission) return opening;
  return new SettledStream(await settleFailure(opening, admission), admission);
}

class SettledStream implements ForwardedStream {
  readonly #stream: ChatStream;
  readonly #admission: Admission;

  constructor(stream: ChatStream, admission: Admission) {
    this.#stream = stream;
    this.#admission = admission;
  }

  get generationId() {
    return this.#stream.generationId;
  }

  get trace() {
    return this.#stream.trace;
  }

  pieces() {
    return settlePieces(this.#stream, this.#admission);
  }
}

async function* settlePieces(stream: ChatStream, admission: Admission) {
  let outcome: Partial<ChatOutcome> = {};
  let isSettled = false;
  const settleOnce = async () => {
    if (isSettled) return;
    isSettled = true;
    const { generationId, trace } = stream;
    await admission.settle({ usage: null, generationId, trace, ...outcome });
  };
  try {
    for await (const piece of stream.pieces()) {
      const frames = [...piece];
      const last = frames.at(-1);
      if (last?.type === 'end') {
        const { usage, generationId } = last.state;
        outcome = { usage, generationId: generationId ?? stream.generationId };
        await settleOnce();
      }
      yield frames;
    }
  } finally {
    await settleOnce(); // The reader has left.
  }
}

async function settleFailure<T>(answer: Promise<T>, admission: Admission): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    await admission.settle({ usage: null, trace: traceOf(error), generationId: null });
    throw error;
  }
}

/** The calls that came to nothing; `null` when it is not known which were made. */
function traceOf(error: unknown): Trace | null {
  if (error instanceof RequestError) return failedCalls([]);
  if (!isOpenRouterError(error)) return null;
  const attempts = tracedAttemptSchema.array().safeParse(error.details.metadata?.['attempts']);
  return attempts.success ? failedCalls(attempts.data) : null;
}

function failedCalls(attempts: TracedAttempt[]): Trace {
  return { requested: null, served: null, attempts };
}

import type { Usage } from '@openrouter-native/protocol';
import { toDelta, toMessage, type AnswerStep } from './steps.ts';

/** A whole answer before any of it is sent. Sent at once or in pieces, it is the same answer. */
export interface AnswerPlan {
  /** `gen-…` */
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  /** Dated slug of the model that answers. */
  readonly model: string;
  /** Display name. */
  readonly provider: string;
  readonly steps: readonly AnswerStep[];
  /** `null` when the provider ended without a word. */
  readonly finishReason: string | null;
  /** The provider's own word for it. */
  readonly nativeFinishReason: string | null;
  readonly usage: Usage;
  readonly serviceTier: string | null;
  /** `openrouter_metadata`, for those who asked for it. */
  readonly metadata: object | null;
  /** The body that the provider got, for those who asked for it. */
  readonly upstreamBody: object | null;
}

/** The two forms of a stream's last chunk: as on the wire, and as documented. */
export type UsageChunk = 'repeats-finish' | 'empty-choices';

/** The plan as one JSON answer. */
export function toCompletion(plan: AnswerPlan): Record<string, unknown> {
  return {
    id: plan.id,
    object: 'chat.completion',
    created: plan.created,
    model: plan.model,
    provider: plan.provider,
    system_fingerprint: null,
    service_tier: plan.serviceTier,
    choices: [
      {
        index: 0,
        logprobs: null,
        finish_reason: plan.finishReason,
        native_finish_reason: plan.nativeFinishReason,
        message: toMessage(plan.steps),
      },
    ],
    usage: plan.usage,
    ...(plan.metadata && { openrouter_metadata: plan.metadata }),
  };
}

/** What a chunk carries beside the answer's identity. */
function toChunk(
  plan: AnswerPlan,
  delta: object,
  finishReason: string | null,
  nativeFinishReason: string | null,
): Record<string, unknown> {
  return {
    ...chunkHead(plan),
    choices: [
      {
        index: 0,
        delta,
        finish_reason: finishReason,
        native_finish_reason: nativeFinishReason,
        logprobs: null,
      },
    ],
  };
}

/** The fields that every chunk of an answer repeats. */
export function chunkHead(plan: AnswerPlan): Record<string, unknown> {
  return {
    id: plan.id,
    object: 'chat.completion.chunk',
    created: plan.created,
    model: plan.model,
    provider: plan.provider,
  };
}

/** One thing to send, and what it stands for. A chunk of `null` is time that passes in silence. */
export interface Sending {
  readonly chunk: Record<string, unknown> | null;
  /** The step that is sent; `null` for the frame around the steps. */
  readonly step: AnswerStep | null;
}

const EMPTY_DELTA = { content: '', role: 'assistant' } as const;

/** The plan as a stream: an empty first delta, the steps, the finish, and the usage last and once. */
export function* toChunks(plan: AnswerPlan, usageChunk: UsageChunk): Generator<Sending, void> {
  if (plan.upstreamBody) {
    const debug = { echo_upstream_body: plan.upstreamBody };
    yield { chunk: { ...chunkHead(plan), choices: [], debug }, step: null };
  }
  yield { chunk: toChunk(plan, EMPTY_DELTA, null, null), step: null };
  for (const step of plan.steps) {
    const delta = toDelta(step);
    yield { chunk: delta && toChunk(plan, delta, null, null), step };
  }
  const finish = toChunk(plan, EMPTY_DELTA, plan.finishReason, plan.nativeFinishReason);
  yield { chunk: finish, step: null };
  yield {
    chunk: {
      ...finish,
      ...(usageChunk === 'empty-choices' && { choices: [] }),
      service_tier: plan.serviceTier,
      usage: plan.usage,
      ...(plan.metadata && { openrouter_metadata: plan.metadata }),
    },
    step: null,
  };
}

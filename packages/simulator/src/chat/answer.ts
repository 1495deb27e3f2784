import type { Usage } from '@openrouter-native/protocol';

/** The smallest thing that is sent at once; one chunk of a stream. */
export type AnswerStep =
  | { type: 'text'; text: string; tokens: number }
  | { type: 'reasoning'; text: string | null; details: object[]; tokens: number }
  | {
      type: 'tool-call';
      index: number;
      id: string | null;
      name: string | null;
      argumentsText: string;
      tokens: number;
    }
  | { type: 'image'; url: string; tokens: number }
  | { type: 'annotation'; annotation: object; tokens: number };

/** A whole answer before any of it is sent. Sent at once or in pieces, it is the same answer. */
export interface AnswerPlan {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  /** Dated slug of the model that answers. */
  readonly model: string;
  readonly provider: string;
  readonly steps: readonly AnswerStep[];
  readonly finishReason: string;
  readonly nativeFinishReason: string;
  readonly usage: Usage;
  readonly serviceTier: string | null;
}

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
  };
}

function toMessage(steps: readonly AnswerStep[]): Record<string, unknown> {
  const text = steps.map((step) => (step.type === 'text' ? step.text : '')).join('');
  return { role: 'assistant', content: text, refusal: null, reasoning: null };
}

/** The `delta` of one step. */
function toDelta(step: AnswerStep): Record<string, unknown> {
  return { content: step.type === 'text' ? step.text : '', role: 'assistant' };
}

/** The plan as the chunks of a stream: an empty first delta, the steps, the finish, the usage. */
export function* toChunks(
  plan: AnswerPlan,
  usageChunk: 'repeats-finish' | 'empty-choices',
): Generator<{ chunk: Record<string, unknown>; tokens: number }, void> {
  yield { chunk: chunk({ content: '', role: 'assistant' }, null), tokens: 0 };
  for (const step of plan.steps) yield { chunk: chunk(toDelta(step), null), tokens: step.tokens };
  const finish = chunk({ content: '', role: 'assistant' }, plan.finishReason);
  yield { chunk: finish, tokens: 0 };
  const choices = usageChunk === 'repeats-finish' ? finish['choices'] : [];
  yield { chunk: { ...finish, choices, usage: plan.usage }, tokens: 0 };

  function chunk(
    delta: Record<string, unknown>,
    finishReason: string | null,
  ): Record<string, unknown> {
    return {
      id: plan.id,
      object: 'chat.completion.chunk',
      created: plan.created,
      model: plan.model,
      provider: plan.provider,
      choices: [
        {
          index: 0,
          delta,
          finish_reason: finishReason,
          native_finish_reason: finishReason === null ? null : plan.nativeFinishReason,
          logprobs: null,
        },
      ],
    };
  }
}

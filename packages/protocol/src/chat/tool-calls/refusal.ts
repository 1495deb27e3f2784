import type { PartialCall } from './call.ts';

/** Why no call of an answer can be run. */
export interface ToolCallRefusal {
  readonly reason:
    | 'cut' // the answer or the arguments broke off
    | 'ambiguous' // pieces that could belong to two calls, or to none
    | 'nameless' // a call of nothing
    | 'malformed' // arguments that are no JSON
    | 'not_an_object' // arguments that are JSON of another kind
    | 'too_many'
    | 'too_large';
  /** The call at fault; `null` when it is all of them. */
  readonly callId: string | null;
  /** For a person and for the model; it quotes nothing but the name. */
  readonly message: string;
}

/** The refusal, in words. */
export function refusalOf(
  reason: ToolCallRefusal['reason'],
  call: Pick<PartialCall, 'callId' | 'name'> | null,
): ToolCallRefusal {
  const name = call?.name ?? null;
  const subject = name === null ? 'a tool call' : `the call of “${name}”`;
  return { reason, callId: call?.callId ?? null, message: `${wordsFor(reason, subject)} ${END}` };
}

const END = 'No tool was run.';

function wordsFor(reason: ToolCallRefusal['reason'], subject: string): string {
  switch (reason) {
    case 'cut':
      return `The answer broke off before ${subject} was complete.`;
    case 'ambiguous':
      return `The provider sent ${subject} in pieces that could belong to several calls.`;
    case 'nameless':
      return 'The provider sent a tool call without the name of a tool.';
    case 'malformed':
      return `The arguments of ${subject} are not valid JSON.`;
    case 'not_an_object':
      return `The arguments of ${subject} are not a JSON object.`;
    case 'too_many':
      return 'The answer has more tool calls than can be run.';
    case 'too_large':
      return 'The arguments of the tool calls are too long.';
    default:
      return reason satisfies never;
  }
}

import type { ChatEvent } from '../events.ts';
import { argumentsOf, isBare, isWhole, type PartialCall } from './call.ts';
import { refusalOf, type ToolCallRefusal } from './refusal.ts';
import { findRepeated, isHeadAgain } from './repetition.ts';

/** One call, as the model meant it. */
export interface AssembledCall {
  /** Unique in its answer; the provider's own where that one is. */
  readonly id: string;
  readonly name: string;
  /** JSON text as the model wrote it; `{}` where it wrote nothing. */
  readonly argumentsText: string;
  readonly arguments: Record<string, unknown>;
}

/** All calls of an answer, or why none of them is to be run. */
export interface ClosedCalls {
  /** In the order of appearance; empty with a refusal. */
  readonly calls: readonly AssembledCall[];
  readonly refusal: ToolCallRefusal | null;
}

type Finish = Pick<Extract<ChatEvent, { type: 'finish' }>, 'ending' | 'finishReason'>;

/** Judges the calls of an answer that has ended. */
export function closeCalls(calls: readonly PartialCall[], finish: Finish): ClosedCalls {
  if (calls.length === 0) return { calls: [], refusal: null };
  if (!isOwnEnding(finish)) return refused(refusalOf('cut', null));

  const closed: AssembledCall[] = [];
  for (const call of calls) {
    if (call.callId === null) {
      if (isNothingNew(calls, call)) continue;
      return refused(refusalOf(isBare(call) ? 'ambiguous' : 'cut', call));
    }
    if (isBare(call) && hasNamesake(calls, call)) return refused(refusalOf('ambiguous', call));
    const one = closeCall(call, call.callId);
    if ('reason' in one) return refused(one);
    closed.push(one);
  }
  return { calls: closed, refusal: null };
}

/**
 * Whether the model ended the answer itself. `length` beside the word `tool_calls` is no more than a
 * suspicion that arguments broke off, and these are about to be looked at.
 */
function isOwnEnding({ ending, finishReason }: Finish): boolean {
  return (
    ending === 'complete' ||
    ending === 'tool_calls' ||
    (ending === 'length' && finishReason === 'tool_calls')
  );
}

function isNothingNew(calls: readonly PartialCall[], repetition: PartialCall): boolean {
  if (!isBare(repetition)) return false;
  return findRepeated(calls, repetition) === 'one' || isHeadAgain(calls, repetition);
}

/** Whether it may be the head of another call, which changed its index before the arguments came. */
function hasNamesake(calls: readonly PartialCall[], call: PartialCall): boolean {
  return calls.some(
    (other) =>
      other !== call &&
      other.callId !== null &&
      other.wireId !== null &&
      other.wireId === call.wireId &&
      other.name === call.name,
  );
}

function closeCall(call: PartialCall, id: string): AssembledCall | ToolCallRefusal {
  const { name, hasDropped, hasRepeated } = call;
  if (name === null) return refusalOf('nameless', call);
  if (!isBare(call) && call.json.progress === 'open') return refusalOf('cut', call);
  // Its provider sends pieces again: one that was added twice may have been meant once.
  if (hasDropped && hasRepeated) return refusalOf('ambiguous', call);

  const argumentsText = argumentsOf(call);
  let value: unknown;
  try {
    value = JSON.parse(argumentsText);
  } catch {
    return refusalOf('malformed', call);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refusalOf('not_an_object', call);
  }
  // JSON that is too deep to be read by all.
  if (!isBare(call) && !isWhole(call)) return refusalOf('malformed', call);
  return { id, name, argumentsText, arguments: value as Record<string, unknown> };
}

function refused(refusal: ToolCallRefusal): ClosedCalls {
  return { calls: [], refusal };
}

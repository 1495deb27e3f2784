import { argumentsOf, isBare, isWhole, type PartialCall, type ToolCallDelta } from './call.ts';
import { meansTheSame } from './json.ts';

/**
 * Whether a call that begins may be one that is whole already: some providers send all calls once
 * more at the end. A call under an id of its own, or at an index of its own, is none of them.
 */
export function mayRepeat(calls: readonly PartialCall[], delta: ToolCallDelta): boolean {
  const { id, index, name } = delta;
  const isOwnIndex = index !== null && calls.every((call) => call.index !== index);
  return calls.some((call) => {
    if (call.callId === null || !(isWhole(call) || isBare(call))) return false;
    if (name !== null && call.name?.startsWith(name) !== true) return false;
    if (!mayShareId(call.wireId, id)) return false;
    return (id !== null && call.wireId === id) || call.index === null || !isOwnIndex;
  });
}

/**
 * Looks for the call that another one repeats.
 *
 * @returns `'unclear'` when the same call is at another index: it may have been made twice.
 */
export function findRepeated(
  calls: readonly PartialCall[],
  repetition: PartialCall,
): 'one' | 'none' | 'unclear' {
  const { index, name, wireId } = repetition;
  const same = calls.filter(
    (call) =>
      call.callId !== null &&
      (name === null || call.name === name) &&
      mayShareId(call.wireId, wireId) &&
      meansTheSame(argumentsOf(call), argumentsOf(repetition)),
  );
  if (same.length === 0) return 'none';
  const isHere = same.some((call) => index === null || call.index === null || call.index === index);
  return isHere && name !== null ? 'one' : 'unclear';
}

/** Whether this is no more than the head of a call, by its id, that came with its arguments before. */
export function isHeadAgain(calls: readonly PartialCall[], repetition: PartialCall): boolean {
  const { index, name, wireId } = repetition;
  return calls.some(
    (call) =>
      call.callId !== null &&
      wireId !== null &&
      call.wireId === wireId &&
      call.name === name &&
      (index === null || call.index === null || call.index === index),
  );
}

function mayShareId(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

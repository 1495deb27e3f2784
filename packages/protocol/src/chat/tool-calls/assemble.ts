import type { RunEvent } from '../../run/events.ts';
import type { ChatEvent } from '../events.ts';
import { aCall, isWhole, type PartialCall, type ToolCallDelta } from './call.ts';
import { closeCalls, type ClosedCalls } from './close.ts';
import { beginsObject, isBlank } from './json.ts';
import { refusalOf, type ToolCallRefusal } from './refusal.ts';
import { findRepeated, mayRepeat } from './repetition.ts';
import { routeDelta, type Route } from './route.ts';
import { addText } from './text.ts';

/** What must be remembered between two pieces of the tool calls of one answer. */
export interface ToolCallsState {
  readonly idPrefix: string;
  readonly toolNames: ReadonlySet<string>;
  /** In the order of appearance. */
  readonly calls: readonly PartialCall[];
  /** Position of the call that the last piece went to; -1 when there is none. */
  readonly latest: number;
  /** Of ids, names and arguments, received. */
  readonly characters: number;
  /** Calls that may have come twice. */
  readonly repetitions: number;
  /** Set once the calls are past saving; the rest of them is not read. */
  readonly refusal: ToolCallRefusal | null;
}

/** What a reader sees of calls that are being written. */
export type ToolCallEvent = Extract<
  RunEvent,
  { type: 'tool-call-start' } | { type: 'tool-call-arguments' }
>;

type Step = [ToolCallsState, ToolCallEvent[]];

/** More parallel calls than any model makes. */
const MAX_CALLS = 128;
/** Of all calls of one answer; more than the longest answer of any model. */
const MAX_CHARACTERS = 1_000_000;

/**
 * Begins an answer.
 *
 * @param options.idPrefix - Begins the ids of calls that come without one; another for each answer of
 *   a conversation, in which ids must not repeat.
 * @param options.toolNames - The tools on offer; they tell a piece of a name from a name.
 */
export function openToolCalls(options: {
  idPrefix: string;
  toolNames: Iterable<string>;
}): ToolCallsState {
  return {
    idPrefix: options.idPrefix,
    toolNames: new Set(options.toolNames),
    calls: [],
    latest: -1,
    characters: 0,
    repetitions: 0,
    refusal: null,
  };
}

/**
 * Reads one piece of a call: the next state, and what a reader is shown. Pure.
 *
 * Providers leave out the index or the id, give one of them to two calls, change it in the middle,
 * and send pieces or whole calls again. What can be told apart is put together as the model meant
 * it; the rest is refused by {@link closeToolCalls}. One thing cannot be known: words inside of a
 * string that come twice in a row are taken for a text that repeats itself.
 */
export function reduceToolCalls(state: ToolCallsState, piece: ToolCallDelta): Step {
  if (state.refusal) return [state, []];
  const delta = { ...piece, id: piece.id || null, name: piece.name || null };
  const { id, name, argumentsText } = delta;
  const length = argumentsText.length + (id?.length ?? 0) + (name?.length ?? 0);
  const counted = { ...state, characters: state.characters + length };
  if (counted.characters > MAX_CHARACTERS) return refuse(counted, 'too_large');

  const route = routeDelta(state.calls, state.latest, delta, state.toolNames);
  switch (route.to) {
    case 'call':
      return goOn(counted, delta, route);
    case 'new-call':
      return begin(counted, delta, mayRepeat(state.calls, delta) ? 'maybe' : 'no');
    case 'repetition': {
      const repeated = state.calls[route.at];
      const head = { id: id ?? repeated?.wireId ?? null, name: repeated?.name ?? null };
      return begin(counted, { ...delta, ...head }, 'surely');
    }
    case 'nothing':
      return [counted, []];
    case 'refusal':
      return refuse(counted, 'ambiguous');
    default:
      return route satisfies never;
  }
}

/**
 * Ends an answer.
 *
 * @param finish - How it ended: the calls of an answer that broke off are not run.
 */
export function closeToolCalls(
  state: ToolCallsState,
  finish: Pick<Extract<ChatEvent, { type: 'finish' }>, 'ending' | 'finishReason'>,
): ClosedCalls {
  if (state.refusal) return { calls: [], refusal: state.refusal };
  return closeCalls(state.calls, finish);
}

function begin(
  state: ToolCallsState,
  { id, index, name, argumentsText }: ToolCallDelta,
  isRepetition: PartialCall['isRepetition'],
): Step {
  const repetitions = state.repetitions + (isRepetition === 'no' ? 0 : 1);
  if (state.calls.length >= MAX_CALLS || repetitions > MAX_CALLS) return refuse(state, 'too_many');

  const at = state.calls.length;
  const callId = isRepetition === 'no' ? freeId(state, id, at) : null;
  const call = aCall({ callId, wireId: id, index, name, isRepetition });
  return write({ ...state, repetitions }, at, call, argumentsText, true, false);
}

function goOn(
  state: ToolCallsState,
  { id, index, argumentsText }: ToolCallDelta,
  route: Extract<Route, { to: 'call' }>,
): Step {
  const before = state.calls[route.at];
  if (!before) return [state, []];
  if (before.isDoubtful && beginsObject(argumentsText)) return refuse(state, 'ambiguous');
  const call: PartialCall = {
    ...before,
    wireId: before.wireId ?? id,
    index: index ?? before.index,
    name: route.name ?? before.name,
    isDoubtful: route.isDoubtful ?? (before.isDoubtful && isBlank(argumentsText)),
    isGuess: before.isGuess || route.isGuess === true,
  };
  const isOnlyOpen = state.calls.every((other) => other === before || isWhole(other));
  return write(state, route.at, call, argumentsText, id !== null || isOnlyOpen, isShown(before));
}

/** Puts a call with its next piece in its place, and shows what can be shown. */
function write(
  state: ToolCallsState,
  at: number,
  before: PartialCall,
  piece: string,
  isSure: boolean,
  wasShown: boolean,
): Step {
  const { call, added } = addText(before, piece, isSure);
  if (call.callId === null && isWhole(call)) return settle(state, at, call);
  const next = { ...state, calls: put(state.calls, at, call), latest: at };
  return [next, show(call, added, wasShown)];
}

/** A call that may have been an earlier one again is whole, and shows which it is. */
function settle(state: ToolCallsState, at: number, call: PartialCall): Step {
  const repeated = findRepeated(state.calls, call);
  if (repeated === 'one') {
    const calls = state.calls.filter((_call, position) => position !== at);
    return [{ ...state, calls, latest: calls.length - 1 }, []];
  }
  if (repeated === 'unclear' || call.isRepetition === 'surely') return refuse(state, 'ambiguous');
  const own: PartialCall = { ...call, callId: freeId(state, call.wireId, at), isRepetition: 'no' };
  return [{ ...state, calls: put(state.calls, at, own), latest: at }, show(own, own.text, false)];
}

function show(call: PartialCall, added: string, wasShown: boolean): ToolCallEvent[] {
  const { callId, name, text } = call;
  if (callId === null || name === null) return [];
  const piece = wasShown ? added : text;
  const events: ToolCallEvent[] = [];
  if (!wasShown) events.push({ type: 'tool-call-start', callId, name });
  if (piece !== '') events.push({ type: 'tool-call-arguments', callId, text: piece });
  return events;
}

function isShown({ callId, name }: PartialCall): boolean {
  return callId !== null && name !== null;
}

/** The provider's own id, or one made from it, or from the prefix where there is none. */
function freeId({ calls, idPrefix }: ToolCallsState, id: string | null, at: number): string {
  const isTaken = (candidate: string) => calls.some(({ callId }) => callId === candidate);
  if (id !== null && !isTaken(id)) return id;
  const stem = id === null ? idPrefix : `${id}_`;
  let number = at;
  while (isTaken(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}

function put(calls: readonly PartialCall[], at: number, call: PartialCall): readonly PartialCall[] {
  return at < calls.length ? calls.with(at, call) : [...calls, call];
}

function refuse(state: ToolCallsState, reason: ToolCallRefusal['reason']): Step {
  return [{ ...state, refusal: refusalOf(reason, null) }, []];
}

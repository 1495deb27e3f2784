import { isBare, isWhole, type PartialCall, type ToolCallDelta } from './call.ts';
import { beginsObject, isBlank, readObjectText } from './json.ts';
import { joinName } from './name.ts';

/** What is to be done with a piece. */
export type Route =
  | {
      to: 'call';
      /** Its position. */
      at: number;
      /** Its name from now on; `null` = as before. */
      name: string | null;
      isDoubtful?: boolean;
      isGuess?: boolean;
    }
  | { to: 'new-call' }
  /** The call at this position is whole, and its arguments begin again. */
  | { to: 'repetition'; at: number }
  | { to: 'nothing' }
  /** It could belong to two calls, or to none. */
  | { to: 'refusal' };

interface Place {
  readonly at: number;
  readonly call: PartialCall;
}

const newCall: Route = { to: 'new-call' };
const nothing: Route = { to: 'nothing' };
const refusal: Route = { to: 'refusal' };

/**
 * Finds the call that a piece belongs to. An id is believed before a name, and a name before an
 * index. What could belong to two calls is refused: a wrong guess runs a call that nobody made.
 *
 * @param latest - Position of the call that the last piece went to; -1 when there is none.
 * @param toolNames - The tools on offer.
 */
export function routeDelta(
  calls: readonly PartialCall[],
  latest: number,
  delta: ToolCallDelta,
  toolNames: ReadonlySet<string>,
): Route {
  const places = calls.map((call, at) => ({ at, call }));
  const { id, name, argumentsText } = delta;
  if (id !== null)
    return refuseClaimed(routeById(places, latest, delta, id, toolNames), calls, delta);
  if (name !== null) {
    return refuseClaimed(routeByName(places, latest, delta, name, toolNames), calls, delta);
  }
  return argumentsText === '' ? nothing : routeByPlace(places, latest, delta);
}

/** A new call without an id or index of its own is none while an open one could be meant. */
function refuseClaimed(route: Route, calls: readonly PartialCall[], delta: ToolCallDelta): Route {
  const { id, index, name, argumentsText } = delta;
  if (route.to !== 'new-call' || name === null) return route;
  const isOwn =
    id === null
      ? index !== null && calls.every((call) => call.index !== index)
      : calls.every((call) => call.wireId !== id);
  const isClaimed = calls.some(
    (call) => !isWhole(call) && call.name?.startsWith(name) === true && takes(call, argumentsText),
  );
  return isClaimed && !isOwn ? refusal : route;
}

function routeById(
  places: readonly Place[],
  latest: number,
  delta: ToolCallDelta,
  id: string,
  toolNames: ReadonlySet<string>,
): Route {
  const { index, name, argumentsText } = delta;
  const namesakes = places.filter(({ call }) => call.wireId === id);
  if (namesakes.length === 0) return routeNewId(places, latest, delta, toolNames);

  const open = namesakes.filter(isOpen);
  const home = index === null ? undefined : namesakes.findLast(({ call }) => call.index === index);
  if (!home && open.length > 1) return refusal;
  const place = home ?? open[0] ?? namesakes.at(-1);
  if (!place) return newCall;
  const { at, call } = place;
  const joined = name === null ? null : joinName(call.name, name, true, toolNames);
  if (joined === 'unclear') return refusal;
  if (joined === 'other') return newCall;
  if (!isOpen(place)) return routeAfterEnd(place, delta, true);

  const route: Route = { to: 'call', at, name: joined?.name ?? null };
  const isElsewhere = index !== null && call.index !== null && call.index !== index;
  if (!isElsewhere || joined === null || joined.name !== call.name) return route;
  // Either the index changed, or this is another call of the same tool under the same id.
  return isContinuation(argumentsText) && !isBare(call) ? route : newCall;
}

/** An id that no call has: that of a new call, or the late one of a call that came without. */
function routeNewId(
  places: readonly Place[],
  latest: number,
  delta: ToolCallDelta,
  toolNames: ReadonlySet<string>,
): Route {
  const { index, name, argumentsText } = delta;
  const place = findByIndex(places, latest, index);
  if (!place) return newCall;
  const { at, call } = place;
  if (call.isGuess) return refusal;
  if (call.wireId !== null) return newCall;

  const joined = name === null ? null : joinName(call.name, name, false, toolNames);
  if (joined === 'unclear') return refusal;
  if (joined === 'other') return newCall;
  const route: Route = { to: 'call', at, name: joined?.name ?? null };
  if (!isOpen(place)) return isBlank(argumentsText) && name === null ? route : newCall;
  if (isBare(call)) return route;
  if (isContinuation(argumentsText) || (isBlank(argumentsText) && name === null)) return route;
  return takes(call, argumentsText) ? refusal : newCall;
}

function routeByName(
  places: readonly Place[],
  latest: number,
  delta: ToolCallDelta,
  name: string,
  toolNames: ReadonlySet<string>,
): Route {
  const { index, argumentsText } = delta;
  const place =
    index === null ? findByName(places, latest, delta) : findByIndex(places, latest, index);
  if (place === 'several') return refusal;
  if (!place) return newCall;
  const { at, call } = place;

  const joined = joinName(call.name, name, false, toolNames);
  if (joined === 'unclear' || (joined === 'other' && call.isGuess)) return refusal;
  if (joined === 'other') return newCall;
  const route: Route = { to: 'call', at, name: joined.name };
  if (!isOpen(place)) {
    // After arguments of nobody known, a name may as well begin the next call.
    const isLate = joined.name !== call.name && (call.name ?? call.wireId) !== null;
    return isLate && isBlank(argumentsText) ? route : newCall;
  }
  const hasRival = places.some(
    (other) => isOpen(other) && at !== other.at && isAt(other, index) && other.call.name === name,
  );
  if (hasRival) return refusal;
  if (isBare(call)) return route;
  if (isBlank(argumentsText)) return { ...route, isDoubtful: true };
  return isContinuation(argumentsText) ? route : newCall;
}

/** Arguments alone: for the call at their index, or for the only one that can go on with them. */
function routeByPlace(places: readonly Place[], latest: number, delta: ToolCallDelta): Route {
  const { index, argumentsText } = delta;
  const open = places.filter(isOpen);
  const home = findByIndex(places, latest, index);
  if (index !== null && home) {
    if (!isOpen(home)) return routeAfterEnd(home, delta, open.length === 0);
    const isAlone = open.every((other) => other === home || !isAt(other, index));
    return isAlone ? goOn(home) : refusal;
  }

  const takers = open.filter(({ call }) => takes(call, argumentsText));
  const [taker] = takers;
  if (takers.length > 1) return refusal;
  if (index === null) {
    if (taker) return goOn(taker);
    const [only] = open;
    // What an open call cannot go on with may be its text sent again.
    if (only) return open.length === 1 ? goOn(only) : refusal;
    return home ? routeAfterEnd(home, delta, true) : newCall;
  }
  if (!beginsObject(argumentsText)) {
    return taker && isContinuation(argumentsText) ? goOn(taker) : refusal;
  }
  // An object at an index of its own may be a call that has not told its name yet.
  if (!taker) return newCall;
  return isBare(taker.call) ? { ...goOn(taker), isGuess: true } : refusal;
}

/** A piece for a call whose arguments are whole: all of it again, its last piece, or nonsense. */
function routeAfterEnd({ at, call }: Place, delta: ToolCallDelta, isSure: boolean): Route {
  const { name, argumentsText } = delta;
  if (name !== null) return newCall;
  if (isBlank(argumentsText)) return nothing;
  if (!isSure) return refusal;
  if (beginsObject(argumentsText)) return { to: 'repetition', at };
  return argumentsText === call.lastPiece ? goOn({ at, call }) : refusal;
}

/** Without an index, the call that the last piece went to. */
function findByIndex(
  places: readonly Place[],
  latest: number,
  index: number | null,
): Place | undefined {
  return index === null ? places[latest] : places.findLast((place) => isAt(place, index));
}

function isAt({ call }: Place, index: number | null): boolean {
  return index !== null && call.index === index;
}

/** Without an index, an open call of that name comes before the latest call. */
function findByName(
  places: readonly Place[],
  latest: number,
  { name, argumentsText }: ToolCallDelta,
): Place | 'several' | undefined {
  const open = places.filter((place) => isOpen(place) && place.call.name === name);
  const takers = open.filter(({ call }) => takes(call, argumentsText));
  if (takers.length > 1) return 'several';
  return takers[0] ?? open.at(-1) ?? places[latest];
}

function goOn({ at }: Place): Extract<Route, { to: 'call' }> {
  return { to: 'call', at, name: null };
}

function isOpen({ call }: Place): boolean {
  return !isWhole(call);
}

/** Whether text can only go on with arguments, and begin none. */
function isContinuation(text: string): boolean {
  return !isBlank(text) && !beginsObject(text);
}

/** Whether the arguments can go on with this text. */
function takes({ json }: PartialCall, text: string): boolean {
  return readObjectText(json, text).progress !== 'invalid';
}

/** A call that a model asks for. */
export interface NamedCall {
  name: string;
  arguments: Readonly<Record<string, unknown>>;
}

/** The calls of a run so far, as far as they matter: the last one, and how often it came in a row. */
export interface Repetition {
  readonly last: string | null;
  readonly times: number;
}

export const noRepetition: Repetition = { last: null, times: 0 };

/** The same call as often as this in a row is a loop, and not a second look. */
export const MAX_REPETITIONS = 3;

/** Counts one more call. Pure. The order of keys and the way numbers are written make no difference. */
export function countCall({ last, times }: Repetition, call: NamedCall): Repetition {
  const key = JSON.stringify([call.name, canonical(call.arguments)]);
  return key === last ? { last, times: times + 1 } : { last: key, times: 1 };
}

/** The same value with the keys of every object in one order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, field]) => [key, canonical(field)]));
}

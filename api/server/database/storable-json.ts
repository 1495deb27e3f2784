/** Escapes of a JSON text, whole; what `JSON.stringify` escapes by number is a control character or half a pair. */
const ESCAPE = /\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g;

/**
 * The value as the database gives it back, with U+FFFD for NUL and for halves of surrogate pairs: a
 * `json` column keeps both, but PostgreSQL cannot look into a value that holds one.
 */
export function storableJson<T>(value: T): T {
  const text = JSON.stringify(value).replace(ESCAPE, (escape, what: string) =>
    what.length > 1 ? '\uFFFD' : escape,
  );
  return JSON.parse(text) as T;
}

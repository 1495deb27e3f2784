/**
 * The `code` of an error of Node or of a database, such as `ENOENT`; `null` when it has none. Does
 * not ask for the class: errors from another context (a worker, a test) are none of our `Error`s.
 */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

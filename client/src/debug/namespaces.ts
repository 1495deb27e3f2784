/** What can be watched: requests to the server, and what arrives in streams. */
export type DebugNamespace = 'openrouter:http' | 'openrouter:stream';

/**
 * Whether a namespace is asked for, in the notation of the package `debug`: names with `*`, separated
 * by commas or spaces, a leading `-` excludes.
 *
 * @param patterns - `localStorage.debug`; `null` when it is not set.
 */
export function isWatched(namespace: DebugNamespace, patterns: string | null): boolean {
  const all = (patterns ?? '').split(/[\s,]+/).filter(Boolean);
  const matches = (pattern: string) => isMatch(namespace, pattern);
  return (
    all.some(matches) &&
    !all.some((pattern) => pattern.startsWith('-') && matches(pattern.slice(1)))
  );
}

function isMatch(namespace: string, pattern: string): boolean {
  const pieces = pattern.split('*').map((piece) => piece.replaceAll(/[^\w:]/g, String.raw`\$&`));
  return new RegExp(`^${pieces.join('.*')}$`).test(namespace);
}

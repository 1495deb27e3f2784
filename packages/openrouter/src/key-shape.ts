/** What can be said about a key by looking at it, without asking OpenRouter. */
export interface KeyShape {
  /** Why this cannot be a key, as the end of a sentence such as "it contains a space"; or `null`. */
  problem: string | null;
  /** Why this looks like a mistake, though it may be a key; same form. */
  doubt: string | null;
}

const PREFIX = 'sk-or-';
const USUAL_PREFIX = 'sk-or-v1-';
const USUAL_LENGTH = 73; // "sk-or-v1-" and 64 hexadecimal digits, as every key seen so far

/**
 * Looks at the form of an OpenRouter key. Never repeats any part of it.
 *
 * @param key - As it would be sent; the caller has already trimmed it.
 * @see https://openrouter.ai/docs/api-reference/authentication
 */
export function checkKeyShape(key: string): KeyShape {
  const problem = problemOf(key);
  return { problem, doubt: problem === null ? doubtOf(key) : null };
}

function problemOf(key: string): string | null {
  if (key === '') return 'it is empty';
  if (/\s/.test(key)) return 'it contains a space or a line break';
  if (/["'`]/.test(key)) return 'it contains a quotation mark';
  // Anything else would not survive as an HTTP header.
  if (!/^[\x21-\x7e]+$/.test(key)) return 'it contains characters that no key has';
  if (!key.startsWith(PREFIX)) return `it does not start with ${PREFIX}`;
  if (key === PREFIX || key === USUAL_PREFIX) return 'nothing follows its prefix';
  return null;
}

function doubtOf(key: string): string | null {
  if (key.startsWith(USUAL_PREFIX) && /^0+$/.test(key.slice(USUAL_PREFIX.length))) {
    return 'it is the placeholder from the documentation';
  }
  if (key.length !== USUAL_LENGTH) {
    return `it has ${key.length} characters where keys usually have ${USUAL_LENGTH}`;
  }
  return null;
}

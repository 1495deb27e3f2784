const PREFIX = 'sk-or-v1-';
const SHOWN = 4; // characters at the end, as on OpenRouter's own list of keys
const MIN_HIDDEN = 16; // so that what is hidden cannot be guessed

/**
 * A key as it may be shown: its prefix and its last four characters. Anything that does not look like
 * a key is not shown at all.
 */
export function maskKey(key: string): string {
  const isLong = key.length >= PREFIX.length + MIN_HIDDEN + SHOWN;
  return key.startsWith(PREFIX) && isLong ? `${PREFIX}…${key.slice(-SHOWN)}` : '(not shown)';
}

/**
 * What is secret in a value: each item of a list, and of an address its password alone, because the
 * rest of it is to be told.
 */
export function secretsIn(value: string): string[] {
  const password = URL.parse(value)?.password;
  if (password !== undefined)
    return password === '' ? [] : [password, decodeURIComponent(password)];
  return value.split(/[\s,]+/).filter((item) => item !== 'user_provided');
}

/** How many characters of a secret in a row give it away. The four that are shown do not. */
const TELLING = SHOWN + 1;
const MIN_SECRET = 8; // Shorter ones, such as "test", would only garble the report.

/**
 * Takes secrets out of a text by value: whole, or in any piece longer than what is shown of a key. A
 * server or a proxy may repeat a part of what it was sent.
 */
export function createSecretFilter(secrets: readonly string[]): (text: string) => string {
  const pieces = new Set(secrets.filter(({ length }) => length >= MIN_SECRET).flatMap(piecesOf));
  return function hideSecrets(text) {
    const hidden = new Set<number>();
    for (let at = 0; at + TELLING <= text.length; at += 1) {
      if (!pieces.has(text.slice(at, at + TELLING))) continue;
      for (let offset = 0; offset < TELLING; offset += 1) hidden.add(at + offset);
    }
    if (hidden.size === 0) return text;
    return text
      .split('')
      .map((character, at) => (hidden.has(at) ? '\0' : character))
      .join('')
      .replaceAll(/\0+/g, '[redacted]');
  };
}

function piecesOf(secret: string): string[] {
  if (/^sk-or-v1-0+$/.test(secret)) return []; // The placeholder of the documentation; amounts have zeros too.
  const body = secret.replace(/^.*?sk-or-(v\d+-)?/, '');
  const count = Math.max(0, body.length - TELLING + 1);
  return Array.from({ length: count }, (_, at) => body.slice(at, at + TELLING));
}

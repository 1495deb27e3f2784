import { scrubText } from '@openrouter-native/openrouter';

const REDACTED = '[redacted]';
const MIN_SECRET_CHARACTERS = 6; // Replacing "test" everywhere would only garble the log.
const MAX_DEPTH = 6;

/** Takes credentials out of what is about to be written. */
export interface Scrub {
  /** By shape: keys, bearer tokens, passwords in addresses. */
  text(text: string): string;
  /** The same for every text in a value; errors and functions do not survive. */
  value(value: unknown): unknown;
  /** By value: the server's own secrets, in a line that is ready to be written. */
  line(line: string): string;
}

/** @param secretValues - The server's own secrets. Very short ones are left alone. */
export function createScrubber(secretValues: readonly string[]): Scrub {
  const secrets = [...new Set(secretValues.flatMap(spellings))]
    .filter((secret) => secret.length >= MIN_SECRET_CHARACTERS)
    .toSorted((one, other) => other.length - one.length); // A secret may be part of a longer one.

  const line = (text: string) =>
    secrets.reduce((result, secret) => result.replaceAll(secret, REDACTED), text);
  return { text: (text) => line(scrubText(text)), value: scrubValue, line };
}

/** As it is, as it looks inside JSON, and the password of an address by itself. */
function spellings(secret: string): string[] {
  const password = URL.parse(secret)?.password ?? '';
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    ...(password === '' ? [] : [password, decode(password)]),
  ];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function scrubValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, scrubValue(item, depth + 1)]),
  );
}

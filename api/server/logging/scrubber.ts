import { scrubText } from '@openrouter-native/openrouter';

const REDACTED = '[redacted]';
const MIN_SECRET_CHARACTERS = 6; // Replacing "test" everywhere would only garble the log.
const MAX_DEPTH = 6;

/** Names of fields that hold credentials. */
const SECRET_FIELDS = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'confirm_password',
  'token',
  'refreshToken',
  'apiKey',
  'api_key',
  'key',
]);

/** Takes credentials out of what is about to be written. */
export interface Scrub {
  /** By shape: keys, bearer tokens, passwords in addresses. */
  text(text: string): string;
  /** The same for every text in them, and by name, wherever it turns up; errors and functions do not survive. */
  fields(fields: Record<string, unknown>): Record<string, unknown>;
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
  return { text: (text) => line(scrubText(text)), fields: scrubFields, line };
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

function scrubFields(fields: object, depth = 0): Record<string, unknown> {
  const scrubbed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    scrubbed[name] = SECRET_FIELDS.has(name) ? REDACTED : scrubValue(value, depth);
  }
  return scrubbed;
}

function scrubValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, depth + 1));
  return scrubFields(value, depth + 1);
}

const MAX_TEXT = 2_000; // characters; an upstream's raw body can be a whole HTML page
const MAX_READ = 2 * MAX_TEXT; // what is never shown need not be searched for secrets
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;
const MAX_TOTAL = 16_000; // characters of all texts within one value

const REDACTED = '[redacted]';

/** Anything shaped like a credential. Only ever run over {@link MAX_READ} characters. */
const SECRETS: readonly [pattern: RegExp, replacement: string][] = [
  [/sk-or-v\d+-[\w-]+/gi, REDACTED], // also when a word runs into it
  [/\b(?:sk|pk|rk|csk|xai|nvapi|pplx|orn)-[\w-]{8,}/gi, REDACTED],
  [/\b(?:gsk|hf|gh[opsu]|r8|fw|tgp)_\w{8,}/gi, REDACTED],
  [/\bAIza[\w-]{20,}/g, REDACTED],
  [/\bAKIA[A-Z0-9]{12,}/g, REDACTED],
  [/\b[0-9a-f]{48,}/gi, REDACTED], // what follows the prefix of a key
  [/\bBearer\s+[^\s"',;]+/gi, REDACTED],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, REDACTED], // JSON web token
  [/(?<=:\/\/)[^\s/@]+(?=@)/g, REDACTED], // user and password of a URL
  [
    /\b(api[ _-]?key(?: provided)?|access[_-]?token|secret|password)("?\s*[:=]\s*"?)[^\s"',;&}]{6,}/gi,
    `$1$2${REDACTED}`,
  ],
];

/** Whether any of them may be there. Nearly every text of a log has none, and one look is cheap. */
const ANY_SECRET = new RegExp(SECRETS.map(([{ source }]) => source).join('|'), 'i');

/** Parts of an upstream error that repeat what the user wrote, or say whose account it is. */
const PRIVATE_FIELDS = new Set([
  'flagged_input',
  'messages',
  'prompt',
  'input',
  'content',
  'contents',
  'file_annotations',
  'request',
  'request_body',
  'body',
  'echo_upstream_body',
  'user',
  'user_id',
  'authorization',
  'cookie',
  'api_key',
]);

/** Replaces credentials in a text by `[redacted]`, and cuts it to 2,000 characters. */
export function scrubText(text: string): string {
  const read = text.length > MAX_READ ? withoutLastWord(text.slice(0, MAX_READ)) : text;
  const clean = ANY_SECRET.test(read) ? withoutSecrets(read) : read;
  const isWhole = read.length === text.length && clean.length <= MAX_TEXT;
  return isWhole ? clean : `${clean.slice(0, MAX_TEXT)}…`;
}

/**
 * The same for any JSON value: bounded in depth and size, and without fields that repeat the prompt
 * or name the account.
 */
export function scrubValue(value: unknown): unknown {
  let left = MAX_TOTAL;

  function scrub(item: unknown, depth: number): unknown {
    if (typeof item === 'string') return take(item);
    if (typeof item !== 'object' || item === null) return item;
    if (depth >= MAX_DEPTH || left <= 0) return '…';
    if (Array.isArray(item)) return item.slice(0, MAX_ITEMS).map((one) => scrub(one, depth + 1));
    return Object.fromEntries(
      Object.entries(item)
        .filter(([name]) => !PRIVATE_FIELDS.has(name.toLowerCase()))
        .slice(0, MAX_ITEMS)
        .map(([name, one]) => [take(name), scrub(one, depth + 1)]),
    );
  }

  function take(text: string): string {
    if (left <= 0) return '…';
    const clean = scrubText(text);
    left -= clean.length;
    return clean;
  }

  return scrub(value, 0);
}

function withoutSecrets(text: string): string {
  return SECRETS.reduce(
    (result, [secret, replacement]) => result.replace(secret, replacement),
    text,
  );
}

/** Half a secret no longer looks like one, so a cut never ends inside a word. */
function withoutLastWord(text: string): string {
  let end = text.length;
  while (end > 0 && /[^\s"'<>(){}[\],;]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

const MAX_TEXT = 2_000; // characters; an upstream's raw body can be a whole HTML page
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;

/** Anything shaped like a credential: provider keys, bearer tokens, JSON web tokens, URL passwords. */
const SECRETS = [
  /\b(sk|pk|rk|or|key)-[A-Za-z0-9_-]{8,}/g,
  /\bBearer\s+[^\s"',;]+/gi,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g,
  /\bAIza[A-Za-z0-9_-]{20,}/g,
  /(?<=:\/\/)[^\s/@:]+:[^\s/@]+(?=@)/g,
];

/** Parts of an upstream error that repeat what the user wrote, or say whose account it is. */
const PRIVATE_FIELDS = new Set(['flagged_input', 'user_id', 'authorization', 'api_key']);

/** Replaces credentials in a text by `[redacted]`, and cuts it to 2,000 characters. */
export function scrubText(text: string): string {
  const clean = SECRETS.reduce((result, secret) => result.replace(secret, '[redacted]'), text);
  return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT)}…` : clean;
}

/** The same for any JSON value: bounded in depth and size, without fields that repeat the prompt. */
export function scrubValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ITEMS).map((item) => scrubValue(item, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !PRIVATE_FIELDS.has(key.toLowerCase()))
      .slice(0, MAX_ITEMS)
      .map(([key, item]) => [scrubText(key), scrubValue(item, depth + 1)]),
  );
}

import { left, moved, needless, readValue, type FieldReader, type Finding } from './finding.ts';

/** `apiKey`: a key, `${NAME}`, or `user_provided`. */
export const readApiKey: FieldReader = (value, field) => {
  const key = readValue(value);
  if (key) return [moved(field, 'OPENROUTER_API_KEY', key)];
  return [left(field, 'It is no key and no ${NAME}; set OPENROUTER_API_KEY yourself.')];
};

/** `baseURL`: OpenRouter's own is the default, anything else is a gateway in between. */
export const readBaseUrl: FieldReader = (value, field) => {
  const address = readValue(value);
  if (!address) return [left(field, 'It is no address and no ${NAME}.')];
  if ('variable' in address) return [moved(field, 'OPENROUTER_BASE_URL', address)];
  if (address.text === 'user_provided') {
    return [left(field, 'Users bring keys here, not addresses.')];
  }
  const text = address.text.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  if (/^https:\/\/openrouter\.ai\/api\/v1$/i.test(text)) {
    return [needless(field, 'OpenRouter’s own address is the default.')];
  }
  return [moved(field, 'OPENROUTER_BASE_URL', { text })];
};

/** `headers`: those that tell OpenRouter whose app it is. */
export const readHeaders: FieldReader = (value, field) =>
  Object.entries(mapOf(value)).map(([name, text]) => readHeader(`${field}.${name}`, name, text));

const TARGETS = {
  'http-referer': 'OPENROUTER_SITE_URL',
  referer: 'OPENROUTER_SITE_URL',
  'x-title': 'OPENROUTER_SITE_NAME',
  'x-openrouter-title': 'OPENROUTER_SITE_NAME',
} as const;

function readHeader(field: string, name: string, value: unknown): Finding {
  const lower = name.toLowerCase();
  const target = Object.hasOwn(TARGETS, lower) ? TARGETS[lower as keyof typeof TARGETS] : undefined;
  if (target) {
    const text = readValue(value);
    return text ? moved(field, target, text) : left(field, `Its value is no text; see ${target}.`);
  }
  if (lower === 'content-type' || lower === 'accept') return needless(field, 'It is always sent.');
  return left(field, 'Headers of one’s own are not sent to OpenRouter.');
}

function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

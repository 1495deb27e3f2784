import { checkKeyShape, unwrapKey } from '@openrouter-native/openrouter';
import { RequestError } from '@openrouter-native/plugin';
import { z } from 'zod';

const MAX_VALUE_CHARACTERS = 2_000; // A key has 73; LibreChat's clients wrap it in some JSON.
const MAX_KEY_CHARACTERS = 512; // Sent as a header with every call.

/** `PUT /api/keys`, as LibreChat's clients send it. Times are ISO 8601; empty and `null` are never. */
export const storeKeySchema = z.object({
  name: z.string('must be a text'),
  value: z.string('must be a text').max(MAX_VALUE_CHARACTERS, 'is too long to be a key'),
  expiresAt: z
    .union([z.literal(''), z.iso.datetime({ offset: true })], 'must be a date and time, or null')
    .nullish()
    .transform((time) => (time ? new Date(time) : null)),
});

/** The other form of `value`: what LibreChat's forms for a key, and maybe an address, make. */
const wrappedSchema = z.object({ apiKey: z.string(), baseURL: z.string().nullish() });

/**
 * The key in what somebody submitted: the text itself or the `apiKey` of a JSON object, without the
 * quotation marks and spaces that copying put around it.
 *
 * @throws RequestError that says what is wrong, and repeats nothing of it.
 */
export function readSubmittedKey(value: string): string {
  const wrapped = wrappedSchema.safeParse(parseObject(value));
  if (wrapped.success && wrapped.data.baseURL) {
    // Sent to an address other than the chosen one, a key would be given to the wrong people.
    throw new RequestError('invalid_request', 'The address of the API cannot be chosen here.', {
      action: 'Leave baseURL out.',
    });
  }
  const key = unwrapKey(wrapped.success ? wrapped.data.apiKey : value);
  const problem =
    key.length > MAX_KEY_CHARACTERS
      ? `it has more than ${MAX_KEY_CHARACTERS} characters`
      : checkKeyShape(key).problem;
  if (problem === null) return key;
  throw new RequestError('key_malformed', `This is not an OpenRouter key: ${problem}.`, {
    status: 400,
    action: 'Copy the key from https://openrouter.ai/settings/keys and try again.',
  });
}

function parseObject(value: string): unknown {
  if (!value.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

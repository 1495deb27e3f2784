import { z } from 'zod';

/**
 * Kinds of values in the environment. An error text is the rest of a sentence that starts with the
 * variable's name, and never repeats the value. The description says what is accepted, for the page
 * about the configuration.
 */

const LONGEST_TIMER_MS = 2 ** 31 - 1; // Node fires a longer timer at once.

/** Text that passes a test. */
export function text(isValid: (value: string) => boolean, error: string) {
  return z.string().refine(isValid, { error });
}

/** A decimal number without sign, fraction or exponent, as a number. */
export function wholeNumber(minimum: number, maximum: number) {
  const error = `is not a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,10}$/, { error })
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, { error })
    .describe(`a whole number, ${minimum} to ${maximum}`);
}

/** A time that a timer can wait for. */
export function milliseconds(minimum = 0) {
  return wholeNumber(minimum, LONGEST_TIMER_MS).describe(
    minimum === 0 ? 'milliseconds' : `milliseconds, ${minimum} or more`,
  );
}

/** A time, or `false` for never. */
export function millisecondsOrFalse(minimum: number) {
  const time = milliseconds(minimum);
  return z
    .string()
    .transform((value, context) => {
      if (value === 'false') return false as const;
      const parsed = time.safeParse(value);
      if (parsed.success) return parsed.data;
      const message = `is neither false nor a whole number from ${minimum} to ${LONGEST_TIMER_MS}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .describe(`milliseconds, ${minimum} or more, or \`false\``);
}

/** `true` or `false`, in any case. */
export function flag() {
  return z
    .stringbool({ truthy: ['true'], falsy: ['false'], error: 'is neither true nor false' })
    .describe('`true` or `false`');
}

/** An http or https address without credentials, and without slashes at its end. */
export function webAddress() {
  return text((value) => {
    const url = URL.parse(value);
    return url !== null && /^https?:$/.test(url.protocol) && url.username === '';
  }, 'is not an http:// or https:// address')
    .transform((value) => value.replace(/\/+$/, ''))
    .describe('an address: `http://` or `https://`');
}

/** An address with one of these schemes; it may hold a password. */
export function serviceAddress(...schemes: string[]) {
  return text(
    (value) => schemes.includes(URL.parse(value)?.protocol.slice(0, -1) ?? ''),
    `does not start with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  ).describe(`an address: ${schemes.map((scheme) => `\`${scheme}://\``).join(' or ')}`);
}

/** Values between commas, trimmed, without empty ones. */
export function commaList(isValid: (item: string) => boolean, error: string) {
  return z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )
    .refine((items) => items.every(isValid), { error });
}

/** True for scheme, host and port with nothing after them, as browsers send in `Origin`. */
export function isOrigin(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === value;
}

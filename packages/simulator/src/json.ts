import { invalidField } from './invalid.ts';

/** A JSON object that nothing is known about yet. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Readers of optional fields: absent and `null` are the same, anything of the wrong kind is a 400
 * that names the field.
 */
export const read = {
  object: (body: JsonObject, field: string) => check(body, field, isObject, 'an object'),
  array: (body: JsonObject, field: string) => check(body, field, isArray, 'an array'),
  text: (body: JsonObject, field: string) => check(body, field, isText, 'a string'),
  flag: (body: JsonObject, field: string) => check(body, field, isFlag, 'true or false'),
  texts: (body: JsonObject, field: string) => check(body, field, isTexts, 'an array of strings'),

  /** A finite number from `low` to `high`, both included. */
  number(body: JsonObject, field: string, low = -Infinity, high = Infinity): number | null {
    const value = check(body, field, isNumber, 'a number');
    if (value !== null && (value < low || value > high)) {
      throw invalidField(field, `must be from ${low} to ${high}`);
    }
    return value;
  },

  integer(body: JsonObject, field: string, low = -Infinity, high = Infinity): number | null {
    const value = read.number(body, field, low, high);
    if (value !== null && !Number.isInteger(value)) {
      throw invalidField(field, 'must be a whole number');
    }
    return value;
  },

  choice<T extends string>(body: JsonObject, field: string, choices: readonly T[]): T | null {
    const value = read.text(body, field);
    if (value === null) return null;
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw invalidField(field, `must be one of ${choices.join(', ')}`);
    return found;
  },
};

function check<T>(
  body: JsonObject,
  field: string,
  isRight: (value: unknown) => value is T,
  kind: string,
): T | null {
  const value = body[field];
  if (value === undefined || value === null) return null;
  if (!isRight(value)) throw invalidField(field, `must be ${kind}`);
  return value;
}

const isArray = (value: unknown): value is unknown[] => Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
const isTexts = (value: unknown): value is string[] => isArray(value) && value.every(isText);

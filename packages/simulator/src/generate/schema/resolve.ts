import { invalidField } from '../../invalid.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { Random } from '../seed.ts';

/** A chain of references longer than this goes in circles. */
const MAX_STEPS = 20;

/**
 * A schema without references and combinators: `$ref` followed, `allOf` merged, one branch of
 * `anyOf` and `oneOf` chosen.
 *
 * @param isSparse - Choose the branch that ends soonest: `null`, or the one with the least in it.
 * @throws ApiError 400 for a `$ref` that is malformed.
 */
export function resolveSchema(
  schema: unknown,
  root: unknown,
  random: Random,
  isSparse: boolean,
): JsonObject {
  let current = isObject(schema) ? schema : {};
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const { $ref, allOf, anyOf, oneOf, ...rest } = current;
    const branches = [anyOf, oneOf].filter(isBranches);
    if (typeof $ref === 'string')
      current = mergeSchemas(lookUp($ref, root), { ...rest, ...keep({ allOf, anyOf, oneOf }) });
    else if (Array.isArray(allOf)) {
      current = mergeSchemas(...allOf.filter(isObject), { ...rest, ...keep({ anyOf, oneOf }) });
    } else if (branches.length > 0) {
      current = mergeSchemas(
        rest,
        ...branches.map((choices) => chooseBranch(choices, random, isSparse)),
      );
    } else return current;
  }
  return current;
}

function chooseBranch(
  choices: readonly JsonObject[],
  random: Random,
  isSparse: boolean,
): JsonObject {
  if (isSparse) {
    return (
      choices.find(isNull) ??
      choices.toSorted((one, other) => needs(one) - needs(other) || size(one) - size(other))[0] ??
      {}
    );
  }
  const telling = choices.filter((choice) => !isNull(choice));
  return random.pick(telling.length > 0 ? telling : choices);
}

function isNull(choice: JsonObject): boolean {
  return choice['type'] === 'null' || choice['const'] === null;
}

function size(choice: JsonObject): number {
  return JSON.stringify(choice).length;
}

/** A branch that refers elsewhere may recurse; one with required parts goes deeper. */
function needs(choice: JsonObject): number {
  if (typeof choice['$ref'] === 'string') return 2;
  return Array.isArray(choice['required']) && choice['required'].length > 0 ? 1 : 0;
}

/** Later schemas win, except that their properties and required names add up. */
function mergeSchemas(...schemas: readonly JsonObject[]): JsonObject {
  return schemas.reduce<JsonObject>((merged, schema) => {
    const properties = {
      ...(isObject(merged['properties']) && merged['properties']),
      ...(isObject(schema['properties']) && schema['properties']),
    };
    const required = [...names(merged), ...names(schema)];
    return {
      ...merged,
      ...schema,
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required }),
    };
  }, {});
}

function names(schema: JsonObject): string[] {
  return Array.isArray(schema['required']) ? schema['required'].map(String) : [];
}

/**
 * Follows a JSON Pointer inside the document, such as `#/$defs/node`.
 *
 * @throws ApiError 400 when it is not written like one.
 */
function lookUp(reference: string, root: unknown): JsonObject {
  if (!reference.startsWith('#')) return {};
  let found: unknown = root;
  for (const part of reference.slice(1).split('/').filter(Boolean)) {
    const key = decode(part).replaceAll('~1', '/').replaceAll('~0', '~');
    const isThere = (isObject(found) || Array.isArray(found)) && Object.hasOwn(found, key);
    found = isThere ? (found as JsonObject)[key] : undefined;
  }
  return isObject(found) ? found : {};
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalidField('$ref', `${JSON.stringify(part)} is not percent-encoded text`);
  }
}

function keep(schema: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

function isBranches(value: unknown): value is JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

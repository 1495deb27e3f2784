import { isObject, type JsonObject } from '../../json.ts';
import type { Question } from '../question.ts';
import type { Random } from '../seed.ts';
import { resolveSchema } from './resolve.ts';
import { generateText } from './text-value.ts';

/** From this depth on only what a schema demands is generated, so that recursive schemas end. */
const SPARSE_DEPTH = 5;
/** A schema may demand more than anybody wants to read. */
const MAX_ITEMS = 1000;
/** Numbers without bounds come from this many steps. */
const DEFAULT_SPAN = 100;
/** Beyond any schema that could be satisfied at all. */
const MAX_DEPTH = 40;
/** Each level may demand two of the next one: forty levels would never end. */
const MAX_VALUES = 50_000;

/**
 * A value that conforms to a JSON Schema and takes its content from the question where it can.
 * Understands types, `enum`, `const`, combinators, `$ref`, and the bounds of numbers, texts, arrays
 * and objects; conditions (`if`, `not`, `dependent…`) are not looked at.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
export function generateValue(schema: unknown, question: Question, random: Random): unknown {
  const root = schema;
  let generated = 0;

  function generate(part: unknown, name: string, depth: number): unknown {
    generated += 1;
    if (depth > MAX_DEPTH || generated > MAX_VALUES) return null;
    const isSparse = depth >= SPARSE_DEPTH;
    const resolved = resolveSchema(part, root, random, isSparse);
    if ('const' in resolved) return resolved['const'];
    if (Array.isArray(resolved['enum']) && resolved['enum'].length > 0)
      return pickEnum(resolved['enum'], question, random);
    switch (typeOf(resolved, isSparse)) {
      case 'null':
        return null;
      case 'boolean':
        return random.chance(0.5);
      case 'integer':
        return generateNumber(resolved, question, random, true);
      case 'number':
        return generateNumber(resolved, question, random, false);
      case 'array':
        return generateArray(resolved, name, depth, isSparse);
      case 'object':
        return generateObject(resolved, depth, isSparse);
      default:
        return generateText(resolved, name, question, random);
    }
  }

  function generateArray(
    array: JsonObject,
    name: string,
    depth: number,
    isSparse: boolean,
  ): unknown[] {
    const prefix = Array.isArray(array['prefixItems']) ? array['prefixItems'] : [];
    const low = Math.min(numberOf(array, 'minItems') ?? 0, MAX_ITEMS);
    const high = numberOf(array, 'maxItems') ?? Math.max(low, 4);
    const wanted = question.itemCount ?? random.between(2, 3);
    const count = isSparse ? low : Math.min(Math.max(wanted, low, prefix.length), high);
    const items: unknown[] = [];
    const seen = new Set<string>();
    // A few attempts more than items, for arrays whose items must differ.
    for (let attempt = 0; items.length < count && attempt < count * 4; attempt += 1) {
      const schemaOfItem = prefix[items.length] ?? array['items'] ?? {};
      const item = generate(schemaOfItem, name.replace(/s$/, ''), depth + 1);
      const text = JSON.stringify(item);
      if (array['uniqueItems'] === true && seen.has(text)) continue;
      seen.add(text);
      items.push(item);
    }
    return items;
  }

  function generateObject(object: JsonObject, depth: number, isSparse: boolean): JsonObject {
    const properties = isObject(object['properties']) ? object['properties'] : {};
    const required = Array.isArray(object['required']) ? object['required'].map(String) : [];
    const names = isSparse ? required : [...new Set([...Object.keys(properties), ...required])];
    const value: JsonObject = {};
    for (const name of names) value[name] = generate(properties[name] ?? {}, name, depth + 1);

    const { additionalProperties } = object;
    const low = Math.min(numberOf(object, 'minProperties') ?? 0, MAX_ITEMS);
    const isMap = isObject(additionalProperties) && names.length === 0 && !isSparse;
    const free = question.keywords.length > 0 ? question.keywords : ['entry'];
    for (let index = 0; Object.keys(value).length < Math.max(low, isMap ? 2 : 0); index += 1) {
      const name = free[index] ?? `entry${index + 1}`;
      value[name] ??= generate(
        isObject(additionalProperties) ? additionalProperties : {},
        name,
        depth + 1,
      );
    }
    return value;
  }

  return generate(schema, '', 0);
}

/** A choice that the question names comes before chance. */
function pickEnum(choices: readonly unknown[], { text }: Question, random: Random): unknown {
  const words = text.toLowerCase();
  const named = choices.find(
    (choice) => typeof choice === 'string' && choice !== '' && words.includes(choice.toLowerCase()),
  );
  return named ?? random.pick(choices);
}

function generateNumber(
  schema: JsonObject,
  { text }: Question,
  random: Random,
  isWhole: boolean,
): number {
  const step = numberOf(schema, 'multipleOf') ?? (isWhole ? 1 : 0.5);
  const above = numberOf(schema, 'exclusiveMinimum');
  const below = numberOf(schema, 'exclusiveMaximum');
  const upper = numberOf(schema, 'maximum') ?? below;
  const span = DEFAULT_SPAN * step;
  const low =
    numberOf(schema, 'minimum') ?? above ?? (upper !== null && upper <= 0 ? upper - span : 0);
  const high = upper ?? low + span;

  const fits = (value: number) =>
    value >= low &&
    value <= high &&
    value !== above &&
    value !== below &&
    Number.isInteger(roundTo(value / step));
  const said = (text.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number).find(fits);
  if (said !== undefined) return said;

  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  const start = first * step === above ? first + 1 : first;
  const end = last * step === below ? last - 1 : last;
  // Bounds closer together than a step leave no multiple; their middle is inside them.
  if (end < start) return isWhole ? Math.ceil(low) : (low + high) / 2;
  return roundTo(random.between(start, end) * step);
}

/** Drops the noise that multiplying by a fraction leaves. */
function roundTo(value: number): number {
  return Number(value.toPrecision(12));
}

function numberOf(schema: JsonObject, keyword: string): number | null {
  const value = schema[keyword];
  return typeof value === 'number' ? value : null;
}

function typeOf(schema: JsonObject, isSparse: boolean): string {
  const { type } = schema;
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) {
    if (isSparse && type.includes('null')) return 'null';
    return String(type.find((name) => name !== 'null') ?? 'null');
  }
  if ('properties' in schema || 'additionalProperties' in schema || 'required' in schema) {
    return 'object';
  }
  if ('items' in schema || 'prefixItems' in schema || 'minItems' in schema) return 'array';
  if ('minimum' in schema || 'maximum' in schema || 'multipleOf' in schema) return 'number';
  return 'string';
}

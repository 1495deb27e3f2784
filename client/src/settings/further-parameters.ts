import { isNothing, isObject, type ModelParameters } from './parameters.ts';
import { FILE_PARSER, WEB_SEARCH } from './web-search.ts';

/** Parameters with fields of their own in the form. */
export const OWN_PARAMETERS: ReadonlySet<string> = new Set([
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'top_a',
  'frequency_penalty',
  'presence_penalty',
  'repetition_penalty',
  'max_tokens',
  'max_completion_tokens',
  'seed',
  'stop',
  'verbosity',
  'parallel_tool_calls',
  'response_format',
  'models',
  'fallbacks',
  'allow_dearer_fallbacks',
]);
/** Parts of an object that have fields. */
export const OWN_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  reasoning: new Set(['effort', 'max_tokens', 'enabled', 'exclude']),
  provider: new Set([
    'order',
    'only',
    'ignore',
    'sort',
    'allow_fallbacks',
    'data_collection',
    'zdr',
    'quantizations',
    'max_price',
    'require_parameters',
  ]),
};
/** Entries of a list that have fields: what tells them apart, and its value. */
export const OWN_ENTRIES: Readonly<Record<string, readonly [field: string, value: string]>> = {
  tools: ['type', WEB_SEARCH],
  plugins: ['id', FILE_PARSER],
};

/** The parameters that no field shows, which are written as JSON. */
export function readFurther(parameters: ModelParameters): ModelParameters {
  return pick(parameters, false);
}

/**
 * Puts further parameters beside those that have fields.
 *
 * @param further - Without problems; see `findFurtherProblem`.
 */
export function writeFurther(
  parameters: ModelParameters,
  further: ModelParameters,
): ModelParameters {
  const merged: Record<string, unknown> = { ...pick(parameters, true) };
  for (const [name, value] of Object.entries(further)) {
    const own = merged[name];
    if (Array.isArray(own) && Array.isArray(value)) merged[name] = [...own, ...value];
    else if (isObject(own) && isObject(value)) merged[name] = { ...own, ...value };
    else merged[name] = value;
  }
  return merged;
}

/** Half of the parameters: those with fields, or the others. */
function pick(parameters: ModelParameters, isOwn: boolean): ModelParameters {
  const entries = Object.entries(parameters).flatMap(([name, value]): [string, unknown][] => {
    const inside = OWN_FIELDS[name];
    if (inside && isObject(value)) {
      const kept = Object.entries(value).filter(([key]) => inside.has(key) === isOwn);
      return isNothing(kept) ? [] : [[name, Object.fromEntries(kept)]];
    }
    const [field, own] = OWN_ENTRIES[name] ?? [];
    if (field !== undefined && Array.isArray(value)) {
      const kept = value.filter((entry) => (isObject(entry) && entry[field] === own) === isOwn);
      return kept.length === 0 ? [] : [[name, kept]];
    }
    return OWN_PARAMETERS.has(name) === isOwn ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}

import { chatRequestSchema } from '@openrouter-native/protocol';
import { isNothing, isObject, listAt, type ModelParameters } from './parameters.ts';
import { FILE_PARSER, WEB_SEARCH } from './web-search.ts';

/** What has fields of its own, by name. */
const OWN: ReadonlySet<string> = new Set([
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
/** What has them inside an object. */
const OWN_INSIDE: Readonly<Record<string, ReadonlySet<string>>> = {
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
/** And as entries of a list: the field that tells them apart, and its value. */
const OWN_ENTRIES: Readonly<Record<string, readonly [field: string, value: string]>> = {
  tools: ['type', WEB_SEARCH],
  plugins: ['id', FILE_PARSER],
};
/** Decided elsewhere, or never sent in a request; the server refuses or overrides them. */
const REFUSED: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'prompt',
  'stream',
  'stream_options',
  'n',
]);

const knownSchema = chatRequestSchema.omit({ model: true, messages: true, stream: true });

/** Why further parameters cannot be taken. `name` is a path such as `provider.order`. */
export interface FurtherProblem {
  why: 'refused' | 'own' | 'function' | 'wrong';
  name: string;
}

/** The parameters that no field shows, which are written as JSON. */
export function readFurther(parameters: ModelParameters): ModelParameters {
  return pick(parameters, false);
}

/**
 * Puts further parameters beside those that have fields.
 *
 * @param further - Without problems; see {@link findFurtherProblem}.
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

/** The first thing that keeps further parameters from being sent; `null` when nothing does. */
export function findFurtherProblem(further: ModelParameters): FurtherProblem | null {
  for (const name of Object.keys(further)) {
    if (REFUSED.has(name)) return { why: 'refused', name };
    if (OWN.has(name)) return { why: 'own', name };
    const inside = OWN_INSIDE[name];
    const value = further[name];
    if (inside && value !== undefined && !isObject(value)) return { why: 'wrong', name };
    const taken = inside && isObject(value) && Object.keys(value).find((key) => inside.has(key));
    if (taken) return { why: 'own', name: `${name}.${taken}` };
    const [field, own] = OWN_ENTRIES[name] ?? [];
    if (field !== undefined && listAt(further, name).some((entry) => entry[field] === own)) {
      return { why: 'own', name: `${name}: ${own}` };
    }
  }
  if (listAt(further, 'tools').some(({ type }) => type === 'function')) {
    return { why: 'function', name: 'tools' };
  }
  const checked = knownSchema.safeParse(further);
  if (checked.success) return null;
  return { why: 'wrong', name: checked.error.issues[0]?.path.join('.') ?? '' };
}

/** Half of the parameters: those with fields, or the others. */
function pick(parameters: ModelParameters, isOwn: boolean): ModelParameters {
  const entries = Object.entries(parameters).flatMap(([name, value]): [string, unknown][] => {
    const inside = OWN_INSIDE[name];
    if (inside && isObject(value)) {
      const kept = Object.entries(value).filter(([key]) => inside.has(key) === isOwn);
      return isNothing(kept) ? [] : [[name, Object.fromEntries(kept)]];
    }
    const [field, own] = OWN_ENTRIES[name] ?? [];
    if (field !== undefined && Array.isArray(value)) {
      const kept = value.filter((entry) => (isObject(entry) && entry[field] === own) === isOwn);
      return kept.length === 0 ? [] : [[name, kept]];
    }
    return OWN.has(name) === isOwn ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}

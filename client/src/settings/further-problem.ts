import { chatRequestSchema } from '@openrouter-native/protocol';
import { OWN_PARAMETERS, OWN_ENTRIES, OWN_FIELDS } from './further-parameters.ts';
import { isObject, listAt, type ModelParameters } from './parameters.ts';

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

/** The first thing that keeps further parameters from being sent; `null` when nothing does. */
export function findFurtherProblem(further: ModelParameters): FurtherProblem | null {
  for (const name of Object.keys(further)) {
    if (REFUSED.has(name)) return { why: 'refused', name };
    if (OWN_PARAMETERS.has(name)) return { why: 'own', name };
    const inside = OWN_FIELDS[name];
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

import { left, moved, needless, readValue, type FieldReader, type Value } from './finding.ts';

/** `models`: without `fetch` the list is all that users could choose from. */
export const readModels: FieldReader = (value, field) => {
  const { fetch, default: listed, ...others } = mapOf(value);
  const rest = Object.keys(others).map((name) =>
    left(`${field}.${name}`, 'There is no such setting here.'),
  );
  if (fetch === true) {
    const all = needless(`${field}.fetch`, 'The whole list is always read from OpenRouter.');
    if (listed === undefined) return [all, ...rest];
    const why = 'It stood in while the list could not be read; the last good list does so here.';
    return [all, needless(`${field}.default`, why), ...rest];
  }
  const ids = (Array.isArray(listed) ? listed : []).map(idOf);
  if (ids.length === 0) return rest;
  if (ids.includes(null)) return [left(`${field}.default`, 'It is no list of models.'), ...rest];
  const values = ids.filter((id) => id !== null);
  return [moved(`${field}.default`, 'OPENROUTER_MODELS', ...values), ...rest];
};

function idOf(model: unknown): Value | null {
  return readValue(typeof model === 'string' ? model : mapOf(model)['name']);
}

/** `titleModel`: what names conversations. */
export const readTitleModel: FieldReader = (value, field) => {
  const model = readValue(value);
  if (!model) return [left(field, 'It is no model; see OPENROUTER_TITLE_MODEL.')];
  if ('text' in model && model.text === 'current_model') {
    return [needless(field, 'The conversation’s own model is the default.')];
  }
  return [moved(field, 'OPENROUTER_TITLE_MODEL', model)];
};

/** `titleConvo`: whether conversations get names. */
export const readTitleConvo: FieldReader = (value, field) => [
  value === false
    ? left(field, 'Conversations always get a name; users can give them another.')
    : needless(field, 'Conversations always get a name.'),
];

function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

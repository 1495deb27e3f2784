import { left, moved, needless, readValue, type FieldReader, type Finding } from './finding.ts';

const AGENT = 'Set it in the agents that need it, or in the preset of a model spec';

/** `addParams`: what LibreChat added to every request. */
export const readAddParams: FieldReader = (value, field) => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, added]) => readAdded(`${field}.${name}`, name, added));
};

function readAdded(field: string, name: string, value: unknown): Finding {
  if (name === 'models') return readFallbacks(field, value);
  if (name === 'route' && value === 'fallback') {
    return needless(field, 'Fallbacks need no such word.');
  }
  if (name === 'include_reasoning' && value === true) {
    return needless(field, 'Reasoning that a model gives is always passed on.');
  }
  if (name === 'usage' || name === 'stream_options') {
    return needless(field, 'Usage and cost are always told.');
  }
  if (name === 'provider') return left(field, `${AGENT}: provider preferences.`);
  if (name === 'plugins' || name === 'web_search' || name === 'transforms') {
    return left(field, `${AGENT}: plugins.`);
  }
  return left(field, `${AGENT}.`);
}

function readFallbacks(field: string, value: unknown): Finding {
  const models = Array.isArray(value) ? value.map(readValue) : [];
  if (models.length === 0 || models.includes(null)) return left(field, 'It is no list of models.');
  return moved(field, 'OPENROUTER_FALLBACKS_DEFAULT', ...models.filter((model) => model !== null));
}

/** Left out by this server wherever a model does not know them. */
const FITTED = new Set([
  'temperature',
  'top_p',
  'topP',
  'top_k',
  'topK',
  'min_p',
  'top_a',
  'frequency_penalty',
  'frequencyPenalty',
  'presence_penalty',
  'presencePenalty',
  'repetition_penalty',
  'seed',
  'stop',
  'logit_bias',
  'logitBias',
  'logprobs',
  'top_logprobs',
  'verbosity',
  'parallel_tool_calls',
]);

/** `dropParams`: what LibreChat left out of every request. */
export const readDropParams: FieldReader = (value, field) => {
  const names = Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
  return names.map((name) => {
    const full = `${field}: ${name}`;
    if (name === 'user') return needless(full, 'OpenRouter is not told who asks.');
    if (FITTED.has(name)) {
      return needless(full, 'It is sent when somebody sets it and the model knows it, never else.');
    }
    return left(full, 'It is sent when somebody sets it.');
  });
};

/** `customParams`: which parameters the panel offers, and their defaults. */
export const readCustomParams: FieldReader = (value, field) => {
  const definitions = (value as { paramDefinitions?: unknown } | null)?.paramDefinitions;
  const defaults = Array.isArray(definitions) ? definitions : [];
  return [
    needless(`${field}.defaultParamsEndpoint`, 'The page offers what each model supports.'),
    ...defaults.map((definition: unknown) => {
      const key = (definition as { key?: unknown } | null)?.key;
      return left(
        `${field}.paramDefinitions: ${typeof key === 'string' ? key : '?'}`,
        'The page offers what each model supports. A default belongs into an agent or a preset.',
      );
    }),
  ];
};

import type { Model } from '@openrouter-native/protocol';

/** Parameters of a chat request by OpenRouter's names, as conversations, agents and presets keep them. */
export type ModelParameters = Readonly<Record<string, unknown>>;

/** Which numbers can be typed. */
export interface NumberRange {
  min: number | null;
  max: number | null;
  isWhole: boolean;
}

/** A number that shapes an answer, with the range in which OpenRouter takes it. */
export interface NumberParameter extends NumberRange {
  name: NumberName;
  /** Of the slider and the arrow keys. */
  step: number;
}
export type NumberName = (typeof numberNames)[number];

const numberNames = [
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'top_a',
  'frequency_penalty',
  'presence_penalty',
  'repetition_penalty',
  'max_tokens',
  'seed',
] as const;

const share = { min: 0, max: 1, isWhole: false, step: 0.05 };
const penalty = { min: -2, max: 2, isWhole: false, step: 0.1 };

/** @see https://openrouter.ai/docs/api-reference/parameters */
export const numberParameters: readonly NumberParameter[] = [
  { name: 'temperature', min: 0, max: 2, isWhole: false, step: 0.1 },
  { name: 'top_p', ...share },
  { name: 'top_k', min: 0, max: null, isWhole: true, step: 1 },
  { name: 'min_p', ...share },
  { name: 'top_a', ...share },
  { name: 'frequency_penalty', ...penalty },
  { name: 'presence_penalty', ...penalty },
  { name: 'repetition_penalty', min: 0, max: 2, isWhole: false, step: 0.05 },
  { name: 'max_tokens', min: 1, max: null, isWhole: true, step: 256 },
  { name: 'seed', min: null, max: null, isWhole: true, step: 1 },
];

/** How long answers are to be, from short to long. */
export const verbosities = ['low', 'medium', 'high', 'xhigh', 'max'] as const;

/** OpenRouter takes no more stop sequences. */
export const MAX_STOPS = 4;

const MAX_COMPLETION_TOKENS = 'max_completion_tokens';

/** Whether a model takes a parameter; `null` when the catalogue does not say, as with some routers. */
export function takes(model: Model | undefined, name: string): boolean | null {
  const supported = model?.supported_parameters;
  if (!supported || supported.length === 0) return null;
  if (name === 'max_tokens' && supported.includes(MAX_COMPLETION_TOKENS)) return true;
  return supported.includes(name);
}

/** What a model uses when a parameter is not sent; `null` when it does not say. */
export function defaultOf(model: Model | undefined, name: string): number | null {
  const defaults = model?.['default_parameters'] as Record<string, unknown> | null | undefined;
  const value = defaults?.[name];
  return typeof value === 'number' ? value : null;
}

/** The range of a parameter on this model: an answer is never longer than the model writes. */
export function rangeOn(model: Model | undefined, parameter: NumberParameter): NumberParameter {
  const longest = model?.top_provider?.max_completion_tokens ?? null;
  return parameter.name === 'max_tokens' ? { ...parameter, max: longest } : parameter;
}

/** The number that is set; `null` for none. The length has two names, which mean the same. */
export function readNumber(parameters: ModelParameters, name: NumberName): number | null {
  const value =
    name === 'max_tokens'
      ? (parameters['max_tokens'] ?? parameters[MAX_COMPLETION_TOKENS])
      : parameters[name];
  return typeof value === 'number' ? value : null;
}

/** Sets a number under the name that the model knows; `null` takes it away. */
export function writeNumber(
  parameters: ModelParameters,
  name: NumberName,
  value: number | null,
  model: Model | undefined,
): ModelParameters {
  if (name !== 'max_tokens') return withParameter(parameters, name, value);
  const rest = withParameter(
    withParameter(parameters, 'max_tokens', null),
    MAX_COMPLETION_TOKENS,
    null,
  );
  const isKnown = model?.supported_parameters?.includes('max_tokens') !== false;
  const isOther = !isKnown && model?.supported_parameters?.includes(MAX_COMPLETION_TOKENS);
  return withParameter(rest, isOther ? MAX_COMPLETION_TOKENS : 'max_tokens', value);
}

/** The texts at which an answer ends. */
export function readStops(parameters: ModelParameters): readonly string[] {
  const { stop } = parameters;
  if (typeof stop === 'string') return stop === '' ? [] : [stop];
  return Array.isArray(stop) ? stop.filter((text) => typeof text === 'string') : [];
}

/** A copy with one parameter set, or without it when there is nothing to say. */
export function withParameter(
  parameters: ModelParameters,
  name: string,
  value: unknown,
): ModelParameters {
  const { [name]: _before, ...rest } = parameters;
  return isNothing(value) ? rest : { ...rest, [name]: value };
}

/** Parameters of which nothing would be sent. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** An object inside the parameters, such as `provider`; empty when there is none. */
export function objectAt(parameters: ModelParameters, name: string): Record<string, unknown> {
  const value = parameters[name];
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list of objects under a name; what is no object is left out. */
export function listAt(parameters: ModelParameters, name: string): Record<string, unknown>[] {
  const value = parameters[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

import type { Model } from '@openrouter-native/protocol';
import {
  numberParameters,
  readNumber,
  takes,
  withParameter,
  writeNumber,
  type ModelParameters,
  type NumberName,
} from './parameters.ts';
import { reasoningChoices } from './reasoning.ts';

/** Parameters with fields that only some models take. */
const OTHERS = [
  'stop',
  'verbosity',
  'parallel_tool_calls',
  'response_format',
  'reasoning',
] as const;

/** A parameter that is set although the chosen model does nothing with it. */
export interface UnusedParameter {
  name: NumberName | (typeof OTHERS)[number];
  /** For a person. */
  value: string;
}

/** What is set in vain: it stays, since the next model may know it. */
export function unusedParameters(
  parameters: ModelParameters,
  model: Model | undefined,
): UnusedParameter[] {
  const numbers = numberParameters.flatMap(({ name }): UnusedParameter[] => {
    const value = readNumber(parameters, name);
    return value !== null && takes(model, name) === false ? [{ name, value: String(value) }] : [];
  });
  const others = OTHERS.filter((name) => name in parameters && !isTaken(model, name));
  return [
    ...numbers,
    ...others.map((name) => ({ name, value: shorten(JSON.stringify(parameters[name])) })),
  ];
}

/** The parameters without an unused one. */
export function withoutUnused(
  parameters: ModelParameters,
  name: UnusedParameter['name'],
  model: Model | undefined,
): ModelParameters {
  const number = numberParameters.find((parameter) => parameter.name === name);
  return number
    ? writeNumber(parameters, number.name, null, model)
    : withParameter(parameters, name, null);
}

function isTaken(model: Model | undefined, name: (typeof OTHERS)[number]): boolean {
  return name === 'reasoning' ? reasoningChoices(model).length > 0 : takes(model, name) !== false;
}

const MAX_CHARACTERS = 60;

function shorten(text: string): string {
  return text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS - 1)}…`;
}

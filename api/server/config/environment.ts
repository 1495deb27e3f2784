import type { z } from 'zod';
import type { ConfigProblem } from './problem.ts';
import { variableNames, variables, type VariableName } from './variables.ts';

/** The environment after validation: numbers are numbers, lists are lists. */
export type Environment = {
  [Name in VariableName]: z.output<(typeof variables)[Name]['schema']>;
};

/** The environment as the process has it. */
export type RawEnvironment = Readonly<Record<string, string | undefined>>;

/** Stands where a key would, and everybody may read it. */
const OPEN_WORDS = new Set(['user_provided']);

const MAX_SHOWN = 60; // characters of a wrong value

/**
 * Validates every variable. A variable that is empty counts as unset, as in a `.env` that lists
 * names without values.
 */
export function readEnvironment(
  raw: RawEnvironment,
): { environment: Environment; problems: [] } | { environment: null; problems: ConfigProblem[] } {
  const values: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [];

  for (const name of variableNames) {
    const { schema, isSecret } = variables[name];
    const value = raw[name]?.trim() === '' ? undefined : raw[name];
    const parsed = schema.safeParse(value);
    if (parsed.success) values[name] = parsed.data;
    else {
      const rule = parsed.error.issues[0]?.message ?? 'is not valid';
      const shown = isSecret || value === undefined ? '' : ` (it is ${shorten(value)})`;
      problems.push({ variable: name, problem: `${rule}${shown}`, example: exampleOf(name) });
    }
  }

  if (problems.length > 0) return { environment: null, problems };
  return { environment: values as Environment, problems: [] };
}

/** A line for `.env` that is accepted, or says how to make one. */
export function exampleOf(name: VariableName): string {
  return `${name}=${variables[name].example}`;
}

/** Values that must not appear in anything the server writes. */
export function secretValues(raw: RawEnvironment): string[] {
  return variableNames.flatMap((name) => {
    const value = raw[name]?.trim();
    if (!variables[name].isSecret || !value) return [];
    const parts = value.split(',').map((part) => part.trim()); // A pool of keys: each by itself.
    return [...new Set([value, ...parts])].filter((part) => part !== '' && !OPEN_WORDS.has(part));
  });
}

function shorten(value: string): string {
  return JSON.stringify(value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value);
}

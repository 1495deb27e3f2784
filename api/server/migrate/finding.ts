import type { VariableName } from '../config/variables.ts';

/** A variable of this server that a setting can move to. */
export type Target = VariableName | 'OPENROUTER_FALLBACKS_DEFAULT';

/** What a variable gets: a text that stands in the file, or what another variable holds. */
export type Value = { text: string } | { variable: string };

/** What becomes of one setting of an entry. */
export type Finding = { field: string } & (
  | { kind: 'moved'; target: Target; values: Value[] }
  /** This server does so by itself, or has no use for it. */
  | { kind: 'needless'; why: string }
  /** It cannot be carried over, and this is the next best thing. */
  | { kind: 'left'; why: string }
);

/** Reads one setting. `fields` are all settings of its entry. */
export type FieldReader = (
  value: unknown,
  field: string,
  fields: Readonly<Record<string, unknown>>,
) => Finding[];

export function moved(field: string, target: Target, ...values: Value[]): Finding {
  return { field, kind: 'moved', target, values };
}

export function needless(field: string, why: string): Finding {
  return { field, kind: 'needless', why };
}

export function left(field: string, why: string): Finding {
  return { field, kind: 'left', why };
}

/**
 * A text of `librechat.yaml`, in which `${NAME}` stands for a variable.
 *
 * @returns `null` for what is no text, or holds `${NAME}` or `{{name}}` among other words.
 */
export function readValue(value: unknown): Value | null {
  if (typeof value !== 'string' || value.trim() === '') return null;
  const text = value.trim();
  const variable = /^\$\{(\w+)\}$/.exec(text)?.[1];
  if (variable !== undefined) return { variable };
  return text.includes('${') || text.includes('{{') ? null : { text };
}

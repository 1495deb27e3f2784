import { scrubText } from '@openrouter-native/openrouter';
import type { RawEnvironment } from '../config/environment.ts';
import { variables, type VariableName } from '../config/variables.ts';
import { left, type Finding, type Target, type Value } from './finding.ts';

/** Where values of variables are looked up. */
export interface EnvSources {
  /** `.env` of this server. */
  own: RawEnvironment;
  /** What the process was started with; wins over the file. */
  process: RawEnvironment;
  /** `.env` of the LibreChat that the file comes from, when that is another one. */
  foreign: RawEnvironment;
}

/** A line for `.env`. */
export interface EnvLine {
  target: Target;
  /** May be a secret. */
  value: string;
  /** The value as it may be shown, or where it comes from; never a secret. */
  shown: { text: string } | { origin: string };
}

export interface EnvPlan {
  lines: EnvLine[];
  /** Variables that are set already and keep their values. */
  kept: { target: Target; by: string }[];
  /** Settings that no line can be made of. */
  left: Finding[];
}

type Move = Extract<Finding, { kind: 'moved' }>;

const KEYS = ['OPENROUTER_API_KEY', 'OPENROUTER_KEY'] as const;

/**
 * Makes lines for `.env` of what moves. Set variables are never given another value, and what several
 * entries set differently is taken from the first; only keys are used all.
 */
export function planLines(moves: readonly Move[], sources: EnvSources): EnvPlan {
  const plan: EnvPlan = { lines: [], kept: [], left: [] };
  for (const move of moves) addLine(move, sources, plan);
  return withoutForbiddenTitle(plan);
}

/** Conversations would never get a name: titles are asked for under the rules of answers. */
function withoutForbiddenTitle(plan: EnvPlan): EnvPlan {
  const models = plan.lines.find(({ target }) => target === 'OPENROUTER_MODELS');
  const title = plan.lines.find(({ target }) => target === 'OPENROUTER_TITLE_MODEL');
  if (!models || !title || models.value.split(',').includes(title.value)) return plan;
  const why =
    'OPENROUTER_MODELS would not allow it. Add it there, then set OPENROUTER_TITLE_MODEL.';
  return {
    ...plan,
    lines: plan.lines.filter((line) => line !== title),
    left: [...plan.left, left('titleModel', why)],
  };
}

function addLine(move: Move, sources: EnvSources, plan: EnvPlan): void {
  const { field, target } = move;
  const setAs = setName(target, sources);
  if (setAs !== undefined) {
    if (!plan.kept.some((kept) => kept.target === target)) plan.kept.push({ target, by: setAs });
    return;
  }
  const found = move.values.map((value) => look(value, target, sources));
  const problem = found.find((value) => typeof value === 'string');
  if (problem !== undefined) {
    plan.left.push(left(field, `${problem} Set ${target} yourself.`));
    return;
  }
  const parts = found.filter((value) => typeof value !== 'string');
  const value = [...new Set(parts.map((part) => part.value))].join(',');
  const refusal = refusalOf(target, value);
  if (refusal) {
    plan.left.push(left(field, `${target} cannot have this value: it ${refusal}.`));
    return;
  }
  const origins = parts.flatMap(({ origin }) => origin ?? []);
  const shown = origins[0] === undefined ? { text: scrubText(value) } : { origin: origins[0] };
  merge({ target, value, shown }, field, sources, plan);
}

/** A second entry adds to lists of models and to keys, and gives way elsewhere. */
function merge(line: EnvLine, field: string, sources: EnvSources, plan: EnvPlan): void {
  const same = plan.lines.find(({ target }) => target === line.target);
  if (!same) {
    plan.lines.push(line);
    return;
  }
  const values = same.value.split(',');
  if (line.value.split(',').every((value) => values.includes(value))) return;
  if (line.target === 'OPENROUTER_MODELS' && 'text' in same.shown && 'text' in line.shown) {
    same.value = [...new Set([...values, ...line.value.split(',')])].join(',');
    same.shown = { text: scrubText(same.value) };
    return;
  }
  const areKeys = ![same.value, line.value].includes('user_provided');
  if (line.target === 'OPENROUTER_API_KEY' && areKeys) {
    const [value, ...more] = line.value.split(',');
    const next: Move = { field, kind: 'moved', target: 'OPENROUTER_API_KEYS', values: [] };
    if (setName(next.target, sources) === undefined && value && more.length === 0) {
      merge({ ...line, target: next.target }, field, sources, plan);
      return;
    }
  }
  plan.left.push(left(field, `${line.target} can have one value; the first entry’s is used.`));
}

interface Found {
  value: string;
  /** Where a value comes from that must not be shown. */
  origin: string | null;
}

/** @returns What is missing, as a sentence, when there is no value. */
function look(value: Value, target: Target, sources: EnvSources): Found | string {
  if ('text' in value) {
    const isHidden = target === 'OPENROUTER_API_KEY' && value.text !== 'user_provided';
    return { value: value.text, origin: isHidden ? 'the key in apiKey' : null };
  }
  const { variable } = value;
  if (isSet(sources.process[variable])) return `${variable} is set in the environment.`;
  const own = sources.own[variable];
  if (isSet(own)) return { value: own, origin: `the value of ${variable}` };
  const foreign = sources.foreign[variable];
  if (isSet(foreign)) {
    return { value: foreign, origin: `the value of ${variable}, from the .env of LibreChat` };
  }
  return `${variable} is not set in .env, nor in the one of LibreChat (see --env).`;
}

/** The name under which a variable has a value already. */
function setName(target: Target, { own, process }: EnvSources): string | undefined {
  const names: readonly string[] = target === 'OPENROUTER_API_KEY' ? KEYS : [target];
  return names.find((name) => isSet(own[name]) || isSet(process[name]));
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

const MODEL_LIST = /^[~@\w.:/+-]+(,[~@\w.:/+-]+)*$/;

/** Why the server would not start with a value; the sentence repeats no part of it. */
function refusalOf(target: Target, value: string): string | undefined {
  if (target === 'OPENROUTER_FALLBACKS_DEFAULT') {
    return MODEL_LIST.test(value) ? undefined : 'is no list of model ids';
  }
  if (quote(value) === null) return 'holds a line break, or every kind of quotation mark';
  const parsed = variables[target satisfies VariableName].schema.safeParse(value);
  return parsed.success ? undefined : (parsed.error.issues[0]?.message ?? 'is not valid');
}

/**
 * A value as `.env` takes it, in quotation marks where it has to be.
 *
 * @returns `null` for one that no quotation marks hold.
 */
export function quote(value: string): string | null {
  if (/^[\w.:/@+,*~=?&%-]+$/.test(value)) return value;
  if (/[\r\n]/.test(value)) return null;
  const mark = ["'", '"', '`'].find((candidate) => !value.includes(candidate));
  return mark === undefined ? null : `${mark}${value}${mark}`;
}

import { agentFieldsSchema, type AgentFields } from '@openrouter-native/protocol';

/** The name of something that agents are made of. */
export type AgentField = keyof AgentFields;

/** Everything that agents are made of, in the order in which a form shows it. */
export const agentFieldNames: readonly AgentField[] = [
  'name',
  'description',
  'provider',
  'model',
  'instructions',
  'tools',
  'file_ids',
  'conversation_starters',
  'recursion_limit',
  'spending_limit',
  'model_parameters',
];

/** An agent while it is being written: texts are texts, and limits are what was typed. */
export interface AgentDraft extends Omit<
  AgentFields,
  'name' | 'description' | 'instructions' | 'model' | 'recursion_limit' | 'spending_limit'
> {
  name: string;
  description: string;
  instructions: string;
  /** `null` until one is chosen. */
  model: string | null;
  /** Digits; empty = the server's default. */
  recursion_limit: string;
  /** US dollars with a point or a comma; empty = no limit. */
  spending_limit: string;
}

/** Why a field cannot be saved as it is. */
export type DraftProblem = 'missing' | 'not-a-number' | 'out-of-range';
export type DraftProblems = Partial<Record<AgentField, DraftProblem>>;

/** A new agent. */
export function emptyDraft(provider: string, model: string | null): AgentDraft {
  return {
    name: '',
    description: '',
    instructions: '',
    provider,
    model,
    model_parameters: {},
    tools: [],
    conversation_starters: [],
    recursion_limit: '',
    spending_limit: '',
    file_ids: [],
  };
}

/** An agent to be written on. */
export function toDraft(fields: AgentFields): AgentDraft {
  return {
    name: fields.name ?? '',
    description: fields.description ?? '',
    instructions: fields.instructions ?? '',
    provider: fields.provider,
    model: fields.model,
    model_parameters: fields.model_parameters,
    tools: fields.tools,
    conversation_starters: fields.conversation_starters,
    recursion_limit: textOf(fields.recursion_limit),
    spending_limit: textOf(fields.spending_limit),
    file_ids: fields.file_ids,
  };
}

/** The draft as it can be saved, or what keeps it from being saved. */
export function readDraft(
  draft: AgentDraft,
): { fields: AgentFields; problems: null } | { fields: null; problems: DraftProblems } {
  const problems: DraftProblems = {};
  const { model } = draft;
  if (model === null) problems.model = 'missing';
  const limits = { recursion_limit: null as number | null, spending_limit: null as number | null };
  for (const name of ['recursion_limit', 'spending_limit'] as const) {
    const read = readNumber(draft[name]);
    if (read === undefined) problems[name] = 'not-a-number';
    else if (!agentFieldsSchema.shape[name].safeParse(read).success)
      problems[name] = 'out-of-range';
    else limits[name] = read;
  }
  if (model === null || Object.keys(problems).length > 0) return { fields: null, problems };
  return {
    fields: {
      ...draft,
      ...limits,
      model,
      name: draft.name.trim() || null,
      description: draft.description.trim() || null,
      instructions: draft.instructions.trim() === '' ? null : draft.instructions,
      conversation_starters: writtenStarters(draft),
    },
    problems: null,
  };
}

/** The fields in which two drafts would be saved differently. */
export function differingFields(one: AgentDraft, other: AgentDraft): AgentField[] {
  return agentFieldNames.filter((name) => !isSameValue(one, other, name));
}

/**
 * A draft on top of what its agent has become meanwhile: what was written stays, the rest is taken over.
 *
 * @param before - What the draft began with.
 */
export function rebase(draft: AgentDraft, before: AgentDraft, after: AgentDraft): AgentDraft {
  const taken = agentFieldNames.filter((name) => isSameValue(draft, before, name));
  return { ...draft, ...Object.fromEntries(taken.map((name) => [name, after[name]])) };
}

function isSameValue(one: AgentDraft, other: AgentDraft, name: AgentField): boolean {
  if (one[name] === other[name]) return true;
  const [value, otherValue] = [comparable(one, name), comparable(other, name)];
  if (typeof value === 'string') return value === otherValue; // Instructions may be a megabyte.
  return JSON.stringify(value) === JSON.stringify(otherValue);
}

/** What of a field is saved; what cannot be read as a number stands for itself. */
function comparable(draft: AgentDraft, name: AgentField): unknown {
  switch (name) {
    case 'name':
    case 'description':
      return draft[name].trim();
    case 'instructions':
      return draft.instructions.trim() === '' ? '' : draft.instructions;
    case 'conversation_starters':
      return writtenStarters(draft);
    case 'recursion_limit':
    case 'spending_limit':
      return readNumber(draft[name]) ?? draft[name].trim();
    case 'model_parameters':
      return sorted(draft.model_parameters);
    default:
      return draft[name];
  }
}

/** Entries that are still empty are not kept. */
function writtenStarters({ conversation_starters: starters }: AgentDraft): string[] {
  return starters.map((starter) => starter.trim()).filter((starter) => starter !== '');
}

function textOf(value: number | null): string {
  return value === null ? '' : decimalText(value);
}

/** Without an exponent, which a person would not write: `0.0000001`. */
function decimalText(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** @returns `null` for an empty text, `undefined` for one that is no number. */
function readNumber(text: string): number | null | undefined {
  const written = text.trim();
  if (written === '') return null;
  // `1,000` is a thousand to some and one to others.
  if (!/^\d*[.,]?\d+$/.test(written) || /^[1-9]\d*,\d{3}$/.test(written)) return undefined;
  return Number(written.replace(',', '.'));
}

/** The same whatever order its names are in, for the server may change it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(
    entries
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, entry]) => [name, sorted(entry)]),
  );
}

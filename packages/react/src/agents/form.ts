import type { Agent, AgentFields, ErrorBody } from '@openrouter-native/protocol';
import { toApiError } from '../api/error.ts';
import type { AgentsApi } from './api.ts';
import {
  agentFieldNames,
  differingFields,
  readDraft,
  rebase,
  toDraft,
  type AgentDraft,
  type AgentField,
  type DraftProblems,
} from './draft.ts';

/** All that a page shows of an agent that is being written. A new object after each change. */
export interface AgentFormSnapshot {
  /** As the server has it; `null` until it was saved once. */
  readonly saved: Agent | null;
  readonly draft: AgentDraft;
  /** Fields that differ from what is saved; of an agent that never was, from what it began with. */
  readonly changed: readonly AgentField[];
  readonly isSaving: boolean;
  /** What kept the last attempt to save from being made, by field; gone once the field is changed. */
  readonly problems: DraftProblems;
  /** What the server says of a field that it refused; gone once the field is changed. */
  readonly refused: Partial<Record<AgentField, string>>;
  /** Why the last attempt to save failed; gone once every refused field is changed. */
  readonly failure: ErrorBody['error'] | null;
}

/** An agent being written. Nothing reaches the server before `save`, and nothing written is ever lost. */
export interface AgentForm {
  getSnapshot: () => AgentFormSnapshot;
  subscribe: (listener: () => void) => () => void;
  change: (change: Partial<AgentDraft>) => void;
  /** Saves what differs. @returns The saved agent; `null` when it could not be saved, see the snapshot. */
  save: () => Promise<Agent | null>;
  /** Back to what is saved. */
  discard: () => void;
  /** The agent was changed elsewhere: what is written here stays on top of it. */
  take: (agent: Agent) => void;
}

export interface AgentFormOptions {
  api: Pick<AgentsApi, 'create' | 'change'>;
  /** `null` for a new one. */
  agent: Agent | null;
  /** What a new one begins with. */
  initial: AgentDraft;
  onSaved?: (agent: Agent) => void;
}

/** Holds an agent that is being written, apart from any page. */
export function createAgentForm(options: AgentFormOptions): AgentForm {
  const { api, initial, onSaved } = options;
  const listeners = new Set<() => void>();
  /** What the draft is compared with. */
  let base = options.agent ? toDraft(options.agent) : initial;
  let saving: Promise<Agent | null> | null = null;
  let snapshot: AgentFormSnapshot = {
    saved: options.agent,
    draft: base,
    changed: [],
    isSaving: false,
    problems: {},
    refused: {},
    failure: null,
  };

  function publish(change: Partial<AgentFormSnapshot>): void {
    snapshot = { ...snapshot, ...change };
    snapshot = { ...snapshot, changed: differingFields(snapshot.draft, base) };
    for (const listener of listeners) listener();
  }

  async function send(fields: AgentFields, sent: AgentDraft): Promise<Agent | null> {
    const { saved, changed } = snapshot;
    publish({ isSaving: true, problems: {}, refused: {}, failure: null });
    try {
      const agent = saved
        ? await api.change(saved.id, pick(fields, changed))
        : await api.create(fields);
      base = toDraft(agent);
      // What was written while it was being saved is not saved yet.
      publish({ saved: agent, draft: rebase(snapshot.draft, sent, base), isSaving: false });
      onSaved?.(agent);
      return agent;
    } catch (cause) {
      const failure = toApiError(cause).details;
      publish({ isSaving: false, failure, refused: refusalOf(failure) });
      return null;
    }
  }

  return {
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(change) {
      const names = Object.keys(change) as AgentField[];
      const refused = without(snapshot.refused, names);
      const isSettled = !isEmpty(snapshot.refused) && isEmpty(refused);
      publish({
        draft: { ...snapshot.draft, ...change },
        problems: without(snapshot.problems, names),
        refused,
        failure: isSettled ? null : snapshot.failure,
      });
    },
    save() {
      if (saving) return saving;
      const { saved, draft, changed } = snapshot;
      if (saved && changed.length === 0) return Promise.resolve(saved);
      const { fields, problems } = readDraft(draft);
      if (!fields) {
        publish({ problems, failure: null });
        return Promise.resolve(null);
      }
      saving = send(fields, draft).finally(() => {
        saving = null;
      });
      return saving;
    },
    discard: () => publish({ draft: base, problems: {}, refused: {}, failure: null }),
    take(agent) {
      const before = base;
      base = toDraft(agent);
      publish({ saved: agent, draft: rebase(snapshot.draft, before, base) });
    },
  };
}

function pick(fields: AgentFields, names: readonly AgentField[]): Partial<AgentFields> {
  return Object.fromEntries(names.map((name) => [name, fields[name]]));
}

function without<T extends object>(values: T, names: readonly AgentField[]): T {
  const entries = Object.entries(values).filter(([name]) => !names.includes(name as AgentField));
  return Object.fromEntries(entries) as T;
}

function isEmpty(values: object): boolean {
  return Object.keys(values).length === 0;
}

/** The server names fields as `tools.3` or `model_parameters.temperature`, and begins its words with them. */
function refusalOf({ message, metadata }: ErrorBody['error']): AgentFormSnapshot['refused'] {
  const { fields: paths } = metadata;
  if (!Array.isArray(paths)) return {};
  const told = message.split('; ');
  return Object.fromEntries(
    paths.flatMap((path: unknown, index) => {
      const name = agentFieldNames.find((each) => each === String(path).split('.', 1)[0]);
      if (!name) return [];
      const words = paths.length === told.length ? (told[index] ?? message) : message;
      return [[name, withoutPrefix(words, `${name}: `)]];
    }),
  );
}

/** Beside its field, the name of the field says nothing; the name of a parameter does. */
function withoutPrefix(words: string, prefix: string): string {
  return words.startsWith(prefix) ? words.slice(prefix.length) : words;
}

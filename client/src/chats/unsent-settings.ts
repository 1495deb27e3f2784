import type { Conversation } from '@openrouter-native/protocol';
import type { AnswerSettings } from '@openrouter-native/react';
import { z } from 'zod';
import { isSameJson } from '../settings/same-json.ts';
import { settingsOf } from './settings-of.ts';

/** What was changed for the next answer and did not reach the server yet. */
export type SettingsChange = Partial<AnswerSettings>;

/** Which settings are meant: those of a conversation, or of one that has not begun, with an agent or without. */
export interface SettingsOwner {
  conversationId: string | null;
  /** Of one that has not begun. */
  agentId: string | null;
}

/** Keeps changes over a reload, for as long as the tab is open; the server keeps what was asked with. */
export interface UnsentSettings {
  /** The same object until something changes. */
  get: (owner: SettingsOwner) => SettingsChange;
  change: (owner: SettingsOwner, change: SettingsChange) => void;
  /** The conversation that had not begun now has. */
  begin: (conversation: Conversation) => void;
  /** The server has told what it keeps: changes that are among it are forgotten. */
  settle: (conversation: Conversation) => void;
  /** Nothing stays for the next person. */
  clear: () => void;
  subscribe: (listener: () => void) => () => void;
}

interface Entry extends SettingsOwner {
  change: SettingsChange;
}

const KEY = 'openrouter-native:unsent-settings';
/** The longest unchanged goes first; few conversations are changed without a question. */
const MAX_ENTRIES = 20;
/** A browser keeps about 5 MB for a site. */
const MAX_CHARACTERS = 500_000;
const NOTHING: SettingsChange = {};

const entriesSchema = z.array(
  z.object({
    conversationId: z.string().nullable(),
    agentId: z.string().nullable(),
    change: z.object({
      model: z.string().nullish(),
      agent_id: z.string().nullish(),
      promptPrefix: z.string().nullish(),
      model_parameters: z.record(z.string(), z.unknown()).nullish(),
      spending_limit: z.number().nullish(),
      recursion_limit: z.number().nullish(),
    }),
  }),
);

/** @param storage - Of this tab, such as `sessionStorage`. */
export function createUnsentSettings(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): UnsentSettings {
  const listeners = new Set<() => void>();
  let entries: readonly Entry[] = read(storage);

  function find(owner: SettingsOwner): Entry | undefined {
    return entries.find(
      ({ conversationId, agentId }) =>
        conversationId === owner.conversationId &&
        (conversationId !== null || agentId === owner.agentId),
    );
  }

  /** An empty change is forgotten. */
  function put({ conversationId, agentId }: SettingsOwner, change: SettingsChange): void {
    const others = entries.filter((entry) => entry.conversationId !== conversationId);
    const isEmpty = Object.keys(change).length === 0;
    entries = isEmpty
      ? others
      : [...others, { conversationId, agentId, change }].slice(-MAX_ENTRIES);
    write(storage, entries);
    for (const listener of listeners) listener();
  }

  function settle(conversation: Conversation): void {
    const { conversationId } = conversation;
    const owner = { conversationId, agentId: null };
    const change = find(owner)?.change;
    if (!change) return;
    const kept = settingsOf(conversation) as Record<string, unknown>;
    const rest = Object.entries(change).filter(
      ([name, value]) => !isSameJson(value ?? null, kept[name] ?? null),
    );
    if (rest.length < Object.keys(change).length) put(owner, Object.fromEntries(rest));
  }

  return {
    get: (owner) => find(owner)?.change ?? NOTHING,
    change: (owner, change) => put(owner, { ...find(owner)?.change, ...change }),
    begin(conversation) {
      const { conversationId } = conversation;
      const begun = entries.find((entry) => entry.conversationId === null);
      // Another one may have begun, such as one with an agent beside one with a plain model.
      if (!begun || answererOf(begun) !== (conversation.agent_id ?? null)) return;
      put({ conversationId: null, agentId: null }, {});
      put({ conversationId, agentId: null }, begun.change);
      settle(conversation);
    },
    settle,
    clear() {
      entries = [];
      storage.removeItem(KEY);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The agent that a conversation with these settings begins with; `null` = a plain model. */
function answererOf({ agentId, change }: Entry): string | null {
  return (change.agent_id === undefined ? agentId : change.agent_id) ?? null;
}

function read(storage: Pick<Storage, 'getItem'>): readonly Entry[] {
  try {
    return entriesSchema.parse(JSON.parse(storage.getItem(KEY) ?? '[]'));
  } catch {
    return []; // Written by another version.
  }
}

function write(storage: Pick<Storage, 'setItem' | 'removeItem'>, entries: readonly Entry[]): void {
  const text = JSON.stringify(entries);
  try {
    if (entries.length > 0 && text.length <= MAX_CHARACTERS) storage.setItem(KEY, text);
    else storage.removeItem(KEY);
  } catch {
    // No room: the changes hold until the page is left.
  }
}

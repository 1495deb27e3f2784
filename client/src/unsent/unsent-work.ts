import { z } from 'zod';

/**
 * What one person writes and has neither sent nor saved: it is there again after a reload, and after
 * signing out and in. Anybody else who signs in takes it away for good.
 */
export interface UnsentWork {
  /** Whose it is from now on; before that there is nothing, and nothing is kept. */
  openFor: (userId: string) => void;
  /** Signed out: what is there waits for the same person. */
  close: () => void;
  /** As it was put, or as JSON gave it back; `undefined` for nothing. */
  get: (name: string) => unknown;
  /** @param value - JSON; `null` forgets it. */
  put: (name: string, value: unknown) => void;
  /** Writes at once what waits to be written; for a page that is about to go. */
  flush: () => void;
}

const KEY = 'openrouter-native:unsent-work';
/** The longest unchanged goes first. */
const MAX_ENTRIES = 20;
/** Of all entries as JSON. A browser keeps about 5 MB for a site, and instructions may be a megabyte. */
const MAX_CHARACTERS = 1_500_000;
/** Nobody types a word faster, and writing costs more than a keystroke may. */
const WRITE_AFTER_MS = 300;

const keptSchema = z.object({
  userId: z.string(),
  entries: z.array(z.tuple([z.string(), z.unknown()])),
});

/** @param storage - Of this tab, such as `sessionStorage`: what is written is gone with it. */
export function createUnsentWork(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): UnsentWork {
  let owner: string | null = null;
  /** The longest unchanged first. */
  let entries = new Map<string, unknown>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    try {
      const text = textOf(owner ?? '', entries);
      if (text === null) storage.removeItem(KEY);
      else storage.setItem(KEY, text);
    } catch {
      // No room: it holds until the page is left.
    }
  }

  function flush(): void {
    if (timer !== undefined) write();
  }

  return {
    openFor(userId) {
      if (userId === owner) return;
      flush();
      owner = userId;
      const kept = read(storage);
      entries = new Map(kept?.userId === userId ? kept.entries : []);
      if (kept?.userId !== userId) storage.removeItem(KEY);
    },
    close() {
      flush();
      owner = null;
      entries = new Map();
    },
    get: (name) => entries.get(name),
    put(name, value) {
      if (owner === null || (value === null && !entries.has(name))) return;
      entries.delete(name); // So that it is the latest.
      if (value !== null) entries.set(name, value);
      timer ??= setTimeout(write, WRITE_AFTER_MS);
    },
    flush,
  };
}

/** The latest entries that fit; `null` for none. */
function textOf(userId: string, entries: ReadonlyMap<string, unknown>): string | null {
  const latest = [...entries].slice(-MAX_ENTRIES);
  let room = MAX_CHARACTERS;
  const kept = latest.toReversed().filter((entry) => {
    const { length } = JSON.stringify(entry);
    if (length > room) return false;
    room -= length;
    return true;
  });
  if (kept.length === 0) return null;
  return JSON.stringify({ userId, entries: kept.toReversed() });
}

function read(storage: Pick<Storage, 'getItem'>): z.infer<typeof keptSchema> | null {
  try {
    return keptSchema.parse(JSON.parse(storage.getItem(KEY) ?? 'null'));
  } catch {
    return null; // Nothing there, or written by another version.
  }
}

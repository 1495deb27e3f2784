import type { Random } from './seed.ts';

/** Productions by name. `[name]` stands for a production, `{name}` for a slot. */
export type Grammar = Readonly<Record<string, readonly string[]>>;

/** Writes text from a grammar. */
export interface Writer {
  /** One text of a rule; a rule repeats itself only when it has nothing new to say. */
  write(rule: string): string;
}

const REFERENCE = /\[(\w+)\]|\{(\w+)\}/g;

/**
 * Expands a grammar with slots filled in. A slot with a capital (`{Topic}`) is the slot `topic` at the
 * start of a sentence.
 *
 * @throws RangeError for a rule or slot that does not exist.
 */
export function createWriter(
  grammar: Grammar,
  slots: Readonly<Record<string, string | readonly string[]>>,
  random: Random,
): Writer {
  const unused = new Map<string, string[]>();

  /** Takes what was not used yet; starts over when all was. */
  function take(name: string, choices: readonly string[]): string {
    let left = unused.get(name);
    if (!left || left.length === 0) {
      left = [...choices];
      unused.set(name, left);
    }
    const [taken] = left.splice(random.between(0, left.length - 1), 1);
    return taken ?? '';
  }

  function fill(slot: string): string {
    const key = slot.charAt(0).toLowerCase() + slot.slice(1);
    const value = slots[key];
    if (value === undefined) throw new RangeError(`No slot ${slot}`);
    const text = typeof value === 'string' ? value : take(`{${key}}`, value);
    return slot === key ? text : text.charAt(0).toUpperCase() + text.slice(1);
  }

  function write(rule: string): string {
    const choices = grammar[rule];
    if (!choices) throw new RangeError(`No rule ${rule}`);
    return take(rule, choices).replaceAll(REFERENCE, (_match, nested: string, slot: string) =>
      nested ? write(nested) : fill(slot),
    );
  }
  return { write };
}

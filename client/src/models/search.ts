import type { Model } from '@openrouter-native/protocol';
import { authorOf, shortName } from './facts.ts';

interface Entry {
  model: Model;
  /** Whole names under which the model is known, lower case; the id comes first. */
  names: string[];
  /** The same without anything but letters and digits: `gpt 5 mini` is `gpt-5-mini`, and not `gpt-5.4-mini`. */
  plainNames: string[];
  words: string[];
  /** The id and the name without anything but letters and digits, for `gpt5mini`. */
  letters: string;
}

/** A query, lower case. */
interface Question {
  text: string;
  letters: string;
  parts: string[];
  /** For each part the words that begin with it. */
  begun: ReadonlySet<string>[];
}

/** How well an entry fits; smaller is better. */
const EXACT = 0;
const PREFIX = 1;
const SPELT = 2;
const BEGUN = 3;
const WORD_PREFIXES = 4;
const PARTS = 5;
const TYPOS = 6;

/** Below this length nearly every word is one typo away from another. */
const MIN_LETTERS_FOR_A_TYPO = 4;
const MIN_LETTERS_FOR_TWO_TYPOS = 8;

/**
 * Prepares a search over id and name. The returned function gives the models that fit, best first:
 * the exact id, then what starts with the query, then the same whatever stands between the letters, then
 * models with a word for each word of the query, then parts of words; and only when nothing fits, what
 * a typo away would fit. Equal fits keep the order of the catalogue, which is newest first. A blank query
 * gives all models.
 */
export function createModelSearch(models: readonly Model[]): (query: string) => readonly Model[] {
  const entries = models.map(toEntry);
  // A thousand models share a few hundred words, so each word is compared once for all of them.
  const vocabulary = [...new Set(entries.flatMap(({ words }) => words))];
  const wordsThat = (fits: (word: string) => boolean) => new Set(vocabulary.filter(fits));
  return (query) => {
    const text = query.trim().toLowerCase();
    if (text === '') return models;
    const parts = wordsOf(text);
    const begun = parts.map((part) => wordsThat((word) => word.startsWith(part)));
    const question: Question = { text, letters: lettersOf(text), parts, begun };
    const found = rank(entries, (entry) => fit(entry, question));
    if (found.length > 0 || parts.length === 0) return found;
    const near = parts.map((part) => wordsThat((word) => isNearly(part, word)));
    return rank(entries, (entry) => (hasOneOfEach(entry, near) ? TYPOS : null));
  };
}

function toEntry(model: Model): Entry {
  const id = model.id.toLowerCase();
  const name = model.name.toLowerCase();
  const slug = id.slice(authorOf(model).length + (id.startsWith('~') ? 2 : 1));
  const names = [id, slug, name, shortName(model).toLowerCase()];
  return {
    model,
    names,
    plainNames: names.map(lettersOf),
    words: [...new Set([...wordsOf(id), ...wordsOf(name)])],
    letters: `${lettersOf(id)} ${lettersOf(name)}`,
  };
}

function rank(entries: Entry[], score: (entry: Entry) => number | null): Model[] {
  return entries
    .map((entry) => ({ model: entry.model, score: score(entry) }))
    .filter((row): row is { model: Model; score: number } => row.score !== null)
    .toSorted((a, b) => a.score - b.score) // Stable, so equal fits stay in catalogue order.
    .map(({ model }) => model);
}

function fit(entry: Entry, { text, letters, parts, begun }: Question): number | null {
  if (entry.names.includes(text)) return EXACT;
  if (entry.names.some((name) => name.startsWith(text))) return PREFIX;
  if (parts.length === 0) return null;
  if (letters !== '' && entry.plainNames.includes(letters)) return SPELT;
  if (letters !== '' && entry.plainNames.some((name) => name.startsWith(letters))) return BEGUN;
  if (hasOneOfEach(entry, begun)) return WORD_PREFIXES;
  const isPart = parts.every((part) => entry.names.some((name) => name.includes(part)));
  return isPart || entry.letters.includes(letters) ? PARTS : null;
}

function hasOneOfEach({ words }: Entry, sets: readonly ReadonlySet<string>[]): boolean {
  return sets.every((set) => words.some((word) => set.has(word)));
}

/** Dots stay: `4.5` is one word. */
function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}.]+/u).filter((word) => word !== '');
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Whether `word`, or its beginning while somebody still types, is a typo or two away from `typed`. */
function isNearly(typed: string, word: string): boolean {
  if (word.startsWith(typed)) return true;
  if (typed.length < MIN_LETTERS_FOR_A_TYPO) return false;
  const allowed = typed.length < MIN_LETTERS_FOR_TWO_TYPOS ? 1 : 2;
  if (Math.abs(word.length - typed.length) <= allowed && distance(typed, word) <= allowed)
    return true;
  return word.length > typed.length && distance(typed, word.slice(0, typed.length)) <= allowed;
}

/**
 * How many letters were left out, added, replaced or swapped with their neighbour.
 *
 * @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance (optimal string alignment)
 */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let best = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, at(beforeLast, column - 2) + 1);
      }
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: number[], column: number): number {
  return row[column] ?? Infinity;
}

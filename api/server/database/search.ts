import { and, ilike, type Column, type SQL } from 'drizzle-orm';
import { storableText } from './storable-text.ts';

/** The words to look for; a text matches when it contains all of them, in any case and order. */
export function searchWords(search: string): string[] {
  return storableText(search).split(/\s+/u).filter(Boolean);
}

/** Whether the text in a column contains all of the words. */
export function containsAll(column: Column, words: readonly string[]): SQL | undefined {
  return and(...words.map((word) => ilike(column, `%${escapeWildcards(word)}%`)));
}

function escapeWildcards(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&');
}

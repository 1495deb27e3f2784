/**
 * One token: up to eight letters with the space before them, up to three digits, a single sign of a
 * script without spaces, a run of blanks, or any other single sign. Close to what real
 * tokenizers give for English, and never splits a character.
 */
const TOKEN =
  / ?(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}])[\p{L}\p{M}']){1,8}| ?\d{1,3}|\s{1,16}|[^]/gu;

/** Cuts text into tokens; joined, they are the text again. */
export function tokenize(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

export function countTokens(text: string): number {
  let count = 0;
  for (const _token of text.matchAll(TOKEN)) count += 1;
  return count;
}

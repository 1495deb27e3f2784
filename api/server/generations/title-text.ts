/** UTF-16 code units. A list of conversations shows fewer. */
export const MAX_TITLE_CHARACTERS = 80;

/** Of a question, which may be a million long. */
const ENOUGH_CHARACTERS = 1000;

/** What a conversation is called whose question has no words. */
const NAMELESS = 'New Chat';

const OPENING = /^(?:[\s"'“”„‘’«»‹›「『`*_#>-]|title\s*:)+/i;
const CLOSING = /[\s"'“”„‘’«»‹›」』`*_#.。]+$/;

/** The first words of a question: its conversation's title until there is a better one. */
export function firstWords(question: string): string {
  return shorten(oneLine(question.slice(0, ENOUGH_CHARACTERS))) || NAMELESS;
}

/** What a model wrote as a title: its first line, without quotes, marks and dots around it. */
export function cleanTitle(text: string): string {
  const line = text.split(/[\r\n]+/).find((candidate) => candidate.trim() !== '') ?? '';
  return shorten(oneLine(line).replace(OPENING, '').replace(CLOSING, ''));
}

/** Control characters and marks of writing direction would spoil every list that shows it. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts between words where there are any, and never within a character. */
function shorten(text: string): string {
  if (text.length <= MAX_TITLE_CHARACTERS) return text;
  let start = '';
  for (const { segment } of graphemes.segment(text.slice(0, MAX_TITLE_CHARACTERS))) {
    if (start.length + segment.length > MAX_TITLE_CHARACTERS - 1) break;
    start += segment;
  }
  const words = start.replace(/\s+\S*$/, '');
  return `${words.length > start.length / 2 ? words : start}…`;
}

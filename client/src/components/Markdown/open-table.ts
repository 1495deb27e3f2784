import { cellsOf } from './lines.ts';

const ROW = /^ {0,3}\|/;
const DELIMITERS = /^[\s|:-]*$/;

/**
 * Completes the head of a table that is still arriving at the end of a text, so that the first words
 * of it stand in a table already, and not as a line of vertical bars. Any other text stays as it is.
 */
export function completeTableHead(text: string): string {
  const lines = text.trimEnd().split('\n');
  const before = lines.findLastIndex((line) => !ROW.test(line));
  const [head, delimiters, ...rows] = lines.slice(before + 1);
  if (head === undefined || rows.length > 0) return text;
  if (delimiters !== undefined && !DELIMITERS.test(delimiters)) return text;

  const cells = cellsOf(head);
  const isEmpty = cells.every((cell) => cell.trim() === '');
  const table = [`|${cells.join('|')}|`, `|${cells.map(() => '---|').join('')}`];
  const isWhole = delimiters !== undefined && cellsOf(delimiters).length >= cells.length;
  if (isWhole && delimiters.trimEnd().endsWith('|')) return text;
  return [...lines.slice(0, before + 1), ...(isEmpty ? [] : table)].join('\n');
}

/** The beginning of a code fence. */
export interface Fence {
  /** What closes it: at least as many of the same character. */
  marker: string;
  /** Columns before it; as many are taken off each line of its code. */
  indent: number;
  language: string | null;
}

const FENCE = /^(\s*)(`{3,}|~{3,})(.*)$/;
const LIST_ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
const TOP_ITEM = /^ ?(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
const INDENTED = /^(?:\t| {2,})/;
const DELIMITERS = /^ {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const DEFINITION = /^ {0,3}\[(?!\^)([^\]\n]+)\]:[ \t]*\S/;
const NOTE = /^ {0,3}\[\^([^\]\s]+)\]:/;

/** `null` for a line that begins no code. */
export function openingFence(line: string): Fence | null {
  const [, indent = '', marker, info = ''] = FENCE.exec(line) ?? [];
  if (marker === undefined || (marker.startsWith('`') && info.includes('`'))) return null;
  const language = /^[^\s{,]+/.exec(info.trim())?.[0] ?? null;
  return { marker, indent: indent.length, language };
}

export function closesFence(line: string, marker: string): boolean {
  const [, , closing, rest = ''] = FENCE.exec(line) ?? [];
  return (
    closing !== undefined &&
    closing[0] === marker[0] &&
    closing.length >= marker.length &&
    rest.trim() === ''
  );
}

/** A formula on lines of its own, which begins here; gives what ends it. */
export function openingFormula(line: string): '$$' | '\\]' | null {
  const text = line.trim();
  if (text === '$$') return '$$';
  return text.startsWith('\\[') && !text.includes('\\]') ? '\\]' : null;
}

export const isBlank = (line: string): boolean => line.trim() === '';
export const isListItem = (line: string): boolean => LIST_ITEM.test(line);
/** An item of the outermost list. */
export const isTopItem = (line: string): boolean => TOP_ITEM.test(line);
export const isIndented = (line: string): boolean => INDENTED.test(line);
export const isTableRow = (line: string): boolean => line.includes('|');

/** Whether these two lines begin a table. */
export function isTableHead(head: string, delimiters: string): boolean {
  if (!head.includes('|') || !delimiters.includes('|') || !DELIMITERS.test(delimiters))
    return false;
  return cellsOf(head).length === cellsOf(delimiters).length;
}

/** What stands between the bars of a row; an escaped bar belongs to its cell. */
export function cellsOf(row: string): string[] {
  const inner = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/);
}

/** The label of a link that is defined here and may be used in any block. */
export function definedLabel(line: string): string | null {
  return DEFINITION.exec(line)?.[1] ?? null;
}

/** The label of a footnote whose words begin here, and whose marks may be in any block. */
export function notedLabel(line: string): string | null {
  return NOTE.exec(line)?.[1] ?? null;
}

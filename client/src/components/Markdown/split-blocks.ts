import { GROUP_LINES, type Block } from './block.ts';
import {
  closesFence,
  definedLabel,
  isBlank,
  isIndented,
  isListItem,
  isTableHead,
  isTableRow,
  isTopItem,
  notedLabel,
  openingFence,
  openingFormula,
} from './lines.ts';

/** Blocks that are kept, and later drawn or skipped, together. */
export type Chapter = readonly Block[];

/**
 * A text that is split as it grows. Whole lines are looked at once; what was split off stays the same
 * object for good. Begin with {@link emptySplit}, go on with {@link appendText}.
 */
export interface SplitText {
  /** Full ones. */
  readonly chapters: readonly Chapter[];
  /** Finished blocks after the last full chapter. */
  readonly settled: Chapter;
  /** The block that the next line may belong to. */
  readonly open: OpenBlock | null;
  /** The last line, as far as it has come. */
  readonly partial: string;
  /** Links and footnotes that are defined somewhere, by label: the line that makes them known. */
  readonly definitions: ReadonlyMap<string, string>;
}

type OpenBlock =
  | {
      readonly kind: 'text';
      readonly lines: readonly string[];
      readonly length: number;
      readonly isList: boolean;
      readonly continuesList: boolean;
      /** What ends the code or formula inside; `null` outside of one. */
      readonly inner: Inner | null;
    }
  | {
      readonly kind: 'code';
      readonly language: string | null;
      readonly marker: string;
      readonly indent: number;
      readonly groups: readonly string[];
      readonly lines: readonly string[];
    }
  | {
      readonly kind: 'table';
      readonly head: string;
      readonly groups: readonly string[];
      readonly lines: readonly string[];
    };

type OpenText = Extract<OpenBlock, { kind: 'text' }>;

interface Inner {
  readonly kind: 'code' | 'formula';
  readonly end: string;
  readonly lines: number;
}

/** So that a frame in which a token arrives compares few blocks, and a skipped chapter is some screens. */
const CHAPTER_BLOCKS = 24;

/** A list is cut before its next item beyond this, so that no frame parses a long one again. Characters. */
const LONG_LIST = 1500;

/** Any other text is cut before its next line. Characters. */
const LONG_TEXT = 8000;

/** A formula that has not ended after so many lines was none. */
const MAX_FORMULA_LINES = 60;

export const emptySplit: SplitText = {
  chapters: [],
  settled: [],
  open: null,
  partial: '',
  definitions: new Map(),
};

/** The text after some more of it. Pure; in which pieces a text comes makes no difference. */
export function appendText(split: SplitText, text: string): SplitText {
  const lines = (split.partial + text).split('\n');
  const partial = lines.pop() ?? '';
  return { ...lines.reduce(feed, split), partial };
}

/** The blocks after the last full chapter; the last one may still change. */
export function lastChapter(split: SplitText): Chapter {
  const { settled, open, chapters } = split.partial === '' ? split : feed(split, split.partial);
  const isFull = chapters.length > split.chapters.length; // The partial line completed one.
  const before = isFull ? (chapters.at(-1) ?? []) : [];
  const last = open && toBlock(open);
  return [...before, ...settled, ...(last ? [last] : [])];
}

/** Splits a whole text. */
export function splitText(text: string): SplitText {
  return appendText(emptySplit, text);
}

function feed(split: SplitText, rawLine: string): SplitText {
  const line = rawLine.endsWith('\r') ? rawLine.slice(0, -1) : rawLine;
  const { open } = split;
  if (open?.kind === 'code') {
    if (!closesFence(line, open.marker)) {
      return { ...split, open: withLine(open, unindent(line, open.indent)) };
    }
    return settle({ ...split, open: null }, toCode(open, false));
  }
  if (open?.kind === 'table') {
    if (isTableRow(line)) return { ...split, open: withLine(open, line) };
    return feedText(settle({ ...split, open: null }, toBlock(open)), null, line);
  }
  return feedText(split, open, line);
}

function feedText(split: SplitText, open: OpenText | null, line: string): SplitText {
  if (open?.inner) return { ...split, open: insideOf(open, open.inner, line) };
  if (isBlank(line)) return open ? { ...split, open: addLine(open, line) } : split;

  const fence = openingFence(line);
  if (fence && !(open?.isList && fence.indent >= 2)) {
    const { language, marker, indent } = fence;
    const code = { kind: 'code', language, marker, indent, groups: [], lines: [] } as const;
    return { ...settleOpen(split), open: code };
  }
  if (open && isTableHead(open.lines.at(-1) ?? '', line) && !open.isList) {
    return { ...settleBefore(split, open), open: aTable(open.lines.at(-1) ?? '', line) };
  }

  const noted = withDefinition(split, line);
  const cut = open ? cutBefore(open, line) : null;
  const text = open && cut === null ? open : aText(line, cut === 'list');
  const before = cut === null ? noted : settleOpen(noted);
  return { ...before, open: openedBy(addLine(text, line), line, fence?.marker ?? null) };
}

function withDefinition(split: SplitText, line: string): SplitText {
  const link = definedLabel(line);
  const note = notedLabel(line);
  if (link === null && note === null) return split;
  const definitions = new Map(split.definitions);
  if (link !== null) definitions.set(link.toLowerCase(), line.trim());
  if (note !== null) definitions.set(`^${note.toLowerCase()}`, `[^${note}]:`); // Its words stay there.
  return { ...split, definitions };
}

/** Whether a line begins another block, and if so whether that goes on with the same list. */
function cutBefore(open: OpenText, line: string): 'block' | 'list' | null {
  const isAfterBlank = isBlank(open.lines.at(-1) ?? '');
  if (open.isList) {
    const goesOn = isListItem(line) || isIndented(line);
    if (isAfterBlank && !goesOn) return 'block';
    return open.length > LONG_LIST && isTopItem(line) ? 'list' : null;
  }
  if (isAfterBlank && isIndented(line) && notedLabel(open.lines[0] ?? '') !== null) return null;
  return isAfterBlank || open.length > LONG_TEXT ? 'block' : null;
}

/** A line may begin code or a formula that blank lines do not end. */
function openedBy(open: OpenText, line: string, marker: string | null): OpenText {
  if (marker !== null) return { ...open, inner: { kind: 'code', end: marker, lines: 0 } };
  const formula = openingFormula(line);
  return formula === null ? open : { ...open, inner: { kind: 'formula', end: formula, lines: 0 } };
}

function insideOf(open: OpenText, inner: Inner, line: string): OpenText {
  const next = addLine(open, line);
  if (inner.kind === 'code') {
    return closesFence(line, inner.end) ? { ...next, inner: null } : next;
  }
  const isOver = line.trimEnd().endsWith(inner.end) || inner.lines >= MAX_FORMULA_LINES;
  return { ...next, inner: isOver ? null : { ...inner, lines: inner.lines + 1 } };
}

function aText(line: string, continuesList: boolean): OpenText {
  return {
    kind: 'text',
    lines: [],
    length: 0,
    isList: isListItem(line),
    continuesList,
    inner: null,
  };
}

function addLine(open: OpenText, line: string): OpenText {
  return { ...open, lines: [...open.lines, line], length: open.length + line.length + 1 };
}

function aTable(head: string, delimiters: string): OpenBlock {
  return { kind: 'table', head: `${head}\n${delimiters}`, groups: [], lines: [] };
}

function withLine<Kind extends Extract<OpenBlock, { groups: unknown }>>(
  open: Kind,
  line: string,
): Kind {
  const lines = [...open.lines, line];
  if (lines.length < GROUP_LINES) return { ...open, lines };
  return { ...open, lines: [], groups: [...open.groups, lines.join('\n')] };
}

function settle(split: SplitText, block: Block | null): SplitText {
  if (!block) return split;
  const settled = [...split.settled, block];
  if (settled.length < CHAPTER_BLOCKS) return { ...split, settled };
  return { ...split, settled: [], chapters: [...split.chapters, settled] };
}

function settleOpen(split: SplitText): SplitText {
  return split.open ? settle({ ...split, open: null }, toBlock(split.open)) : split;
}

/** What stands before the head of a table. */
function settleBefore(split: SplitText, open: OpenText): SplitText {
  return settle({ ...split, open: null }, toBlock({ ...open, lines: open.lines.slice(0, -1) }));
}

function toBlock(open: OpenBlock): Block | null {
  switch (open.kind) {
    case 'text': {
      const text = open.lines.join('\n').trimEnd();
      return text === '' ? null : { kind: 'text', text, continuesList: open.continuesList };
    }
    case 'code':
      return toCode(open, true);
    case 'table':
      return { kind: 'table', head: open.head, groups: allGroups(open) };
    default:
      return open satisfies never;
  }
}

function toCode(open: Extract<OpenBlock, { kind: 'code' }>, isOpen: boolean): Block {
  return { kind: 'code', language: open.language, groups: allGroups(open), isOpen };
}

function allGroups({
  groups,
  lines,
}: Pick<Extract<OpenBlock, { groups: unknown }>, 'groups' | 'lines'>) {
  return lines.length === 0 ? groups : [...groups, lines.join('\n')];
}

function unindent(line: string, columns: number): string {
  const spaces = line.length - line.trimStart().length;
  return line.slice(Math.min(spaces, columns));
}

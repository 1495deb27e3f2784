import { isDeepStrictEqual } from 'node:util';
import { isAlias, isNode, visit, type CST, type Node, type Pair, type YAMLSeq } from 'yaml';
import { customOf, findEntries, type EntrySearch } from './find-entries.ts';
import { MigrationProblem } from './problem.ts';

/** A piece of the text that gives way to another. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * The text without its OpenRouter entries, each with the comments inside it: those behind settings,
 * and those that are indented deeper than its dash. Every other character stays as it is. A list that
 * would be left without entries becomes `[]`.
 *
 * @throws MigrationProblem when something else needs the entry, or it is written in a form that cannot
 *   be cut out.
 */
export function removeEntries(search: EntrySearch): string {
  const { text, list, entries } = search;
  if (!list) return text;
  const removed = entries.map(({ index }) => index);
  refuseUsedAnchors(search, removed);
  const edits = list.flow ? flowEdits(list, removed) : blockEdits(search, list, removed);
  const result = applyEdits(text, edits);
  if (!isAsBefore(search, result, removed)) {
    throw new MigrationProblem(
      `has its entry in line ${entries[0]?.line} in a form that cannot be cut out safely; remove it by hand`,
    );
  }
  return result;
}

function blockEdits({ text, document }: EntrySearch, list: YAMLSeq, removed: number[]): Edit[] {
  const edits = removed.map((index) => {
    const dash = startTokens(list, index).findLast(({ type }) => type === 'seq-item-ind');
    const start = startOfLine(text, dash?.offset ?? 0);
    const column = (dash?.offset ?? 0) - start;
    const [, valueEnd = start] = (list.items[index] as Node).range ?? [];
    return { start, end: endOfEntry(text, valueEnd, column), text: '' };
  });
  if (removed.length < list.items.length) return edits;
  const at = endOfKey(document.get('endpoints', true), list);
  return [{ start: at, end: at, text: ' []' }, ...edits];
}

/** `[a, ]` is a list of one, so a comma before the last entry may stay. */
function flowEdits(list: YAMLSeq, removed: number[]): Edit[] {
  return removed.map((index) => {
    const node = list.items[index] as Node;
    const first = startTokens(list, index).find(({ type }) => type === 'anchor' || type === 'tag');
    const [valueStart = 0, valueEnd = 0] = node.range ?? [];
    const start = first?.offset ?? valueStart;
    const comma = startTokens(list, index + 1).find(({ type }) => type === 'comma');
    if (!comma) return { start, end: valueEnd, text: '' };
    const after = startTokens(list, index + 1).find(({ offset }) => offset > comma.offset);
    const end = comma.offset + 1 + (after?.type === 'space' ? after.source.length : 0);
    return { start, end, text: '' };
  });
}

/** What stands between the entry before and the value of this one. */
function startTokens(list: YAMLSeq, index: number): CST.SourceToken[] {
  const token = list.srcToken as CST.BlockSequence | CST.FlowCollection | undefined;
  return token?.items[index]?.start ?? [];
}

/** Behind `custom:` and its anchor, where `[]` can stand. */
function endOfKey(endpoints: unknown, list: YAMLSeq): number {
  const pairs = (endpoints as { items: Pair[] }).items;
  const pair = pairs.find(({ value }) => value === list);
  const tokens = pair?.srcToken?.sep ?? [];
  const last = tokens.findLast(({ type }) => ['map-value-ind', 'anchor', 'tag'].includes(type));
  return last ? last.offset + last.source.length : 0;
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

/** Comments that are indented deeper than the dash belong to the entry: settings put out of force. */
function endOfEntry(text: string, valueEnd: number, column: number): number {
  let end = text[valueEnd - 1] === '\n' ? valueEnd : endOfLine(text, valueEnd);
  for (let at = end; at < text.length;) {
    const next = endOfLine(text, at);
    const line = text.slice(at, next);
    const indent = line.search(/\S/);
    if (indent >= 0 && (line[indent] !== '#' || indent <= column)) break;
    if (indent >= 0) end = next;
    at = next;
  }
  return end;
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end),
      text,
    );
}

/** An alias elsewhere would be left without what it stands for. */
function refuseUsedAnchors({ document, list, entries }: EntrySearch, removed: number[]): void {
  const gone: unknown[] = removed.map((index) => list?.items[index]);
  const anchors = new Set<string>();
  for (const node of gone) {
    visit(node as Node, (_key, inner) => {
      if (isNode(inner) && !isAlias(inner) && inner.anchor) anchors.add(inner.anchor);
    });
  }
  visit(document, (_key, node) => {
    if (gone.includes(node)) return visit.SKIP;
    if (!isAlias(node) || !anchors.has(node.source)) return undefined;
    throw new MigrationProblem(
      `uses *${node.source} elsewhere, which the entry in line ${entries[0]?.line} defines; write it out there first`,
    );
  });
}

/** The last word before anything is written: the file means the same, but for the entries. */
function isAsBefore({ document }: EntrySearch, result: string, removed: number[]): boolean {
  const expected: unknown = document.toJS();
  const custom = customOf(expected);
  for (const index of removed.toReversed()) custom.splice(index, 1);
  try {
    return isDeepStrictEqual(findEntries(result).data, expected);
  } catch {
    return false;
  }
}

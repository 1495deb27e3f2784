/** A part of an answer that can be rendered on its own. */
export interface Block {
  text: string;
  /** A code fence that nobody has closed yet: more of it is on the way. */
  isOpenFence: boolean;
}

const FENCE = /^\s*(`{3,}|~{3,})(.*)$/;
const LIST_ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
const INDENTED = /^(?:\t| {2,})/;

/** A link or footnote defined here may be used in any block, so such a text must stay whole. */
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:[ \t]/m;

/**
 * Splits Markdown at blank lines between blocks: paragraphs, lists, tables, quotes, code fences. All
 * blocks but the last stay the same while text is added, so each has to be parsed only once.
 */
export function splitBlocks(text: string): Block[] {
  if (DEFINITION.test(text)) return [{ text, isOpenFence: false }];

  const blocks: Block[] = [];
  let lines: string[] = [];
  let fence: string | null = null;
  let isAfterBlank = false;

  function close(): void {
    if (lines.some((line) => line.trim() !== '')) {
      blocks.push({ text: lines.join('\n').trimEnd(), isOpenFence: fence !== null });
    }
    lines = [];
  }

  for (const line of text.split('\n')) {
    if (fence === null && line.trim() === '') {
      isAfterBlank = true;
      lines.push(line);
      continue;
    }
    if (isAfterBlank && fence === null && !continues(lines, line)) close();
    isAfterBlank = false;
    lines.push(line);
    fence = fenceAfter(fence, line);
  }
  close();
  return blocks;
}

/** A list goes on after a blank line with a further item, or with an indented part of the last one. */
function continues(lines: string[], line: string): boolean {
  const first = lines.find((candidate) => candidate.trim() !== '');
  if (first === undefined) return true;
  return LIST_ITEM.test(first) && (LIST_ITEM.test(line) || INDENTED.test(line));
}

/** The marker that will close the fence we are in after this line; `null` outside of one. */
function fenceAfter(fence: string | null, line: string): string | null {
  const match = FENCE.exec(line);
  const marker = match?.[1];
  if (marker === undefined) return fence;
  const rest = match?.[2] ?? '';
  if (fence === null) return marker.startsWith('`') && rest.includes('`') ? null : marker;
  const isClosing = marker[0] === fence[0] && marker.length >= fence.length && rest.trim() === '';
  return isClosing ? null : fence;
}

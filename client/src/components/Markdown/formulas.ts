/**
 * What may hold dollars and backslashes without being a formula, and the ways in which models write
 * formulas. Matched from the left, so that what began first wins.
 */
const PIECES = new RegExp(
  [
    /(?<fence>^[ \t]*(?<marker>`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^[ \t]*\k<marker>[`~]*[ \t]*$|$(?![\s\S])))/,
    /(?<code>(?<ticks>(?<!`)`+(?!`))[\s\S]*?(?<!`)\k<ticks>(?!`))/,
    /\\\[(?<bracketed>[\s\S]+?)\\\]/,
    /\\\((?<parenthesised>[\s\S]+?)\\\)/,
    /(?<!\\)\$\$(?<doubled>[\s\S]+?)\$\$/,
    /(?<![\\$\w])\$(?![\s$])(?<single>(?:\\\$|[^$\n])+?)(?<![\s\\])\$(?![\d$])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gm',
);

/** The beginning of a formula. */
const OPENING = /(?<!\\)\$\$|\\[([]/;

const TEX = /\\[a-zA-Z]|[\^_]/;
const WORD = /[a-zA-Z]{3,}/g;
const FUNCTIONS = new Set(
  'arg cos cosh cot csc deg det dim exp gcd inf ker lim log max min mod sec sin sinh sup tan tanh'.split(
    ' ',
  ),
);

/** Cheap, and wrong only in that it finds too much. */
export function mayHoldFormula(text: string): boolean {
  return /\$|\\[([]/.test(text);
}

/**
 * Writes all formulas in the one way that the parser is told to know: `$$…$$` inside a line, and `$$` on
 * lines of their own around what stands alone. Prices stay prices: a single dollar begins a formula only
 * if one without a space before it and a digit after it ends it, and what is between looks like one.
 */
export function markFormulas(text: string): string {
  return text.replace(PIECES, (match: string, ...rest: unknown[]) => {
    const { bracketed, parenthesised, doubled, single } = rest.at(-1) as Record<
      string,
      string | undefined
    >;
    const offset = rest.at(-3) as number;
    if (single !== undefined) return looksLikeFormula(single) ? inline(single) : match;
    if (parenthesised !== undefined) return inline(parenthesised);
    const display = bracketed ?? doubled;
    if (display === undefined) return match; // Code.
    if (/^[ \t]*>/m.test(display)) return match; // In a quote the parser finds it by itself.
    return displayed(display, text.slice(0, offset), text.slice(offset + match.length));
  });
}

/** A text that still arrives, without the formula it ends in the middle of. */
export function withoutUnfinishedFormula(text: string): string {
  if (!mayHoldFormula(text)) return text;
  const unmatched = text.replace(PIECES, (match) => ' '.repeat(match.length));
  const start = unmatched.search(OPENING);
  return start === -1 ? text : text.slice(0, start).trimEnd();
}

function looksLikeFormula(tex: string): boolean {
  if (TEX.test(tex)) return true;
  return (tex.match(WORD) ?? []).every((word) => FUNCTIONS.has(word));
}

function inline(tex: string): string {
  return `$$${tex.trim().replaceAll(/\s*\n\s*/g, ' ')}$$`;
}

/** On lines of its own if nothing else is on them; inside a line it is only drawn as large. */
function displayed(tex: string, before: string, after: string): string {
  const [indent] = /(?:^|\n)([ \t]*)$/.exec(before)?.slice(1) ?? [];
  if (indent === undefined || !/^[ \t]*(?:\n|$)/.test(after))
    return inline(`\\displaystyle ${tex.trim()}`);
  const lines = tex.split('\n').filter((line) => line.trim() !== '');
  return ['$$', ...lines.map((line) => `${indent}${line.trim()}`), `${indent}$$`].join('\n');
}

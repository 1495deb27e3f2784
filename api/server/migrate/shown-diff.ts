import { scrubText } from '@openrouter-native/openrouter';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { isScalar, parseDocument, visit, type Node } from 'yaml';

const CONTEXT_LINES = 3;
const HIDDEN = '[redacted]'; // As in everything else that is scrubbed.

/**
 * What changes from one text to the other, as a unified diff in which nothing secret can be read: no
 * value of a setting that is named like a secret, of a header or of an argument, and nothing else that
 * looks like a key. Settings that only name a variable are shown.
 *
 * @param name - Of the file.
 */
export function shownDiff(name: string, before: string, after: string): string {
  return createTwoFilesPatch(name, name, hide(before), hide(after), undefined, undefined, {
    context: CONTEXT_LINES,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

const SECRET_NAME = /key|token|secret|pass|auth|cookie|credential|bearer|cert/i;
/** Maps and lists whose every value may be one. */
const SECRET_SECTION = /^(headers|env|args|command|customUserVars|oauth|oauth_headers)$/i;

function hide(text: string): string {
  const ranges = new Map<number, number>(); // A header may be within another secret section.
  visit(parseDocument(text), {
    Pair(_key, pair) {
      const name = isScalar(pair.key) ? String(pair.key.value) : '';
      if (!SECRET_NAME.test(name) && !SECRET_SECTION.test(name)) return;
      visit(pair.value as Node, {
        Scalar(key, node) {
          if (key === 'key' || isOpen(node.value) || !node.range) return;
          ranges.set(node.range[0], node.range[1]);
        },
      });
    },
  });
  const hidden = [...ranges]
    .toSorted(([a], [b]) => b - a)
    .reduce(
      (rest, [start, end]) =>
        rest.slice(0, start) + cover(rest.slice(start, end)) + rest.slice(end),
      text,
    );
  return hidden
    .split('\n')
    .map((line) => hideInComment(scrub(line)))
    .join('\n');
}

/** Names of variables are no secrets, though they often stand where one would. */
function scrub(line: string): string {
  const names: string[] = [];
  const short = line.replace(/\$\{\w+\}/g, (name) => `§${names.push(name) - 1}§`);
  return scrubText(short)
    .replace(QUERY, `$1${HIDDEN}`)
    .replace(/§(\d+)§/g, (mark, index) => names[Number(index)] ?? mark);
}

/** As many lines as before, so that the diff stays true. */
function cover(value: string): string {
  return value
    .split('\n')
    .map((line, index, lines) => {
      const end = line.endsWith('\r') ? '\r' : '';
      if (index > 0 && index === lines.length - 1 && line.trim() === '') return line;
      return index === 0 ? HIDDEN + end : `  ${HIDDEN}${end}`;
    })
    .join('\n');
}

function isOpen(value: unknown): boolean {
  if (typeof value === 'boolean' || value === null) return true;
  if (typeof value !== 'string') return false;
  return /^(\$\{\w+\}|\{\{\w+\}\}|user_provided|)$/.test(value.trim());
}

function hideInComment(line: string): string {
  const [, code = '', comment] = /^(.*?)(#.*)$/s.exec(line) ?? [];
  if (comment === undefined) return line;
  return code + comment.replace(COMMENTED_SECRET, `$1${HIDDEN}`);
}

const QUERY = /([?&][\w.-]+=)[^&\s"'#]+/g;

const COMMENTED_SECRET =
  /((?:key|token|secret|pass\w*|authorization|cookie)["']?\s*[:=]\s*)(?!["']?(?:\$\{\w+\}|user_provided)["']?\s*(?:#|$))[^\r\n]+/gi;

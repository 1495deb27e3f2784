import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

const SOURCE = join(__dirname, '..');

/** What people read or hear, as far as it is written into an attribute. */
const SPOKEN = new Set(['alt', 'aria-description', 'aria-label', 'label', 'lead', 'placeholder', 'title']); // prettier-ignore

/** Names, which are the same in each language. */
const NAMES = ['OpenRouter', 'sk-or-v1-…'];

interface Node {
  type?: string;
  value?: unknown;
  name?: Node;
  [field: string]: unknown;
}

/** Words that stand in markup instead of in a dictionary. */
function literalsOf(code: string): string[] {
  const found: string[] = [];
  visit(parseSync(code, { syntax: 'typescript', tsx: true }));
  return found;

  function visit(node: unknown): void {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { type, name, value, children } = node as Node;
    if (type === 'JSXText') keep(value);
    if (type === 'JSXAttribute' && SPOKEN.has(String(name?.value))) keepOf(value);
    if (Array.isArray(children)) children.forEach(keepOf);
    Object.values(node).forEach(visit);
  }

  /** A string, also in braces, and both sides of a choice. */
  function keepOf(node: unknown): void {
    if (typeof node !== 'object' || node === null) return;
    const { type, value, expression, consequent, alternate, quasis } = node as Node;
    if (type === 'StringLiteral') keep(value);
    if (type === 'TemplateLiteral') (quasis as Node[]).forEach(({ cooked }) => keep(cooked));
    if (type === 'JSXExpressionContainer' || type === 'ParenthesisExpression') keepOf(expression);
    if (type === 'ConditionalExpression') [consequent, alternate].forEach(keepOf);
  }

  function keep(text: unknown): void {
    const words = String(text).trim();
    if (/\p{L}{2}/u.test(words) && !NAMES.includes(words)) found.push(words);
  }
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'),
);

it('finds words in markup', () => {
  const code = [
    '<p title="Some title" className="text-small" onClick={() => go("a page")}>',
    "Some text {t('a.b')} {is ? 'Yes, it is' : null} {`${n} times`}",
    '</p>',
  ].join('');

  expect(literalsOf(code)).toEqual(['Yes, it is', 'times', 'Some title', 'Some text']);
});

it.each(files)('finds none in %s', (file) => {
  const code = readFileSync(join(SOURCE, file), 'utf8');

  expect(literalsOf(code)).toEqual([]);
});

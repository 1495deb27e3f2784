import type { Random } from '../seed.ts';
import { dialects } from './dialect.ts';
import type { CodeLanguage } from './language.ts';
import { printProgram } from './print.ts';
import { designProgram, type Program } from './program.ts';

/** A fenced code block in the language, with names that follow the question. */
export function writeCode(language: CodeLanguage, question: string, random: Random): string {
  const program = designProgram(question, random);
  return `\`\`\`${language}\n${writeSource(language, program)}\n\`\`\``;
}

function writeSource(language: CodeLanguage, program: Program): string {
  switch (language) {
    case 'bash':
      return writeBash(program);
    case 'sql':
      return writeSql(program);
    case 'html':
      return writeHtml(program);
    case 'css':
      return writeCss(program);
    default:
      return printProgram(program, dialects[language]);
  }
}

function writeBash({ name, item, list, goal, skipsEmpty }: Program): string {
  const last = {
    unique: `awk '!seen[$0]++'`,
    count: 'sort | uniq -c | sort -rn',
    filter: `grep -E '.{3,}'`,
    total: 'wc -m',
    longest: `awk '{ print length, $0 }' | sort -rn | head -n 1`,
    reverse: 'tac',
  }[goal];
  const source = skipsEmpty ? `grep -v '^$' "$${list}"` : `cat "$${list}"`;
  return [
    '#!/usr/bin/env bash',
    'set -euo pipefail',
    '',
    `# ${name.join(' ')}: one ${item} per line in the file that is given.`,
    `${list}="\${1:?file with ${list}}"`,
    `${source} | ${last}`,
  ].join('\n');
}

function writeSql({ item, list, goal, minLength, skipsEmpty }: Program): string {
  const where = [
    ...(skipsEmpty ? [`${item} <> ''`] : []),
    ...(goal === 'filter' ? [`length(${item}) >= ${minLength}`] : []),
  ];
  const select = {
    unique: `SELECT DISTINCT ${item}`,
    count: `SELECT ${item}, count(*) AS occurrences`,
    filter: `SELECT ${item}`,
    total: `SELECT sum(length(${item})) AS characters`,
    longest: `SELECT ${item}`,
    reverse: `SELECT ${item}`,
  }[goal];
  const rest = {
    unique: [],
    count: [`GROUP BY ${item}`, 'ORDER BY occurrences DESC'],
    filter: [`ORDER BY ${item}`],
    total: [],
    longest: [`ORDER BY length(${item}) DESC`, 'LIMIT 1'],
    reverse: ['ORDER BY id DESC'],
  }[goal];
  const condition = where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : [];
  return `${[select, `FROM ${list}`, ...condition, ...rest].join('\n')};`;
}

function writeHtml({ name, item, list }: Program): string {
  const title = name.join(' ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    `  <head><meta charset="utf-8" /><title>${title}</title></head>`,
    '  <body>',
    `    <h1>${title}</h1>`,
    `    <ul class="${list}">`,
    `      <li class="${item}">First ${item}</li>`,
    `      <li class="${item}">Second ${item}</li>`,
    '    </ul>',
    '  </body>',
    '</html>',
  ].join('\n');
}

function writeCss({ item, list, minLength }: Program): string {
  return [
    `.${list} {`,
    '  display: grid;',
    `  gap: ${minLength * 2}px;`,
    '}',
    '',
    `.${item}:focus-visible {`,
    '  outline: 2px solid currentColor;',
    '}',
  ].join('\n');
}

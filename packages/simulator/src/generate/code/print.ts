import { RESULT_KINDS, type Dialect } from './dialect.ts';
import type { Program } from './program.ts';

const INDENT = '    ';

/** Writes a program in one language; ends without a line break. */
export function printProgram(program: Program, dialect: Dialect): string {
  const kind = RESULT_KINDS[program.goal];
  const name = joinWords(program.name, dialect.casing);
  const { item, list } = program;

  const loop: string[] = [];
  if (program.skipsEmpty) loop.push(...dialect.skipEmpty(item));
  const [lowerLine, element] = program.ignoresCase ? dialect.lowerCase(item) : [null, item];
  if (lowerLine !== null) loop.push(lowerLine);
  loop.push(...dialect.step(program.goal, element, program.minLength));

  const body = [
    dialect.comment(summarize(program)),
    dialect.start(kind),
    dialect.loop(item, list),
    ...loop.map((line) => `${INDENT}${line}`),
    ...(dialect.close === null ? [] : [dialect.close]),
    dialect.finish,
  ];
  const lines = [
    dialect.open(name, list, kind),
    ...body.map((line) => `${INDENT}${line}`),
    ...(dialect.close === null ? [] : [dialect.close]),
  ];
  const text = lines.join('\n');
  const header = dialect.header(text).join('\n');
  return header === '' ? text : `${header.trimEnd()}\n\n${text}`;
}

function summarize({ goal, item, list, minLength, skipsEmpty, ignoresCase }: Program): string {
  const sentence = {
    unique: `Each ${item} once, in the order of first appearance`,
    count: `How often each ${item} occurs`,
    filter: `Only the ${list} of at least ${minLength} characters`,
    total: `How many characters all ${list} have together`,
    longest: `The longest ${item}; the first one wins a tie`,
    reverse: `The ${list} from last to first`,
  }[goal];
  const notes = [skipsEmpty ? 'empty ones left out' : '', ignoresCase ? 'case ignored' : ''];
  return `${[sentence, ...notes.filter(Boolean)].join(', ')}.`;
}

function joinWords(words: readonly string[], casing: Dialect['casing']): string {
  if (casing === 'snake') return words.join('_');
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return casing === 'pascal' ? joined : joined.charAt(0).toLowerCase() + joined.slice(1);
}

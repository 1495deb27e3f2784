import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fence } from './markdown.ts';
import { root } from './root.ts';

export const SHELL_LANGUAGES = ['sh', 'bash', 'shell', 'console', 'zsh'];

/** Addresses that are ours while a test runs. */
const OUR_ADDRESSES = /^http:\/\/(?:localhost:3080|127\.0\.0\.1:4010)(?:\/|$)/;

/** One simple command of a snippet, as words without their quotes. */
export interface Command {
  /** Of the page. */
  line: number;
  words: string[];
}

/**
 * The simple commands of a snippet, in order. Understands what the pages use: quotes, comments,
 * continued lines, `&&`, `|`, `;` and `$(…)`. A word with `$` in it stays as it is.
 */
export function commandsOf({ text, line }: Fence): Command[] {
  const commands: Command[] = [];
  let words: string[] = [];
  let word: string | null = null;
  let at = line;
  let quote: string | null = null;
  const endWord = () => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push({ line: at, words });
    words = [];
  };
  let lineNumber = line;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (words.length === 0 && word === null) at = lineNumber;
    if (character === '\n') lineNumber += 1;
    if (quote !== null) {
      if (character === quote) quote = null;
      else word = `${word ?? ''}${character}`;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= '';
    } else if (character === '\\' && text[index + 1] === '\n') {
      index += 1;
      lineNumber += 1;
      endWord();
    } else if (character === '#' && word === null) {
      while (index + 1 < text.length && text[index + 1] !== '\n') index += 1;
    } else if (character === '$' && text[index + 1] === '(') {
      endCommand(); // What is in there is a command of its own; NAME= before it is another.
      index += 1;
    } else if (/[\n;&|)]/.test(character)) endCommand();
    else if (/\s/.test(character)) endWord();
    else word = `${word ?? ''}${character}`;
  }
  endCommand();
  return commands;
}

const ASSIGNMENT = /^[A-Za-z_]\w*=/;

/** The command without the variables that are set before it. */
function withoutAssignments({ words }: Command): string[] {
  const from = words.findIndex((word) => !ASSIGNMENT.test(word));
  return from === -1 ? [] : words.slice(from);
}

/**
 * Whether a test can run a snippet to its end: it copies the example of the settings, gets a token,
 * or asks our own server or simulator, and does nothing else.
 */
export function isRunnable(fence: Fence): boolean {
  const commands = commandsOf(fence)
    .map(withoutAssignments)
    .filter((words) => words.length > 0);
  const isMore = commands.some(([name]) => name !== 'export'); // Settings alone do nothing.
  return isMore && commands.every(canRun);
}

function canRun([name = '', ...rest]: readonly string[]): boolean {
  switch (name) {
    case 'export':
      return true;
    case 'cp':
      return rest.join(' ') === '.env.example .env';
    case 'npm':
      return /^run (-s |--silent )?token\b/.test(rest.join(' '));
    case 'curl':
      return rest.some((word) => OUR_ADDRESSES.test(word));
    default:
      return false;
  }
}

interface Manifest {
  name: string;
  scripts?: Record<string, string>;
  bin?: Record<string, string>;
}

const manifests =
  ['.', 'api', 'client', 'test', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)] // prettier-ignore
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest,
    }));

/** Subcommands of npm that are no scripts. */
const NPM = new Set(['ci', 'install', 'init', 'pack', 'exec', 'pkg', 'uninstall']);
const topLevel = new Set(readdirSync(root));

/** What is wrong with a command, so far as that can be told without running it. */
export function problemsOf(command: Command): string[] {
  const [name = '', ...rest] = withoutAssignments(command);
  return [
    ...(name === 'npm' ? npmProblems(rest) : []),
    ...(name === 'npx' ? npxProblems(rest) : []),
    ...rest.filter((word) => !isThere(word)).map((word) => `there is no ${word}`),
  ];
}

/** Words that look like a path of the repository have to be one. */
function isThere(word: string): boolean {
  const path = word.replace(/^(@|\.\/)/, '').replace(/[,:]$/, '');
  const [first = '', ...others] = path.split('/');
  const isMeant = /^[\w./-]+$/.test(path) && others.length > 0 && topLevel.has(first);
  return !isMeant || existsSync(join(root, path)) || isMade(first);
}

/** Folders that a run or a build makes. */
function isMade(folder: string): boolean {
  return ['data', 'node_modules', 'test-results', '.cache'].includes(folder);
}

function npmProblems(words: string[]): string[] {
  const separator = words.indexOf('--');
  const own = separator === -1 ? words : words.slice(0, separator);
  const passed = separator === -1 ? [] : words.slice(separator + 1);
  const [first = '', ...rest] = own.filter((word) => !word.startsWith('-'));
  if (NPM.has(first) || own.join(' ') === 'run -s') return [];
  const script = first === 'run' ? (rest[0] ?? '') : first;
  const workspace = own[own.findIndex((word) => word === '-w' || word === '--workspace') + 1];
  const isInWorkspace = own.some((word) => word === '-w' || word === '--workspace');
  const owner = isInWorkspace
    ? manifests.find(({ folder, manifest }) => [folder, manifest.name].includes(workspace ?? ''))
    : manifests[0];
  const body = owner?.manifest.scripts?.[script];
  if (body === undefined) return [`there is no script "${script}"`];
  return unknownFlags(script, fileOf(body), passed);
}

function fileOf(script: string): string | null {
  return /[\w./-]+\.ts\b/.exec(script)?.[0] ?? null;
}

function npxProblems(words: string[]): string[] {
  const packaged = words.indexOf('-p');
  const rest = packaged === -1 ? words : words.filter((_word, index) => index !== packaged && index !== packaged + 1); // prettier-ignore
  const [name = '', ...passed] = rest.filter((word) => !/^(-y|--yes|--)$/.test(word));
  const owner = manifests.find(({ manifest }) => Object.hasOwn(manifest.bin ?? {}, name));
  if (!owner) {
    const isKnown = existsSync(join(root, 'node_modules/.bin', name)) || name.startsWith('@');
    return isKnown ? [] : [`there is no command ${name}`];
  }
  const built = owner.manifest.bin?.[name] ?? '';
  const source = join(
    owner.folder,
    built.replace(/^(\.\/)?dist\//, 'src/').replace(/\.js$/, '.ts'),
  );
  return unknownFlags(name, source, passed);
}

/** Flags that a command of ours does not declare to `parseArgs`. */
function unknownFlags(command: string, file: string | null, words: string[]): string[] {
  const flags = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')[0] ?? ''); // prettier-ignore
  if (flags.length === 0 || file === null) return [];
  const source = readFileSync(join(root, file), 'utf8');
  return flags
    .filter((flag) => !new RegExp(`['"]?${flag}['"]?: \\{[^}]*type:`).test(source))
    .map((flag) => `${command} has no flag --${flag}`);
}

import {
  isAlias,
  isMap,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type YAMLSeq,
} from 'yaml';
import { kindOfEntry, nameOfEntry } from '../config/openrouter-entry.ts';
import { MigrationProblem } from './problem.ts';

/** One entry of `endpoints.custom` that stands for OpenRouter. */
export interface OpenRouterEntry {
  /** In the list, from 0. */
  index: number;
  name: string;
  /** From 1. */
  line: number;
  /** What it sets; aliases and merge keys are resolved. */
  fields: Record<string, unknown>;
}

/** A `librechat.yaml` that was read, and what of it is OpenRouter. */
export interface EntrySearch {
  text: string;
  document: Document;
  /** `endpoints.custom`; `null` when there is nothing to migrate. */
  list: YAMLSeq | null;
  entries: OpenRouterEntry[];
  /** Names of entries that lead to a server like this one; they are for another LibreChat. */
  ownEntries: string[];
  /** The whole file as values. */
  data: unknown;
}

/** @throws MigrationProblem for a text that is no YAML, or whose list cannot be edited. */
export function findEntries(text: string): EntrySearch {
  const lines = new LineCounter();
  const document = readYaml(text, lines);
  const data = valuesOf(document);
  const node = isMap(document.contents) ? document.getIn(['endpoints', 'custom'], true) : undefined;
  const custom = customOf(data);
  const kinds = custom.map(kindOfEntry);
  const entries = custom.flatMap((fields, index): OpenRouterEntry[] => {
    if (kinds[index] !== 'openrouter' || !isSeq(node)) return [];
    const start = (node.items[index] as { range?: [number, number, number] }).range?.[0] ?? 0;
    return [
      {
        index,
        name: nameOfEntry(fields),
        line: lines.linePos(start).line,
        fields: fields as Record<string, unknown>,
      },
    ];
  });
  if (kinds.includes('openrouter') && !isSeq(node)) throw new MigrationProblem(whyNoList(node));
  return {
    text,
    document,
    list: isSeq(node) && entries.length > 0 ? node : null,
    entries,
    ownEntries: custom.filter((_entry, index) => kinds[index] === 'this-server').map(nameOfEntry),
    data,
  };
}

function readYaml(text: string, lineCounter: LineCounter): Document {
  // LibreChat's parser knows merge keys, whatever version the file names.
  const document = parseDocument(text, { keepSourceTokens: true, merge: true, lineCounter });
  const [error] = document.errors;
  if (!error) return document;
  const line = error.linePos?.[0].line ?? 1;
  const hint = error.code === 'TAB_AS_INDENT' ? ': YAML is indented with spaces, not tabs' : '';
  throw new MigrationProblem(`is not valid YAML in line ${line} (${error.code})${hint}`);
}

function valuesOf(document: Document): unknown {
  try {
    return document.toJS() as unknown;
  } catch {
    throw new MigrationProblem('unfolds its aliases into far too much'); // yaml gives up in time.
  }
}

/** `endpoints.custom` as values; empty when it is no list. */
export function customOf(data: unknown): unknown[] {
  const endpoints = isRecord(data) ? data['endpoints'] : undefined;
  const custom = isRecord(endpoints) ? endpoints['custom'] : undefined;
  return Array.isArray(custom) ? custom : [];
}

function whyNoList(node: unknown): string {
  const what = isAlias(node) ? `an alias (*${node.source})` : 'merged from elsewhere';
  return `has endpoints.custom as ${what}; write the list out under endpoints.custom first`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

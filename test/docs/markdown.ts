import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { root } from './root.ts';

/** A piece of a page, and where it is. */
export interface Placed {
  /** `docs/errors.md:12`: where an editor opens it. */
  at: string;
  line: number;
  text: string;
}

/** A block of code between three backticks. */
export interface Fence extends Placed {
  /** `sh`, `ts`, …; empty when nothing is said. */
  language: string;
  /** Line of the first line of code. */
  page: string;
}

/** One Markdown file. */
export interface Page {
  /** From the folder of the repository, with slashes. */
  path: string;
  fences: Fence[];
  /** Code within a line. */
  code: Placed[];
  /** Targets of links and pictures, those in HTML too. */
  links: Placed[];
  /** What an address may end in, behind `#`. */
  anchors: ReadonlySet<string>;
}

const SKIPPED = new Set(['node_modules', 'dist', 'coverage', 'test-results']);
const HTML_TARGET = /\b(?:href|src|srcset)="([^"]+)"/g;
const HTML_ANCHOR = /\b(?:id|name)="([^"]+)"/g;

/** Every page of the repository. */
export function readPages(): Page[] {
  return markdownFiles('').map((path) => readPage(path, readFileSync(join(root, path), 'utf8')));
}

function markdownFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return SKIPPED.has(entry.name) || entry.name.startsWith('.') ? [] : markdownFiles(path);
    }
    return entry.name.endsWith('.md') && existsSync(join(root, path)) ? [path] : [];
  });
}

/** Reads a page as GitHub does. */
export function readPage(path: string, text: string): Page {
  const page = {
    path,
    fences: [] as Fence[],
    code: [] as Placed[],
    links: [] as Placed[],
    anchors: new Set<string>(),
  };
  const slugger = new GithubSlugger();
  visit(
    fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
    (node) => {
      const line = node.position?.start.line ?? 1;
      const place = (said: string): Placed => ({ at: `${path}:${line}`, line, text: said });
      switch (node.type) {
        case 'code':
          page.fences.push({
            ...place(node.value),
            line: line + 1,
            language: node.lang ?? '',
            page: path,
          });
          break;
        case 'inlineCode':
          page.code.push(place(node.value));
          break;
        case 'link':
        case 'image':
        case 'definition':
          page.links.push(place(node.url));
          break;
        case 'heading':
          page.anchors.add(slugger.slug(textOf(node)));
          break;
        case 'html':
          for (const [, url = ''] of node.value.matchAll(HTML_TARGET)) page.links.push(place(url));
          for (const [, id = ''] of node.value.matchAll(HTML_ANCHOR)) page.anchors.add(id);
          break;
        default:
          break;
      }
    },
  );
  return page;
}

function visit(node: Nodes, see: (node: Nodes) => void): void {
  see(node);
  if ('children' in node) for (const child of node.children) visit(child, see);
}

function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

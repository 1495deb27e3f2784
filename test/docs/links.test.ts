import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { readPage, readPages, type Page, type Placed } from './markdown.ts';
import { root } from './root.ts';

const pages = readPages();
const byPath = new Map(pages.map((page) => [page.path, page]));

/** What is wrong with a link; `null` when nothing is. */
function problemOf(page: Page, { text }: Placed): string | null {
  if (/^[a-z][a-z+.-]*:/i.test(text)) {
    return /^(https?|mailto):/i.test(text) && URL.canParse(text) ? null : 'is no web address';
  }
  if (text.startsWith('/')) return 'begins with a slash, which leads nowhere in a repository';
  const [file = '', anchor] = decodeURI(text).split('#');
  const path = file === '' ? page.path : normalize(join(dirname(page.path), file));
  if (path.startsWith('..')) return 'leads out of the repository';
  if (!existsSync(join(root, path))) return 'leads to nothing';
  if (anchor === undefined || /^L\d+(-L\d+)?$/.test(anchor)) return null;
  const target = statSync(join(root, path)).isDirectory() ? `${path}/README.md` : path;
  return byPath.get(target)?.anchors.has(anchor) ? null : `there is no heading #${anchor}`;
}

function problemsOf(page: Page): string[] {
  return page.links.flatMap((link) => {
    const problem = problemOf(page, link);
    return problem === null ? [] : [`${link.at}: ${link.text} ${problem}`];
  });
}

it('leads somewhere, wherever a page of the repository links to', () => {
  expect(pages.length).toBeGreaterThan(20);
  expect(pages.flatMap(problemsOf)).toEqual([]);
});

it.each([
  ['[a](nowhere.md)', 'leads to nothing'],
  ['[a](../../outside.md)', 'leads out of the repository'],
  ['[a](made-up.md#nothing)', 'leads to nothing'],
  ['[a](../README.md#nothing)', 'there is no heading #nothing'],
  ['<img src="nothing.png">', 'leads to nothing'],
  ['[a](/docs/README.md)', 'begins with a slash'],
  ['[a](javascript:alert)', 'is no web address'],
])('would notice %s', (text, problem) => {
  expect(problemsOf(readPage('docs/made-up.md', `# Here\n\n${text}`))).toEqual([
    expect.stringContaining(problem),
  ]);
});

const SOURCE = /^(api|client|deploy|docs|packages|scripts|test)\/[\w./-]+$/;

/** Files and folders of the repository that are named in a line, and are not there. */
function missingFiles({ code }: Pick<Page, 'code'>): string[] {
  return code
    .filter(({ text }) => SOURCE.test(text) && !text.includes('YYYY'))
    .filter(({ text }) => !existsSync(join(root, text)))
    .map(({ at, text }) => `${at}: there is no ${text}`);
}

it('names no file that is not there', () => {
  const madeUp = { at: 'made-up.md:3', line: 3, text: 'packages/nothing/src' };

  expect(pages.flatMap(missingFiles)).toEqual([]);
  expect(missingFiles({ code: [madeUp] })).toEqual(['made-up.md:3: there is no packages/nothing/src']); // prettier-ignore
});

it('reaches every guide and decision from the map', () => {
  const reachable = new Set(['README.md']);
  for (const path of reachable) {
    for (const { text } of byPath.get(path)?.links ?? []) {
      const [file = ''] = text.split('#');
      const target = normalize(join(dirname(path), file));
      const at = byPath.has(target) ? target : join(target, 'README.md');
      if (byPath.has(at)) reachable.add(at);
    }
  }

  const hidden = pages.filter(({ path }) => path.startsWith('docs/') && !reachable.has(path));
  expect(hidden.map(({ path }) => path)).toEqual([]);
});

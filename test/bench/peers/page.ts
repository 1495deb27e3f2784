import { readFile, writeFile } from 'node:fs/promises';
import { describe, type Findings } from './report.ts';

const BEGIN = '<!-- npm run bench:peers -- --write -->';
const END = '<!-- end of bench:peers -->';

/** Puts the tables between the two marks of the page. @throws Error when the page has no marks. */
export async function writePage(page: URL, findings: Findings): Promise<void> {
  const text = await readFile(page, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${page.pathname} has no place for the tables`);
  const before = text.slice(0, begin + BEGIN.length);
  await writeFile(page, `${before}\n\n${describe(findings)}\n\n${text.slice(end)}`);
}

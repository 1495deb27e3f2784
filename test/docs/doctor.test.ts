import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@openrouter-native/api/config';
import { hostSteps } from '@openrouter-native/api/doctor/steps';
import { root } from './root.ts';

/** The code in one cell of each row of a page's tables. */
function codeInCells(page: string, cell: (cells: string[]) => string | undefined): string[] {
  return readFileSync(join(root, page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((line) => [...(cell(line.split('|').slice(1, -1)) ?? '').matchAll(/`(\w+)`/g)])
    .map(([, code = '']) => code);
}

function checks(): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'checks-'));
  const config = loadConfig(directory, {});
  rmSync(directory, { recursive: true });
  const target = { localUrl: '', publicUrl: null, token: () => Promise.resolve('') };
  return hostSteps({ config, target, readConfig: () => config }).map(({ id }) => id);
}

it('explains every check of the doctor, and no other', () => {
  const explained = codeInCells('docs/guides/doctor.md', ([first]) => first);

  expect(explained.toSorted()).toEqual(checks().toSorted());
});

it('names checks that exist beside each symptom', () => {
  const named = codeInCells('docs/guides/troubleshooting.md', (cells) => cells.at(-1));

  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((id) => !checks().includes(id))).toEqual([]);
});

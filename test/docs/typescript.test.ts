import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPages, type Fence } from './markdown.ts';
import { root } from './root.ts';

const LANGUAGES = ['ts', 'tsx', 'js', 'jsx', 'mjs', 'cjs', 'typescript', 'javascript'];

const snippets = readPages()
  .flatMap(({ fences }) => fences)
  .filter(({ language }) => LANGUAGES.includes(language));

/** Too large to be installed for a check, or a sender of telemetry: what comes from it is not looked at. */
const ABSENT = ['@librechat/agents'];

// Below this workspace, so that imports find what tests have; the dot hides it from other projects.
const folder = join(import.meta.dirname, `.snippets-${process.pid}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The name of a snippet's file, which tells where it is from. */
function fileOf({ page, line, language, text }: Fence): string {
  const name = `${page.replaceAll(/[^\w.-]/g, '~')}~${line}`;
  if (language.startsWith('t')) return `${name}.${language === 'tsx' ? 'tsx' : 'ts'}`;
  const isCommon = language === 'cjs' || /\brequire\(/.test(text);
  return `${name}.${language === 'jsx' ? 'jsx' : isCommon ? 'cjs' : 'mjs'}`;
}

/** Checked elsewhere, by stricter rules. */
const OUR_SOURCES = /^(packages|api|client)\//;

/** Type-checks each as a file of its own. @returns What the compiler says, by page and line. */
function typecheck(all: readonly Fence[]): string[] {
  mkdirSync(folder, { recursive: true });
  // Empty lines before the code: the compiler's lines are those of the page.
  for (const snippet of all) {
    writeFileSync(join(folder, fileOf(snippet)), '\n'.repeat(snippet.line - 1) + snippet.text);
  }
  writeFileSync(
    join(folder, 'absent.d.ts'),
    ABSENT.map((name) => `declare module '${name}';\n`).join(''),
  );
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../tsconfig.base.json',
      compilerOptions: {
        noEmit: true,
        composite: false,
        incremental: false,
        declaration: false,
        sourceMap: false,
        inlineSources: false,
        allowJs: true,
        checkJs: true,
        jsx: 'react-jsx',
        types: ['node'],
        lib: ['ESNext', 'DOM', 'DOM.Iterable'],
        moduleDetection: 'force',
        allowImportingTsExtensions: true,
        customConditions: ['@openrouter-native/source'],
        // As most projects have it.
        exactOptionalPropertyTypes: false,
        // A snippet shows what there is; its reader goes on from there.
        noUnusedLocals: false,
        noUnusedParameters: false,
      },
      files: ['absent.d.ts', ...all.map(fileOf)],
    }),
  );
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder, '--pretty', 'false'], { encoding: 'utf8' }); // prettier-ignore
  const places = new Map(all.map((snippet) => [fileOf(snippet), snippet.page]));
  // A complaint goes on in lines that are indented.
  const complaints = stdout.split(/\n(?=\S)/).map((text) => text.trimEnd());
  return complaints
    .filter((text) => text !== '' && !OUR_SOURCES.test(text))
    .map((text) =>
      text.replace(/^(?:.*\/)?([^/(]+)\((\d+),\d+\)/, (whole, file: string, at: string) => {
        const page = places.get(file);
        return page ? `${page}:${at}` : whole;
      }),
    );
}

const wrong: Fence = {
  at: 'docs/made-up.md:7',
  line: 8,
  page: 'docs/made-up.md',
  language: 'ts',
  text: "import { OpenRouterClient } from '@openrouter-native/openrouter';\nnew OpenRouterClient(7);",
};

const isOfWrong = (problem: string) => problem.startsWith(wrong.page);

describe(`${snippets.length} snippets of TypeScript and JavaScript, which are not run`, () => {
  let found: string[];
  beforeAll(() => {
    found = typecheck([...snippets, wrong]);
  });
  it(`type-check as they are printed, but for what comes from ${ABSENT.join(', ')}`, () => {
    expect(snippets.length).toBeGreaterThan(5);
    expect(found.filter((problem) => !isOfWrong(problem))).toEqual([]);
  });

  it('are really looked at: a wrong one is found, by page and line', () => {
    expect(found.filter(isOfWrong)).toEqual([
      expect.stringMatching(/^docs\/made-up\.md:9: error TS2345/),
    ]);
  });
});

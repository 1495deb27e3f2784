import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError, loadConfig } from '@openrouter-native/api/config';
import { isRouteVariable } from '@openrouter-native/api/config/routes';
import { variableNames } from '@openrouter-native/api/config/variables';
import { parseDocument } from 'yaml';
import { readPages, type Fence, type Page } from './markdown.ts';
import { SHELL_LANGUAGES } from './shell.ts';

const pages = readPages();
const fences = pages.flatMap((page) => page.fences);
const ENV_LANGUAGES = ['env', 'dotenv'];

/** Names that are no settings of this server, and whose they are. */
const OTHERS = new Set([
  'NODE_EXTRA_CA_CERTS', // Node
  'CHROMIUM_PATH', // our tests
  'TEAM_MCP_TOKEN', // an example's own
  'STREAM_ID', // a shell snippet's own
  'APP_TOKEN', // a host's own
  'LIBRECHAT_USER_ID', // LibreChat's placeholder
  'OPENROUTER_NATIVE_TOKEN', // of a LibreChat in front of this server
  'POSTGRES_PASSWORD', // the image of PostgreSQL
  'PM2_DISABLE_VERSION_CHECK', // PM2
  'LANGSMITH_TRACING', // LangChain
  'LANGCHAIN_TRACING_V2', // LangChain
]);

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** What is wrong with a block of data, by page and line. */
function problemsOf(fence: Fence): string[] {
  const { language, text, at } = fence;
  try {
    if (language === 'json') JSON.parse(text);
    if (['yaml', 'yml'].includes(language)) {
      const [error] = parseDocument(text).errors;
      if (error) throw error;
    }
    if (ENV_LANGUAGES.includes(language)) loadSettings(parseEnv(text) as Record<string, string>);
    return [];
  } catch (error) {
    return [`${at}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Starts no server, but reads the settings as one would. @throws ConfigError */
function loadSettings(settings: Record<string, string>): void {
  const directory = mkdtempSync(join(tmpdir(), 'settings-'));
  directories.push(directory);
  const secret = '0'.repeat(64); // Asked for with NODE_ENV=production.
  loadConfig(directory, {
    JWT_SECRET: secret,
    JWT_REFRESH_SECRET: secret,
    CREDS_KEY: secret,
    ...settings,
  });
}

const NAME = /(?<![\w$./-])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?:_…)?(?![\w…])/g;

/** Names that look like a variable's and are none, by page and line. */
function unknownNames({ code, fences: blocks }: Pick<Page, 'code' | 'fences'>): string[] {
  const told = [
    ...code,
    ...blocks.filter(({ language }) =>
      [...SHELL_LANGUAGES, ...ENV_LANGUAGES, 'ini'].includes(language),
    ),
  ];
  return told.flatMap(({ at, text }) =>
    [...text.matchAll(NAME)]
      .map(([name]) => name)
      .filter((name) => !isKnown(name))
      .map((name) => `${at}: ${name} is no setting`),
  );
}

function isKnown(name: string): boolean {
  return (variableNames as string[]).includes(name) || isRouteVariable(name) || OTHERS.has(name);
}

it('reads as JSON, YAML, or settings that a server accepts, wherever a block is said to be that', () => {
  expect(fences.filter(({ language }) => ENV_LANGUAGES.includes(language))).not.toEqual([]);
  expect(fences.flatMap(problemsOf)).toEqual([]);
});

it('knows every variable that a page names', () => {
  expect(pages.flatMap(unknownNames)).toEqual([]);
});

it.each([
  ['json', '{ "a": 1, }', 'JSON'],
  ['yaml', 'a: [1', 'Flow sequence'],
  ['env', 'PORT=eighty', 'PORT is not a whole number'],
])('would notice wrong %s', (language, text, problem) => {
  const fence = { at: 'made-up.md:1', page: 'made-up.md', line: 2, language, text };

  expect(problemsOf(fence)).toEqual([expect.stringContaining(problem)]);
});

it('would notice a setting that does not exist', () => {
  const code = [{ at: 'made-up.md:3', line: 3, text: 'OPENROUTER_MODLES' }];

  expect(unknownNames({ code, fences: [] })).toEqual(['made-up.md:3: OPENROUTER_MODLES is no setting']); // prettier-ignore
  expect(() => loadSettings({ PORT: 'x' })).toThrow(ConfigError);
});

/** A language that code can be written in. */
export type CodeLanguage =
  | 'python'
  | 'javascript'
  | 'typescript'
  | 'go'
  | 'rust'
  | 'java'
  | 'csharp'
  | 'bash'
  | 'sql'
  | 'html'
  | 'css';

/** How each language is written in a sentence. */
export const languageNames: Readonly<Record<CodeLanguage, string>> = {
  python: 'Python',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  go: 'Go',
  rust: 'Rust',
  java: 'Java',
  csharp: 'C#',
  bash: 'Bash',
  sql: 'SQL',
  html: 'HTML',
  css: 'CSS',
};

/** The first name that occurs decides; words that are also English are asked to stand with `in`. */
const NAMES: readonly (readonly [RegExp, CodeLanguage])[] = [
  [/\bpython\b|\bpy\b|\bdjango\b|\bpandas\b/i, 'python'],
  [/\btypescript\b|\bts\b|\breact\b|\btsx\b/i, 'typescript'],
  [/\bjava\s?script\b|\bjs\b|\bnode(?:\.?js)?\b|\bexpress\b/i, 'javascript'],
  [/\bgolang\b|\b(?:in|a) go\b/i, 'go'],
  [/\brust\b/i, 'rust'],
  [/\bjava\b/i, 'java'],
  [/\bc#|\bcsharp\b|\.net\b/i, 'csharp'],
  [/\bbash\b|\bshell\b|\bcommand line\b/i, 'bash'],
  [/\bsql\b|\bquery\b.*\b(?:table|database)\b/i, 'sql'],
  [/\bhtml\b|\bweb ?page\b/i, 'html'],
  [/\bcss\b|\bstylesheet\b/i, 'css'],
];

const ASKS_FOR_CODE =
  /\bcode\b(?! of)|\bfunction\b|\bscript\b|\bprogram\b|\bclass\b|\balgorithm\b|\bsnippet\b|\bregex\b|\bimplement\b|\bunit tests?\b|\bloop\b|\bapi client\b|\bfenced\b/i;
const WRITES =
  /\b(?:write|create|show|give|make|generate|build|implement|fix|refactor|convert)\b|\bcode\b(?! of)/i;

/** The language of the code that a question asks for; `null` when it asks for none. */
export function findLanguage(text: string): CodeLanguage | null {
  const named = NAMES.find(([name]) => name.test(text))?.[1];
  if (named !== undefined && (WRITES.test(text) || ASKS_FOR_CODE.test(text))) return named;
  return ASKS_FOR_CODE.test(text) && (WRITES.test(text) || /\bhow\b/i.test(text)) ? 'python' : null;
}

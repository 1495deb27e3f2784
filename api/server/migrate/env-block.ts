import { quote, type EnvLine } from './env-lines.ts';

const BEGIN = '# >>> moved from librechat.yaml by npm run migrate:yaml';
const END = '# <<< moved from librechat.yaml by npm run migrate:yaml';

/**
 * Adds lines to the end of a `.env`, between two comments by which they are found again. What is there
 * stays as it is.
 *
 * @param stamp - Names this migration.
 */
export function addBlock(env: string, lines: readonly EnvLine[], stamp: string): string {
  const end = env.includes('\r\n') ? '\r\n' : '\n';
  const gap = env === '' || env.endsWith('\n') ? '' : end;
  const block = [
    `${BEGIN} ${stamp}`,
    ...lines.map(({ target, value }) => `${target}=${quote(value) ?? ''}`),
    `${END} ${stamp}`,
  ];
  return env + gap + block.map((line) => line + end).join('');
}

/**
 * Takes the lines of one migration out again.
 *
 * @param isGapAdded - The file did not end with a line break before.
 * @returns `null` when they are not there.
 */
export function cutBlock(env: string, stamp: string, isGapAdded: boolean): string | null {
  const begin = env.indexOf(`${BEGIN} ${stamp}`);
  const last = env.indexOf(`${END} ${stamp}`, begin);
  if (begin < 0 || last < 0) return null;
  const after = env.indexOf('\n', last);
  const before = env.slice(0, begin);
  return (
    (isGapAdded ? before.replace(/\r?\n$/, '') : before) + (after < 0 ? '' : env.slice(after + 1))
  );
}

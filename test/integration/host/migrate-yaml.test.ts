import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '@openrouter-native/api/config';
import { migrate as run } from '@openrouter-native/api/migrate/command';
import { aWorkingDirectory, runHost } from '../../support/host-process.ts';

const aKey = `sk-or-v1-${'0'.repeat(64)}`;
const yaml = `version: 1.3.17
endpoints:
  custom:
    # Groq
    - name: groq
      apiKey: gsk_PLANTED0123456789
      baseURL: https://api.groq.com/openai/v1
      models: { default: [llama3] }
    - name: OpenRouter
      apiKey: '${aKey}'
      baseURL: https://openrouter.ai/api/v1
      models: { default: [openai/gpt-5-mini], fetch: true }
      titleModel: openai/gpt-5-mini
      dropParams: [stop]
`;
const withoutEntry = yaml.slice(0, yaml.indexOf('    - name: OpenRouter'));

/** What the command does in a folder. */
function migrate(cwd: string, path: string, ...flags: ('write' | 'undo')[]): string {
  return run(
    { path, env: null, write: flags.includes('write'), undo: flags.includes('undo') },
    { directory: cwd, environment: {}, now: Date.now },
  );
}

function aFolder(files: Record<string, string | Buffer>): string {
  const cwd = aWorkingDirectory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return cwd;
}

const read = (cwd: string, name: string) => readFileSync(join(cwd, name), 'utf8');
/** Nothing in it is redacted. */
const secretless = (text: string) =>
  text.replace(`'${aKey}'`, '${OPENROUTER_KEY}').replace('gsk_PLANTED0123456789', '${GROQ_KEY}');
const namesIn = (cwd: string) => readdirSync(cwd).toSorted();

it('shows, writes, has nothing left to do, and takes everything back', () => {
  const env = 'PORT=0\nOPENROUTER_API_KEY=';
  const cwd = aFolder({ 'librechat.yaml': yaml, '.env': env });
  chmodSync(join(cwd, '.env'), 0o640);

  const shown = migrate(cwd, 'librechat.yaml');
  const isUntouched = read(cwd, 'librechat.yaml') === yaml && namesIn(cwd).length === 2;
  const written = migrate(cwd, 'librechat.yaml', 'write');
  const after = { yaml: read(cwd, 'librechat.yaml'), env: read(cwd, '.env'), names: namesIn(cwd) };
  const modes = after.names.slice(0, 2).map((name) => statSync(join(cwd, name)).mode & 0o777);
  const config = loadConfig(cwd, {});
  const again = migrate(cwd, 'librechat.yaml', 'write');
  const undone = migrate(cwd, 'librechat.yaml', 'undo');

  expect(shown).toContain(
    'Nothing was written. To do it: npm run migrate:yaml -- librechat.yaml --write',
  );
  expect(shown).toContain('-    - name: OpenRouter\n-      apiKey: [redacted]');
  expect(isUntouched).toBe(true);
  expect(written).toContain('Written.');
  expect(after.yaml).toBe(withoutEntry);
  expect(after.env.startsWith(`${env}\n`)).toBe(true);
  expect(after.names).toEqual([
    '.env',
    expect.stringMatching(/^\.env\.bak-/),
    'librechat.yaml',
    expect.stringMatching(/^librechat\.yaml\.bak-/),
  ]);
  expect(modes).toEqual([0o640, 0o640]); // A copy is no easier to read.
  expect(config.warnings.filter((text) => text.includes('librechat.yaml'))).toEqual([]);
  expect(config.openrouter).toMatchObject({
    access: { mode: 'live', apiKey: aKey },
    titleModel: 'openai/gpt-5-mini',
  });
  expect(again).toContain('nothing to migrate');
  expect(undone).toContain('.env is what it was.');
  expect(read(cwd, 'librechat.yaml')).toBe(yaml);
  expect(read(cwd, '.env')).toBe(env);
  expect(namesIn(cwd).filter((name) => name.includes('bak'))).toEqual([]);
  expect(shown + written + again + undone).not.toMatch(/0{10}|PLANTED/);
});

it('keeps what was changed after the migration when it is taken back', () => {
  const cwd = aFolder({ 'librechat.yaml': yaml });
  migrate(cwd, 'librechat.yaml', 'write');
  const mode = statSync(join(cwd, '.env')).mode & 0o777;
  writeFileSync(join(cwd, '.env'), `${read(cwd, '.env')}PORT=1\n`);
  writeFileSync(join(cwd, 'librechat.yaml'), `${withoutEntry}# changed\n`);

  const undone = migrate(cwd, 'librechat.yaml', 'undo');

  expect(mode).toBe(0o600); // Made for a key.
  expect(read(cwd, 'librechat.yaml')).toBe(yaml);
  expect(read(cwd, '.env')).toBe('PORT=1\n');
  const kept = namesIn(cwd).find((name) => name.includes('.undone-')) ?? '';
  expect(undone).toContain(kept);
  expect(read(cwd, kept)).toBe(`${withoutEntry}# changed\n`);
  expect(() => migrate(cwd, 'librechat.yaml', 'undo')).toThrow('has no backup');
});

it('removes a .env that it made, and takes back one step at a time', () => {
  const cwd = aFolder({ 'librechat.yaml': yaml });
  let time = Date.parse('2026-11-20T12:00:00Z');
  const step = (write: boolean) =>
    run(
      { path: 'librechat.yaml', env: null, write, undo: !write },
      { directory: cwd, environment: {}, now: () => (time += 1) },
    );

  step(true);
  const second = `${read(cwd, 'librechat.yaml')}    - { name: OpenRouter, titleModel: a/b, apiKey: user_provided }\n`;
  writeFileSync(join(cwd, 'librechat.yaml'), second);
  step(true);
  step(false);
  const between = read(cwd, 'librechat.yaml');
  writeFileSync(join(cwd, 'librechat.yaml'), withoutEntry);
  step(false);

  expect(between).toBe(second);
  expect(read(cwd, 'librechat.yaml')).toBe(yaml);
  expect(namesIn(cwd)).toEqual(['librechat.yaml']);
});

it('changes the file behind a link, with the key of the LibreChat that it belongs to', () => {
  const cwd = aWorkingDirectory();
  mkdirSync(join(cwd, 'librechat'));
  writeFileSync(join(cwd, 'librechat/real.yaml'), yaml.replace(`'${aKey}'`, '${OPENROUTER_KEY}'));
  writeFileSync(join(cwd, 'librechat/.env'), `OPENROUTER_KEY=${aKey}\n`);
  symlinkSync('librechat/real.yaml', join(cwd, 'link.yaml'));

  const written = migrate(cwd, 'link.yaml', 'write');

  expect(written).toContain('link.yaml is a link to');
  expect(lstatSync(join(cwd, 'link.yaml')).isSymbolicLink()).toBe(true);
  expect(read(cwd, 'librechat/real.yaml')).toBe(withoutEntry);
  expect(read(cwd, '.env')).toContain(`\nOPENROUTER_API_KEY=${aKey}\n`);
  expect(read(cwd, 'librechat/.env')).toBe(`OPENROUTER_KEY=${aKey}\n`);
});

it('takes the key from the .env that it is told of', () => {
  const cwd = aFolder({
    'librechat.yaml': yaml.replace(`'${aKey}'`, '${OPENROUTER_KEY}'),
    'other.env': `OPENROUTER_KEY=${aKey}\n`,
  });
  const surroundings = { directory: cwd, environment: {}, now: Date.now };
  const options = { path: 'librechat.yaml', write: true, undo: false };

  expect(() => run({ ...options, env: 'none.env' }, surroundings)).toThrow('does not exist');
  expect(read(cwd, 'librechat.yaml')).toContain('OpenRouter');
  run({ ...options, env: 'other.env' }, surroundings);

  expect(read(cwd, '.env')).toContain(`\nOPENROUTER_API_KEY=${aKey}\n`);
});

it.each<[string, Record<string, string | Buffer>, string, RegExp]>([
  ['there is none', {}, 'librechat.yaml', /does not exist/],
  ['it is a folder', {}, '.', /is no ordinary file/],
  ['it is no text', { 'a.yaml': Buffer.from([0xc3, 0x28]) }, 'a.yaml', /is not UTF-8 text/],
  ['it is no YAML', { 'a.yaml': 'a: [\n' }, 'a.yaml', /is not valid YAML in line \d/],
])('says so when %s, and writes nothing', (_name, files, path, reason) => {
  const cwd = aFolder(files);

  expect(() => migrate(cwd, path, 'write')).toThrow(reason);

  expect(namesIn(cwd)).toEqual(Object.keys(files));
});

it('takes everything back when the second file cannot be written', () => {
  const cwd = aFolder({ 'librechat.yaml': yaml });
  symlinkSync('nowhere/.env', join(cwd, '.env'));

  expect(() => migrate(cwd, 'librechat.yaml', 'write')).toThrow(/cannot /);

  expect(read(cwd, 'librechat.yaml')).toBe(yaml);
  expect(namesIn(cwd)).toEqual(['.env', 'librechat.yaml']); // The link, and no backup.
});

it('prints a diff that git applies', () => {
  const cwd = aFolder({ 'librechat.yaml': secretless(yaml) });

  const told = migrate(cwd, 'librechat.yaml');
  const patch = told.slice(told.indexOf('--- '), told.indexOf('\nNothing was written'));
  writeFileSync(join(cwd, 'a.patch'), patch);
  const applied = spawnSync('git', ['apply', '-p0', 'a.patch'], { cwd, encoding: 'utf8' });

  expect(applied.stderr).toBe('');
  expect(read(cwd, 'librechat.yaml')).toBe(secretless(withoutEntry));
});

describe('as a command', () => {
  it('ends with 0, with 1 when it cannot be done, and with 2 when it was not understood', async () => {
    const cwd = aFolder({ 'librechat.yaml': yaml });

    const [done, missing, unknown] = await Promise.all(
      [[], ['nope.yaml'], ['--force']].map(async (parameters) => {
        const command = runHost('migrate-yaml.ts', cwd, {}, parameters);
        return { code: await command.ends(), output: command.output(), out: command.stdout() };
      }),
    );

    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was written.') });
    expect(missing).toMatchObject({ code: 1, out: '' });
    expect(missing?.output).toMatch(/nope\.yaml does not exist\. Nothing was written\.\n$/);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown?.output).toContain('--write');
  }, 30_000);

  it('writes nothing at all when a file may not be written', () => {
    const cwd = aFolder({ 'librechat.yaml': yaml, '.env': 'PORT=0\n' });
    chmodSync(join(cwd, 'librechat.yaml'), 0o444);
    chmodSync(cwd, 0o755);

    // An administrator may write everything, so this asks as somebody else.
    const somebody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const command = join(import.meta.dirname, '../../../api/server/migrate-yaml.ts');
    const result = spawnSync(
      process.execPath,
      ['--conditions=@openrouter-native/source', command, 'librechat.yaml', '--write'],
      { cwd, encoding: 'utf8', ...somebody },
    );

    expect(result.stderr).toMatch(/librechat\.yaml cannot be written \(EACCES\)\. Nothing was/);
    expect(result.status).toBe(1);
    expect(read(cwd, '.env')).toBe('PORT=0\n');
    expect(namesIn(cwd)).toEqual(['.env', 'librechat.yaml']);
  }, 30_000);
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './support/dockerfile.ts';

const unit = readFileSync(join(ROOT, 'deploy/openrouter-native.service'), 'utf8');
const withSystemd = spawnSync('systemd-analyze', ['--version']).status === 0 ? describe : describe.skip; // prettier-ignore
const leftOut = withSystemd === describe ? '' : ' (left out: systemd-analyze is not installed)';

/** The values of a directive, in order. */
function valuesOf(directive: string): string[] {
  return [...unit.matchAll(new RegExp(`^${directive}=(.*)$`, 'gm'))].map(([, value = '']) => value);
}

describe('deploy/openrouter-native.service', () => {
  it('starts what npm start does', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const [command = ''] = valuesOf('ExecStart');

    expect(command).toMatch(/^\/usr\/bin\/node /);
    expect(scripts['start']).toContain(command.replace('/usr/bin/', ''));
  });

  it('keeps its data where systemd makes room for it', () => {
    expect(valuesOf('Environment')).toEqual([
      'NODE_ENV=production',
      `DATA_DIR=/var/lib/${valuesOf('StateDirectory').join()}`,
      `OPENROUTER_CACHE_DIR=/var/cache/${valuesOf('CacheDirectory').join()}`,
    ]);
  });

  it('waits for longer than the server takes to stop', () => {
    const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const [, shutdownMs] = /^SHUTDOWN_TIMEOUT=(\d+)$/m.exec(example) ?? [];

    expect(Number(valuesOf('TimeoutStopSec')[0]) * 1000).toBeGreaterThan(
      Number(shutdownMs) + 2_000,
    );
    expect(valuesOf('Restart')).toEqual(['on-failure']);
  });
});

withSystemd(`systemd-analyze${leftOut}`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'systemd-'));
  const path = join(directory, 'openrouter-native.service');
  // Node.js lies elsewhere here; verify looks whether it is there.
  beforeAll(() => writeFileSync(path, unit.replace('/usr/bin/node', process.execPath)));
  afterAll(() => rmSync(directory, { recursive: true }));

  const analyze = (...parameters: string[]) =>
    spawnSync('systemd-analyze', [...parameters, path], { encoding: 'utf8' });

  it('finds nothing wrong', () => {
    const { status, stdout, stderr } = analyze('verify', '--man=no');

    const about = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('openrouter'));
    expect(about).toEqual([]);
    expect(status).toBe(0);
  });

  it('finds little to attack', () => {
    const { status, stdout } = analyze('security', '--offline=true', '--threshold=20');

    expect(stdout).toMatch(/Overall exposure level .*: 1\.\d OK/);
    expect(status).toBe(0);
  });
});

/**
 * `npm test`: everything this machine can run. Builds the client, finds a Chromium or installs one
 * where it may, runs every Jest project, and closes with one line of counts.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../test/support/chromium.ts';

function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

/** Debian's package, where this user may install it without being asked for a password. */
function installChromium(): void {
  if (!existsSync('/usr/bin/apt-get')) return;
  const isRoot = process.getuid?.() === 0;
  const mayAsRoot = isRoot || spawnSync('sudo', ['-n', 'true']).status === 0;
  if (!mayAsRoot) return;
  const apt = (...args: string[]) =>
    isRoot ? run('apt-get', args) : run('sudo', ['-n', 'apt-get', ...args]);
  console.log('Installing Chromium for the browser tests …');
  if (apt('update', '-qq')) apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
}

if (findChromium() === null) installChromium();
if (findChromium() === null) {
  console.log('No Chromium found: the browser tests are left out. Set CHROMIUM_PATH to run them.');
}

if (!run('npm', ['run', 'build', '--silent', '-w', 'client'])) process.exit(1);

console.log(
  'Left out, since they take minutes: test/hosts, the programs and shell snippets of the guides (npm run test:slow).',
);

const results = join(tmpdir(), `jest-${process.pid}.json`);
// One more than there are cores: the longest suites wait for a browser or a server most of the time.
// Jest takes no share above 100 %: it reads `150%` as 150 workers.
const workers = availableParallelism() + 1;
const jest = [
  '--liftoff-only', // WebAssembly of databases that live for seconds is not worth a better compiler.
  'node_modules/jest/bin/jest.js',
  `--maxWorkers=${workers}`,
  '--json',
  `--outputFile=${results}`,
];
const passed = run(process.execPath, [...jest, ...process.argv.slice(2)]);

const counts = JSON.parse(readFileSync(results, 'utf8')) as {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
};
console.log(
  `tests: ${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${counts.numPendingTests} skipped`,
);
process.exitCode = passed ? 0 : 1;

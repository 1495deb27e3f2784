import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderInUseError, lockFolder, ownerOf } from './folder-lock.ts';

const URL = 'http://localhost:3080';

describe('lockFolder', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'lock-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const lockFile = () => join(directory, 'server.json');
  const forge = (owner: object) => writeFileSync(lockFile(), JSON.stringify(owner));

  it('takes a folder that does not exist yet, and gives it back', () => {
    const folder = join(directory, 'new');

    const unlock = lockFolder(folder, URL);
    expect(ownerOf(folder)).toMatchObject({ pid: process.pid, url: URL });
    unlock();

    expect(ownerOf(folder)).toBeNull();
  });

  it('refuses a folder that a running process has, and names the process', () => {
    lockFolder(directory, URL);

    expect(() => lockFolder(directory, URL)).toThrow(FolderInUseError);
    expect(() => lockFolder(directory, URL)).toThrow(
      `Another server (process ${process.pid}, ${URL}) uses ${directory}.`,
    );
  });

  it('takes over from a process that died', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    const { pid } = child;
    await once(child, 'exit');
    forge({ pid, startedAt: '1', url: URL });

    expect(ownerOf(directory)).toBeNull();
    lockFolder(directory, URL);

    expect(ownerOf(directory)?.pid).toBe(process.pid);
  });

  it('does not take a stranger with the same process id for the owner', () => {
    forge({ pid: process.pid, startedAt: 'long ago', url: URL });

    expect(ownerOf(directory)).toBeNull();
  });

  it.each(['', '{"pid":', '{}', '[]'])('takes over a damaged lock: %j', (content) => {
    writeFileSync(lockFile(), content);

    lockFolder(directory, URL);

    expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid });
  });
});

import { mkdtempSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { receiveFile } from './incoming.ts';

describe('receiveFile', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'incoming-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const failing: [string, () => Readable][] = [
    [
      'before it is read',
      () => new Readable({ read: () => undefined }).destroy(new Error('broken')),
    ],
    ['at its first byte', () => new Readable({ read() { this.destroy(new Error('broken')); } })], // prettier-ignore
    ['after some bytes', () => Readable.from((async function* () { yield Buffer.from('x'); throw new Error('broken'); })())], // prettier-ignore
  ];
  it.each(failing)('leaves nothing of a source that fails %s', async (_when, open) => {
    for (let round = 0; round < 20; round += 1) {
      const source = open().on('error', () => undefined);

      await expect(receiveFile(folder, source, 100)).rejects.toThrow('broken');
    }

    expect(await readdir(folder)).toEqual([]);
  });

  it('stops at the limit, and leaves nothing', async () => {
    let given = 0;
    const endless = new Readable({
      read() {
        given += 1000;
        this.push(Buffer.alloc(1000));
      },
    });

    await expect(receiveFile(folder, endless, 100_000)).rejects.toMatchObject({
      reason: 'payload_too_large',
    });

    expect(endless.destroyed).toBe(true);
    expect(given).toBeLessThan(1_000_000);
    expect(await readdir(folder)).toEqual([]);
  });

  it('says what arrived', async () => {
    const file = await receiveFile(folder, Readable.from([Buffer.from('a'), Buffer.from('bc')]), 3);

    expect(file).toEqual({
      path: expect.stringMatching(/[0-9a-f-]{36}$/) as string,
      hash: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      bytes: 3,
      isText: true,
    });
  });
});

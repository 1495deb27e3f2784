import { createErrorBody, type FileReference } from '@openrouter-native/protocol';
import { OpenRouterApiError } from '../api/error.ts';
import type { FilesApi } from './api.ts';
import { createUploads } from './uploads.ts';

interface Sent {
  name: string;
  signal: AbortSignal | undefined;
  progress: (share: number) => void;
  finish: () => void;
  fail: () => void;
}

function setUp({ maxFiles = 10 } = {}) {
  const sent: Sent[] = [];
  const deleted: string[] = [];
  let lastId = 0;
  const api: Pick<FilesApi, 'upload' | 'delete'> = {
    upload: (_file, name, { onProgress, signal } = {}) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
        sent.push({
          name,
          signal,
          progress: (share) => onProgress?.(share),
          finish: () => resolve(aFile(name)),
          fail: () =>
            reject(new OpenRouterApiError(createErrorBody('payload_too_large', 'Too large.'))),
        });
      }),
    async delete(ids) {
      deleted.push(...ids);
    },
  };
  const uploads = createUploads({ api, maxFiles, randomId: () => `u${(lastId += 1)}` });
  return { uploads, sent, deleted, names: () => uploads.getSnapshot().map(({ name }) => name) };
}

const aFile = (name: string): FileReference => ({
  file_id: `file-${name}`,
  filename: name,
  type: 'text/plain',
  filepath: `/api/files/file-${name}`,
  bytes: 3,
});
const picked = (...names: string[]) => names.map((name) => new File(['abc'], name));
const settle = () => new Promise((resolve) => setTimeout(resolve));

it('sends what is added, and tells how far it is', async () => {
  const { uploads, sent } = setUp();
  uploads.add(picked('a.txt'));

  sent[0]?.progress(0.4);
  expect(uploads.getSnapshot()[0]).toMatchObject({ name: 'a.txt', progress: 0.4, file: null });
  sent[0]?.finish();
  await settle();

  expect(uploads.getSnapshot()[0]).toMatchObject({ progress: 1, file: { file_id: 'file-a.txt' } });
});

it('sends three at once, and the next when one is done', async () => {
  const { uploads, sent } = setUp();
  uploads.add(picked('a', 'b', 'c', 'd'));
  expect(sent.map(({ name }) => name)).toEqual(['a', 'b', 'c']);

  sent[1]?.finish();
  await settle();

  expect(sent.at(-1)?.name).toBe('d');
});

it('gives back what there is no room for', () => {
  const { uploads, names } = setUp({ maxFiles: 2 });

  const left = uploads.add(picked('a', 'b', 'c'));

  expect(left.map(({ name }) => name)).toEqual(['c']);
  expect(names()).toEqual(['a', 'b']);
});

it('says why a file was refused, and sends it again when asked to', async () => {
  const { uploads, sent } = setUp();
  uploads.add(picked('a'));
  sent[0]?.fail();
  await settle();
  expect(uploads.getSnapshot()[0]?.failure?.reason).toBe('payload_too_large');

  uploads.retry('u1');
  expect(uploads.getSnapshot()[0]?.failure).toBeNull();
  sent[1]?.finish();
  await settle();

  expect(uploads.getSnapshot()[0]?.file).not.toBeNull();
});

it('stops sending what is removed', async () => {
  const { uploads, sent, names, deleted } = setUp();
  uploads.add(picked('a'));

  uploads.remove('u1');
  await settle();

  expect(sent[0]?.signal?.aborted).toBe(true);
  expect(names()).toEqual([]);
  expect(deleted).toEqual([]);
});

it('has the server forget what is removed, unless another message shows it', async () => {
  const { uploads, sent, deleted } = setUp();
  uploads.add(picked('a'));
  sent[0]?.finish();
  await settle();
  uploads.put([aFile('old')]);

  for (const { id } of uploads.getSnapshot()) uploads.remove(id);
  await settle();

  expect(deleted).toEqual(['file-a']);
});

it('lets go of files that were sent with a message', async () => {
  const { uploads, sent, deleted, names } = setUp();
  uploads.add(picked('a'));
  sent[0]?.finish();
  await settle();

  uploads.release();
  await settle();

  expect(names()).toEqual([]);
  expect(deleted).toEqual([]);
});

it('attaches no file twice', () => {
  const { uploads, names } = setUp();

  uploads.put([aFile('old')]);
  uploads.put([aFile('old'), aFile('new')]);

  expect(names()).toEqual(['old', 'new']);
});

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Model } from '@openrouter-native/protocol';
import { createCatalogueFile } from './disk.ts';

const model = {
  id: 'author/model',
  name: 'Model',
  pricing: { prompt: '0.1', completion: '0.2' },
  a_new_field: [1],
} as unknown as Model;
const entry = { value: [model], loadedAt: 123 };
const baseURL = 'https://openrouter.ai/api/v1';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'catalogue-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('brings back what was written, every field included', async () => {
  const file = createCatalogueFile(join(directory, 'not', 'there', 'yet'), baseURL);

  await file.write(entry);

  expect(await file.read()).toEqual(entry);
});

it('has nothing before the first write', async () => {
  expect(await createCatalogueFile(directory, baseURL).read()).toBeNull();
});

it('does not serve one upstream with the list of another', async () => {
  await createCatalogueFile(directory, 'http://127.0.0.1:1/api/v1').write(entry);

  expect(await createCatalogueFile(directory, baseURL).read()).toBeNull();
});

it.each(['', '{"data":', '[]', '{"base_url":"x"}', '\0\0\0'])(
  'treats a damaged copy as none: %j',
  async (text) => {
    await writeFile(join(directory, 'models.json'), text);

    expect(await createCatalogueFile(directory, baseURL).read()).toBeNull();
  },
);

it('leaves one whole file behind when several writers meet', async () => {
  const file = createCatalogueFile(directory, baseURL);

  await Promise.all(
    Array.from({ length: 20 }, (_, index) => file.write({ ...entry, loadedAt: index })),
  );

  expect(await readdir(directory)).toEqual(['models.json']);
  expect(JSON.parse(await readFile(join(directory, 'models.json'), 'utf8'))).toMatchObject({
    data: [model],
  });
});

it('fails without leaving pieces when the folder cannot be written', async () => {
  const blocked = join(directory, 'file');
  await writeFile(blocked, '');

  await expect(createCatalogueFile(blocked, baseURL).write(entry)).rejects.toThrow();
  expect(await readdir(directory)).toEqual(['file']);
});

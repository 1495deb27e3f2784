import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { silentLogger } from '@openrouter-native/openrouter';
import type { FileReference } from '@openrouter-native/protocol';
import { eq } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { agents, agentVersions, conversations, messages } from '../database/schema.ts';
import { closeDatabases, onEachDatabase, openOnce } from '../database/testing/each-database.ts';
import { createUsers } from '../database/users.ts';
import { createFiles } from './create-files.ts';
import type { FileStore } from './files.ts';
import { createFileLimits, type FileLimits } from './limits.ts';
import { aPng } from './testing/samples.ts';

jest.setTimeout(60_000); // Everything writes to disk and to a database.

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
const limits = createFileLimits(1, 1);
/** Enough for a race to be lost, where it can be. */
const ROUNDS = 10;
const notAborted = new AbortController().signal;

onEachDatabase((kind) => {
  let queries: Queries;
  let directory: string;
  let laterMs: number;
  let files: FileStore;
  let ada: string;
  let eve: string;

  beforeAll(async () => {
    ({ queries } = await openOnce(kind));
    [ada, eve] = await Promise.all([aUser('ada'), aUser('eve')]);
  });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'files-'));
    laterMs = 0;
    files = open(limits);
  });
  afterEach(async () => {
    for (const userId of [ada, eve]) {
      const all = await files.list(userId);
      await files.delete(userId, all.map((file) => file.file_id)); // prettier-ignore
    }
    await rm(directory, { recursive: true });
  });

  function open(within: FileLimits): FileStore {
    return createFiles({
      queries,
      directory,
      limits: within,
      fetchPublic: async () => Promise.resolve(aPng(4, 3)),
      logger: silentLogger,
      now: () => Date.now() + laterMs,
    });
  }

  async function aUser(name: string): Promise<string> {
    const registration = await createUsers(queries).register(
      { email: `${name}@example.com`, name, username: name, passwordHash: '$argon2id$…' },
      true,
    );
    if (registration.outcome !== 'created') throw new Error(registration.outcome);
    return registration.user.id;
  }

  async function aMessage(userId = ada): Promise<string> {
    const at = new Date();
    const conversationId = randomUUID();
    const id = randomUUID();
    await queries.insert(conversations).values({
      id: conversationId,
      userId,
      title: '',
      endpoint: 'openrouter',
      settings: {},
      createdAt: at,
      updatedAt: at,
    });
    await queries.insert(messages).values({
      id,
      conversationId,
      userId,
      isCreatedByUser: true,
      sender: 'User',
      text: '',
      content: [],
      endpoint: 'openrouter',
      steps: [],
      annotations: [],
      createdAt: at,
      updatedAt: at,
    });
    return id;
  }
  const deleteMessage = (id: string) => queries.delete(messages).where(eq(messages.id, id));

  async function store(bytes = Buffer.from(randomUUID()), userId = ada): Promise<FileReference> {
    const incoming = await files.receive(Readable.from([bytes]));
    const file = { filename: 'a.txt', context: 'message_attachment' as const, incoming };
    const { createdAt: _, context: __, usage: ___, ...reference } = await files.keep(userId, file);
    return reference;
  }

  /** Every file on disk, by its path below the folder. */
  async function onDisk(): Promise<string[]> {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  }
  const bytesOf = async (userId: string, id: string) => {
    const opened = await files.open(userId, id);
    return opened && readFile(opened.path);
  };

  describe('storing', () => {
    it('keeps the same bytes once, whoever sends them, and each file apart', async () => {
      const bytes = Buffer.from('shared');

      const stored = await Promise.all(
        Array.from({ length: 8 }, (_, index) => store(bytes, index % 2 ? ada : eve)),
      );

      expect(new Set(stored.map((file) => file.file_id)).size).toBe(8);
      expect(await onDisk()).toHaveLength(1);
      expect(await files.list(ada)).toHaveLength(4);
      const [ofEve] = stored;
      expect(await bytesOf(eve, ofEve?.file_id ?? '')).toEqual(bytes);
      expect(await bytesOf(ada, ofEve?.file_id ?? '')).toBeNull();
    });

    it('keeps the bytes as long as one file needs them', async () => {
      const [first, second] = await Promise.all([store(Buffer.from('x')), store(Buffer.from('x'), eve)]); // prettier-ignore

      expect(await files.delete(eve, [first.file_id])).toEqual([]);
      expect(await files.delete(ada, [first.file_id])).toEqual([first.file_id]);
      expect(await bytesOf(eve, second.file_id)).toEqual(Buffer.from('x'));
      await files.delete(eve, [second.file_id]);

      expect(await onDisk()).toEqual([]);
    });

    it('never loses bytes that are stored again while their last file is deleted', async () => {
      const bytes = Buffer.from('now or never');
      let last = await store(bytes);

      for (let round = 0; round < ROUNDS; round += 1) {
        const [next] = await Promise.all([store(bytes, eve), files.delete(ada, [last.file_id])]);
        expect(await bytesOf(eve, next.file_id)).toEqual(bytes);
        [last] = await Promise.all([store(bytes), files.delete(eve, [next.file_id])]);
        expect(await bytesOf(ada, last.file_id)).toEqual(bytes);
      }

      await files.delete(ada, [last.file_id]);
      expect(await onDisk()).toEqual([]);
    });

    it('refuses more than a user may have, also when it comes at once', async () => {
      files = open({ ...limits, userBytes: 1000 });

      const outcomes = await Promise.allSettled(
        Array.from({ length: 6 }, (_, index) => store(Buffer.alloc(300, 65 + index))),
      );

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') {
          expect(outcome.reason).toMatchObject({ reason: 'payload_too_large' });
        }
      }
      expect(await onDisk()).toHaveLength(3);
      await expect(store(Buffer.alloc(300), eve)).rejects.toMatchObject({ reason: 'unsupported_media_type' }); // prettier-ignore
      await expect(store(Buffer.alloc(300, 65), eve)).resolves.toBeDefined();
    });

    it('counts files as well, and makes room by itself before it refuses', async () => {
      files = open({ ...limits, userFiles: 2 });
      const first = await store();
      await store();
      await expect(store()).rejects.toMatchObject({ reason: 'payload_too_large' });

      laterMs = DAY_MS + HOUR_MS;
      await store();

      expect(await files.list(ada)).toHaveLength(1);
      expect(await files.open(ada, first.file_id)).toBeNull();
    });
  });

  describe('storing pictures of models', () => {
    it('keeps one that comes as a data URL', async () => {
      const file = await files.storeImage(ada, asDataUrl(aPng(5, 4)), notAborted);

      expect(file).toMatchObject({ filename: 'image.png', type: 'image/png', width: 5, height: 4 });
      expect(await bytesOf(ada, file.file_id)).toEqual(aPng(5, 4));
      expect(await files.list(ada)).toMatchObject([{ context: 'image_generation' }]);
    });

    it('fetches one that comes as an address', async () => {
      const file = await files.storeImage(ada, 'https://example.com/a.png', notAborted);

      expect(file).toMatchObject({ type: 'image/png', width: 4, height: 3 });
    });

    it.each([
      ['text that calls itself a picture', asDataUrl(Buffer.from('<svg/>'))],
      ['a PDF', asDataUrl(Buffer.from('%PDF-1.4\n'))],
      ['half a picture', asDataUrl(aPng().subarray(0, 12))],
      ['no base64', 'data:image/png;base64,***'],
      ['another scheme', 'file:///etc/passwd'],
      ['an unencrypted address', 'http://example.com/a.png'],
      ['nothing', ''],
    ])('refuses %s', async (_what, url) => {
      await expect(files.storeImage(ada, url, notAborted)).rejects.toMatchObject({
        reason: 'malformed_response',
      });
      expect(await onDisk()).toEqual([]);
    });

    it('refuses one that is larger than any file may be', async () => {
      const large = asDataUrl(Buffer.concat([aPng(), Buffer.alloc(limits.fileBytes)]));

      await expect(files.storeImage(ada, large, notAborted)).rejects.toMatchObject({
        reason: 'payload_too_large',
      });
    });
  });

  describe('finding', () => {
    it('gives references in the order that is asked for, and names the first that is missing', async () => {
      const [one, two] = [await store(), await store()];
      const ofEve = await store(undefined, eve);

      expect(await files.references(ada, [two.file_id, one.file_id])).toEqual([two, one]);
      await expect(
        files.references(ada, [one.file_id, ofEve.file_id, 'no-id']),
      ).rejects.toMatchObject({
        reason: 'not_found',
        message: expect.stringContaining(ofEve.file_id) as string,
      });
      await expect(files.references(ada, ['../x'])).rejects.toMatchObject({ reason: 'not_found' });
      expect(await files.open(ada, 'no-id')).toBeNull();
      expect(await files.references(ada, [])).toEqual([]);
    });

    it('tells the model what became of a file, instead of failing', async () => {
      const file = await store(Buffer.from('secret plan'));
      const gone = {
        type: 'text',
        text: '[The file “a.txt” was deleted and cannot be read any more.]',
      };
      expect(await files.toRequestParts(ada, [file])).toEqual([
        { type: 'text', text: 'File: a.txt\n```\nsecret plan\n```' },
      ]);

      expect(await files.toRequestParts(eve, [file])).toEqual([gone]);
      const opened = await files.open(ada, file.file_id);
      await rm(opened?.path ?? '');
      expect(await files.toRequestParts(ada, [file])).toEqual([gone]);
    });
  });

  describe('sending to a model', () => {
    it('gives the files of a conversation in their order, and says which are gone', async () => {
      const [one, two] = [await store(Buffer.from('1')), await store(Buffer.from('2'))];
      const ofEve = await store(Buffer.from('3'), eve);

      const parts = await files.toRequestParts(ada, [two, ofEve, one, two]);

      expect(parts).toEqual([
        { type: 'text', text: 'File: a.txt\n```\n2\n```' },
        { type: 'text', text: '[The file “a.txt” was deleted and cannot be read any more.]' },
        { type: 'text', text: 'File: a.txt\n```\n1\n```' },
        { type: 'text', text: 'File: a.txt\n```\n2\n```' },
      ]);
      expect(await files.toRequestParts(ada, [])).toEqual([]);
    });

    it('leaves out the oldest of what is too much for a request, and says so', async () => {
      files = open({ ...limits, requestBytes: 25 });
      const stored = [];
      for (const letter of 'abc') stored.push(await store(Buffer.alloc(10, letter)));

      const texts = (await files.toRequestParts(ada, stored)).map((part) => part['text']);

      expect(texts).toEqual([
        expect.stringContaining('is left out'),
        expect.stringContaining('bbbbbbbbbb'),
        expect.stringContaining('cccccccccc'),
      ]);
      await expect(
        files.references(ada, stored.map((file) => file.file_id)), // prettier-ignore
      ).rejects.toMatchObject({ reason: 'payload_too_large' });
    });
  });

  describe('deleting what is unused', () => {
    it('lets a file wait a day to be sent', async () => {
      const file = await store();

      laterMs = DAY_MS - HOUR_MS;
      await files.deleteUnused(ada);
      expect(await files.open(ada, file.file_id)).not.toBeNull();
      laterMs = DAY_MS + HOUR_MS;
      await files.deleteUnused(eve);
      expect(await files.open(ada, file.file_id)).not.toBeNull();
      await files.deleteUnused(ada);

      expect(await files.open(ada, file.file_id)).toBeNull();
      expect(await onDisk()).toEqual([]);
    });

    it('deletes what was shown once, as soon as no message shows it', async () => {
      const [file, kept] = [await store(), await store()];
      const [first, second] = [await aMessage(), await aMessage()];
      await files.link(first, [file.file_id, kept.file_id]);
      await files.link(second, [kept.file_id, kept.file_id, 'no-id', randomUUID()]);
      const usageOf = async ({ file_id: id }: { file_id: string }) =>
        (await files.list(ada)).find((listed) => listed.file_id === id)?.usage;
      expect([await usageOf(file), await usageOf(kept)]).toEqual([1, 2]);

      await files.deleteUnused(ada);
      expect(await files.list(ada)).toHaveLength(2);
      await deleteMessage(first);
      await files.deleteUnused(ada);

      expect(await files.list(ada)).toMatchObject([{ file_id: kept.file_id, usage: 1 }]);
    });

    it('shows the files of another user in no message', async () => {
      const file = await store(undefined, eve);

      await files.link(await aMessage(ada), [file.file_id]);

      expect(await files.list(eve)).toMatchObject([{ usage: 0 }]);
    });

    it('keeps what any version of an agent names, also next to text that no JSON function reads', async () => {
      const [old, current, free] = [await store(), await store(), await store()];
      const id = `agent_${randomUUID()}`;
      const at = new Date();
      await queries
        .insert(agents)
        .values({ id, userId: ada, version: 2, searchText: '', createdAt: at, updatedAt: at });
      const version = (number: number, fileId: string) => ({
        agentId: id,
        version: number,
        fields: { instructions: 'a\0b', file_ids: [fileId.toUpperCase()] } as never,
        createdAt: at,
      });
      await queries.insert(agentVersions).values([version(1, old.file_id), version(2, current.file_id)]); // prettier-ignore
      laterMs = 2 * DAY_MS;

      await files.deleteUnused(ada);
      const left = (await files.list(ada)).map((file) => file.file_id);
      expect(left.toSorted()).toEqual([old.file_id, current.file_id].toSorted());
      expect(left).not.toContain(free.file_id);

      await queries.delete(agents).where(eq(agents.id, id));
      await files.deleteUnused(ada);
      expect(await files.list(ada)).toEqual([]);
    });

    it('either shows a file or deletes it, when both happen at once', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const file = await store();
        const [before, after] = [await aMessage(), await aMessage()];
        await files.link(before, [file.file_id]);
        await deleteMessage(before);

        await Promise.all([files.deleteUnused(ada), files.link(after, [file.file_id])]);

        const listed = await files.list(ada);
        if (listed.length > 0) {
          expect(listed).toMatchObject([{ file_id: file.file_id, usage: 1 }]);
          expect(await bytesOf(ada, file.file_id)).not.toBeNull();
          await files.delete(ada, [file.file_id]);
        }
        expect(await onDisk()).toEqual([]);
      }
    });
  });

  describe('sweeping', () => {
    it('deletes bytes whose file never came to be, once nobody can be working on them', async () => {
      const nobody = randomUUID();
      await expect(store(Buffer.from('orphan'), nobody)).rejects.toThrow();
      expect(await onDisk()).toHaveLength(2); // The bytes, and the note that they are suspect.

      await files.sweep();
      expect(await onDisk()).toHaveLength(2);
      laterMs = 2 * HOUR_MS;
      await files.sweep();

      expect(await onDisk()).toEqual([]);
    });

    it('clears bytes of a suspicion that turns out wrong', async () => {
      await expect(store(Buffer.from('loved'), randomUUID())).rejects.toThrow();
      const file = await store(Buffer.from('loved'));

      laterMs = 2 * HOUR_MS;
      await files.sweep();

      expect(await onDisk()).toHaveLength(1);
      expect(await bytesOf(ada, file.file_id)).toEqual(Buffer.from('loved'));
    });

    it('removes uploads that a process left behind, and no others', async () => {
      await store();
      const path = (name: string) => join(directory, 'incoming', name);
      await writeFile(path('old'), '');
      await writeFile(path('new'), '');
      const twoHoursAgo = new Date(Date.now() - 2 * HOUR_MS);
      await utimes(path('old'), twoHoursAgo, twoHoursAgo);

      await files.sweep();

      expect(await readdir(join(directory, 'incoming'))).toEqual(['new']);
    });

    it('deletes what is unused, of every user', async () => {
      await Promise.all([store(), store(undefined, eve)]);
      laterMs = 2 * DAY_MS;

      await files.sweep();

      expect([...(await files.list(ada)), ...(await files.list(eve))]).toEqual([]);
    });

    it('does nothing when there is nothing', async () => {
      await expect(files.sweep()).resolves.toBeUndefined();
    });
  });
});

afterAll(closeDatabases);

function asDataUrl(bytes: Buffer): string {
  return `data:image/png;base64,${bytes.toString('base64')}`;
}

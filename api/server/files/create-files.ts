import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Logger } from '@openrouter-native/openrouter';
import { RequestError } from '@openrouter-native/plugin';
import type { Queries } from '../database/database.ts';
import { createFileRows } from '../database/files.ts';
import type { StoredFile } from '../database/schema.ts';
import { errorCode } from '../error-code.ts';
import { createBlobs, filesBefore } from './blobs.ts';
import { cleanFilename } from './filename.ts';
import type { FileContext, FileStore, RequestPart } from './files.ts';
import { identifyFile, type Identity } from './identify.ts';
import { discardFile, receiveFile, tooLarge, type IncomingFile } from './incoming.ts';
import { inMegabytes, type FileLimits } from './limits.ts';
import { decodePicture, identifyPicture } from './model-picture.ts';
import { toListed, toReference } from './reference.ts';
import { goneRequestPart, leftOutRequestPart, toRequestPart } from './request-part.ts';

/** What files are made of. */
export interface FilesDependencies {
  queries: Queries;
  /** Where the bytes lie; created when it is needed. */
  directory: string;
  limits: FileLimits;
  /** Gets what is at a public https address. @throws RequestError, also for more bytes than that. */
  fetchPublic: (url: string, limitBytes: number, signal: AbortSignal) => Promise<Uint8Array>;
  logger: Logger;
  /** Epoch milliseconds. */
  now: () => number;
}

const INCOMING = 'incoming';
/** What is uploaded today may be sent tomorrow. */
const UNUSED_AFTER_MS = 24 * 60 * 60 * 1000;
/** Nothing is worked on for as long: Node gives a request five minutes. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;
const DELETE_AT_ONCE = 500;

/** The files in a database and a folder. */
export function createFiles(dependencies: FilesDependencies): FileStore {
  const { directory, limits, fetchPublic, logger, now } = dependencies;
  const rows = createFileRows(dependencies.queries);
  const blobs = createBlobs(directory);
  const incomingFolder = join(directory, INCOMING);
  const quota = { bytes: limits.userBytes, files: limits.userFiles };

  async function keepPicture(userId: string, incoming: IncomingFile): Promise<StoredFile> {
    try {
      const identity = await identifyPicture(incoming);
      const filename = `image.${identity.accepted.type.slice('image/'.length)}`;
      return await admit(userId, incoming, { identity, filename, context: 'image_generation' });
    } finally {
      await discardFile(incoming);
    }
  }

  async function admit(
    userId: string,
    incoming: IncomingFile,
    facts: { identity: Identity; filename: string; context: FileContext },
  ): Promise<StoredFile> {
    const { accepted, pixels } = facts.identity;
    const row: StoredFile = {
      id: randomUUID(),
      userId,
      hash: incoming.hash,
      filename: cleanFilename(facts.filename),
      type: accepted.type,
      bytes: incoming.bytes,
      width: pixels?.width ?? null,
      height: pixels?.height ?? null,
      context: facts.context,
      linkedAt: null,
      createdAt: new Date(now()),
    };
    if (await insert(row, incoming)) return row;
    await deleteUnused(userId);
    if (await insert(row, incoming)) return row;
    throw tooMuch(limits);
  }

  async function insert(row: StoredFile, incoming: IncomingFile): Promise<boolean> {
    await blobs.prepare(row.hash);
    return blobs.whileSuspect([row.hash], () =>
      rows.insert(row, quota, () => blobs.put(row.hash, incoming.path)),
    );
  }

  /** The bytes go after the rows: a file without its bytes would be worse than bytes without a file. */
  async function remove(
    condemned: readonly StoredFile[],
    deleteRows: () => Promise<StoredFile[]>,
  ): Promise<StoredFile[]> {
    if (condemned.length === 0) return [];
    const hashes = [...new Set(condemned.map(({ hash }) => hash))];
    return blobs.whileSuspect(hashes, async () => {
      const deleted = await deleteRows();
      for (const hash of hashes) await rows.ifUnowned(hash, () => blobs.remove(hash));
      return deleted;
    });
  }

  async function deleteUnused(userId: string): Promise<void> {
    const before = new Date(now() - UNUSED_AFTER_MS);
    for (;;) {
      const unused = await rows.findUnused(userId, before, DELETE_AT_ONCE);
      const ids = unused.map(({ id }) => id);
      const deleted = await remove(unused, () => rows.deleteUnused(userId, ids, before));
      if (deleted.length === 0) return;
    }
  }

  async function partOf(row: StoredFile): Promise<RequestPart> {
    const bytes = await readBlob(blobs.pathOf(row.hash));
    if (bytes) return toRequestPart(row.filename, row.type, bytes);
    logger.error('The bytes of a file are not in the folder of files', { fileId: row.id });
    return goneRequestPart(row.filename);
  }

  async function sweepLeftovers(): Promise<void> {
    const before = now() - ABANDONED_AFTER_MS;
    for (const name of await filesBefore(incomingFolder, before)) {
      await rm(join(incomingFolder, name), { force: true });
    }
    for (const { hash, clear } of await blobs.suspects(before)) {
      await rows.ifUnowned(hash, () => blobs.remove(hash));
      await clear();
    }
  }

  return {
    receive: (chunks) => receiveFile(incomingFolder, chunks, limits.fileBytes),
    discard: discardFile,
    async keep(userId, { filename, context, incoming }) {
      try {
        const identity = await identifyFile(incoming);
        const { kind } = identity.accepted;
        if (incoming.bytes > limits.kindBytes[kind]) throw tooLarge(limits.kindBytes[kind], kind);
        const row = await admit(userId, incoming, { identity, filename, context });
        return toListed({ ...row, usage: 0 });
      } finally {
        await discardFile(incoming);
      }
    },
    async storeImage(userId, url, signal) {
      const bytes = /^https:/i.test(url)
        ? await fetchPublic(url, limits.fileBytes, signal)
        : decodePicture(url, limits.fileBytes);
      const incoming = await receiveFile(incomingFolder, Readable.from([bytes]), limits.fileBytes);
      return toReference(await keepPicture(userId, incoming));
    },
    async references(userId, ids) {
      const found = await rows.find(userId, ids);
      const files = ids.map((id) => {
        const row = found.find((file) => file.id === id.toLowerCase());
        if (!row) throw missing(id);
        return toReference(row);
      });
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      if (bytes > limits.requestBytes) throw tooLarge(limits.requestBytes, 'set of files');
      return files;
    },
    async list(userId) {
      return (await rows.list(userId)).map(toListed);
    },
    async open(userId, id) {
      const [row] = await rows.find(userId, [id]);
      return row ? { reference: toReference(row), path: blobs.pathOf(row.hash) } : null;
    },
    async toRequestParts(userId, references) {
      const found = await rows.find(userId, references.map(({ file_id: id }) => id)); // prettier-ignore
      const byId = new Map(found.map((row) => [row.id, row]));
      const newestFirst: RequestPart[] = [];
      let room = limits.requestBytes;
      for (const { file_id: id, filename } of references.toReversed()) {
        const row = byId.get(id);
        room -= row?.bytes ?? 0;
        if (!row) newestFirst.push(goneRequestPart(filename));
        else newestFirst.push(room < 0 ? leftOutRequestPart(row.filename) : await partOf(row));
      }
      return newestFirst.toReversed();
    },
    link: (messageId, ids) => rows.link(messageId, ids, new Date(now())),
    async delete(userId, ids) {
      const deleted = await remove(await rows.find(userId, ids), () => rows.delete(userId, ids));
      return deleted.map(({ id }) => id);
    },
    deleteUnused,
    async sweep() {
      await sweepLeftovers();
      const users = await rows.usersWithUnused(new Date(now() - UNUSED_AFTER_MS));
      for (const userId of users) await deleteUnused(userId);
    },
  };
}

function tooMuch({ userBytes, userFiles }: FileLimits): RequestError {
  return new RequestError(
    'payload_too_large',
    `Your files would be more than ${inMegabytes(userBytes)}, or more than ${userFiles} in number.`,
    { action: 'Delete files or conversations that you no longer need, then try again.' },
  );
}

function missing(id: string): RequestError {
  return new RequestError('not_found', `There is no file ${id.slice(0, 64)}.`, {
    action: 'Upload it again, or send the message without it.',
  });
}

async function readBlob(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

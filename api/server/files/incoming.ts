import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { RequestError } from '@openrouter-native/plugin';
import { inMegabytes } from './limits.ts';
import { createTextProbe } from './text.ts';

/** Bytes that are on disk, whole, and belong to nobody yet. */
export interface IncomingFile {
  path: string;
  /** SHA-256, hexadecimal. */
  hash: string;
  bytes: number;
  /** All of it is text; see `text.ts`. */
  isText: boolean;
}

/**
 * Writes bytes to a file of its own as they arrive, and looks at each of them once. Nothing is left
 * behind when they stop arriving.
 *
 * @param folder - Created when it does not exist.
 * @throws RequestError `payload_too_large` beyond `limitBytes`; whatever the source throws.
 */
export async function receiveFile(
  folder: string,
  source: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<IncomingFile> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const hash = createHash('sha256');
  const probe = createTextProbe();
  let bytes = 0;

  async function* look(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > limitBytes) throw tooLarge(limitBytes);
      hash.update(chunk);
      probe.add(chunk);
      yield chunk;
    }
  }

  // Opened before the first byte: a source that fails at once must not have its file made behind it.
  const file = await open(path, 'wx', 0o600);
  try {
    // `flush`: the bytes survive a loss of power before anything says that they are there.
    await pipeline(source, look, file.createWriteStream({ flush: true }));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return { path, hash: hash.digest('hex'), bytes, isText: probe.isText() };
}

/** Removes it, unless it was kept meanwhile. */
export async function discardFile(file: IncomingFile): Promise<void> {
  await rm(file.path, { force: true });
}

/** A file of more bytes than it may have. */
export function tooLarge(limitBytes: number, what = 'file'): RequestError {
  return new RequestError(
    'payload_too_large',
    `This ${what} is larger than ${inMegabytes(limitBytes)}.`,
    { action: 'Make it smaller, or send a part of it.', metadata: { limit_bytes: limitBytes } },
  );
}

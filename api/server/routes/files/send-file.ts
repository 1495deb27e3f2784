import { basename, dirname } from 'node:path';
import { RequestError } from '@openrouter-native/plugin';
import type { FileReference } from '@openrouter-native/protocol';
import { create as contentDisposition } from 'content-disposition';
import type { Response } from 'express';
import { errorCode } from '../../error-code.ts';
import { readHead } from '../../files/identify.ts';
import { acceptedType } from '../../files/kinds.ts';
import { textEncodingOf } from '../../files/text.ts';

/** Headers that belong to the bytes, not to an error that is sent in their place. */
const OF_THE_BYTES = ['Content-Type', 'Content-Disposition', 'Content-Security-Policy', 'ETag'];

/** Where a file lies, and what is known about it. */
export interface OpenedFile {
  reference: FileReference;
  path: string;
}

/**
 * Sends the bytes of a file, or the range that is asked for. Nothing in them can act in the name of
 * this server: the type is the one that was found, browsers may not guess another, and a page that
 * opens it anyway is in a sandbox.
 *
 * @param disposition - `inline` shows what browsers show; text is always saved.
 * @throws RequestError `not_found` when the bytes are gone.
 */
export async function sendFile(
  response: Response,
  { reference, path }: OpenedFile,
  disposition: 'inline' | 'attachment',
): Promise<void> {
  const head = await readHeadOf(path);
  const isText = acceptedType(reference.type).kind === 'text';
  response.set({
    'Content-Type': isText ? `text/plain; charset=${textEncodingOf(head)}` : reference.type,
    'Content-Disposition': contentDisposition(reference.filename, {
      type: isText ? 'attachment' : disposition,
    }),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    // Kept by the browser, yet asked for each time: who is signed in may have changed.
    'Cache-Control': 'private, no-cache',
    ETag: `"${reference.file_id}"`, // The bytes of a file never change.
  });
  await send(response, path);
}

function send(response: Response, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = {
      root: dirname(path), // So that a data folder like `~/.chat` is not taken for a hidden file.
      cacheControl: false,
      lastModified: false, // When the same bytes came last, from whomever.
    };
    response.sendFile(basename(path), options, (error: unknown) => {
      if (!error || response.headersSent) return resolve(); // Late errors are readers who left.
      for (const name of OF_THE_BYTES) response.removeHeader(name);
      reject(errorCode(error) === 'ENOENT' ? gone() : error);
    });
  });
}

async function readHeadOf(path: string): Promise<Uint8Array> {
  try {
    return await readHead(path, 2);
  } catch (error) {
    throw errorCode(error) === 'ENOENT' ? gone() : error;
  }
}

/** Indistinguishable from a file that never was. */
export function gone(): RequestError {
  return new RequestError('not_found', 'There is no such file.', {
    action: 'Upload it again if you still have it.',
  });
}

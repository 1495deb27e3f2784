import { open } from 'node:fs/promises';
import { RequestError } from '@openrouter-native/plugin';
import { fileTypeFromFile } from 'file-type';
import { imageSize } from 'image-size';
import type { IncomingFile } from './incoming.ts';
import { ACCEPTED, recognisedType, TEXT, type AcceptedType } from './kinds.ts';

const LOOK_TIMEOUT_MS = 5000; // Enough for any file that is meant to be understood.
const LOOK_BUFFER_BYTES = 1024 * 1024;
/** Cameras put previews and profiles before the size of a JPEG. */
const PICTURE_HEAD_BYTES = 512 * 1024;
/** A picture of a few bytes can claim to be gigantic, and its reader runs out of memory. */
const MAX_SIDE_PIXELS = 16_384;
const MAX_PIXELS = 100_000_000;

/** What the bytes are, whatever their name says. */
export interface Identity {
  accepted: AcceptedType;
  /** As it is shown, so turned where the picture says so; `null` for what is no picture. */
  pixels: { width: number; height: number } | null;
}

/**
 * Looks at the bytes. Text wins over everything but a PDF: a script that begins like a picture is a
 * text, while no real picture or recording is valid text to its end.
 *
 * @throws RequestError `unsupported_media_type` for what no model takes; `invalid_request` for an
 *   empty file and for a picture that is broken or too large to be shown.
 */
export async function identifyFile(file: IncomingFile): Promise<Identity> {
  if (file.bytes === 0) {
    throw new RequestError('invalid_request', 'This file is empty.', {
      action: 'Choose a file with something in it.',
    });
  }
  const found = await recognise(file.path);
  const accepted = found ? recognisedType(found) : null;
  if (file.isText && accepted?.kind !== 'pdf') return { accepted: TEXT, pixels: null };
  if (!accepted) {
    throw new RequestError('unsupported_media_type', 'No model takes files of this type.', {
      action: `Send ${ACCEPTED}.`,
      metadata: { detected: found },
    });
  }
  return { accepted, pixels: accepted.kind === 'image' ? await measure(file.path) : null };
}

/** @returns The usual ending of such a file, or `null`. */
async function recognise(path: string): Promise<string | null> {
  try {
    const found = await fileTypeFromFile(path, {
      maxBufferSize: LOOK_BUFFER_BYTES,
      signal: AbortSignal.timeout(LOOK_TIMEOUT_MS),
    });
    return found?.ext ?? null;
  } catch {
    return null; // A file that misleads its reader is none that anybody recognises.
  }
}

async function measure(path: string): Promise<{ width: number; height: number }> {
  const pixels = sizeOf(await readHead(path, PICTURE_HEAD_BYTES));
  if (!pixels || pixels.width === 0 || pixels.height === 0) {
    throw new RequestError(
      'invalid_request',
      'This picture is broken: it does not tell its size.',
      {
        action: 'Save it again with a program that can open it, then send that file.',
      },
    );
  }
  const { width, height } = pixels;
  if (Math.max(width, height) > MAX_SIDE_PIXELS || width * height > MAX_PIXELS) {
    throw new RequestError(
      'invalid_request',
      `This picture has ${width} × ${height} pixels; at most ${MAX_SIDE_PIXELS} on a side and ${MAX_PIXELS / 1e6} million in all can be used.`,
      { action: 'Make it smaller, then send it again.' },
    );
  }
  return pixels;
}

function sizeOf(head: Uint8Array): { width: number; height: number } | null {
  try {
    const { width, height, orientation = 1 } = imageSize(head);
    // From 5 on, Exif's orientations lie on their side.
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return null;
  }
}

/** The first bytes of a file; fewer when it has no more. */
export async function readHead(path: string, bytes: number): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(bytes, (await handle.stat()).size));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

import { callbackify } from 'node:util';
import { RequestError } from '@openrouter-native/plugin';
import type { Request, RequestHandler } from 'express';
import multer from 'multer';
import { errorCode } from '../../error-code.ts';
import type { FileStore } from '../../files/files.ts';
import { tooLarge, type IncomingFile } from '../../files/incoming.ts';

/** A form has a handful of short fields beside its file. */
const MAX_FIELDS = 30;
const MAX_FIELD_BYTES = 10_000;
const MAX_FORM_OVERHEAD_BYTES = 1024 * 1024;

/** What a form brought: the file is on disk, whole, and belongs to nobody yet. */
export interface Upload {
  /** As the sender wrote it. */
  filename: string;
  incoming: IncomingFile;
}

/**
 * Reads a form with one file, in the field `file`, while it arrives. The text fields are in
 * `request.body` afterwards. Of a form that is refused or breaks off, nothing is kept.
 *
 * @returns Handlers in order. They fail with 415 for what is no form, 413 for a file that is too
 *   large, 400 for a form that cannot be read.
 */
export function readForm(files: FileStore, fileBytes: number): RequestHandler[] {
  const parse = multer({
    storage: storeIn(files),
    defParamCharset: 'utf8', // Names are sent as they are.
    preservePath: true, // Names are labels; we cut them ourselves.
    limits: {
      files: 1,
      fileSize: fileBytes,
      fields: MAX_FIELDS,
      parts: MAX_FIELDS + 1,
      fieldSize: MAX_FIELD_BYTES,
      fieldNameSize: 100,
      fieldNestingDepth: 1,
      headerPairs: 20,
    },
  }).single('file');

  return [
    function requireForm(request, _response, next) {
      if (!request.is('multipart/form-data')) {
        throw new RequestError('unsupported_media_type', 'A file is sent as a form.', {
          action: 'Send multipart/form-data, with the file in the field "file".',
        });
      }
      // Without a look at the body, which may be long.
      if (Number(request.get('content-length') ?? 0) > fileBytes + MAX_FORM_OVERHEAD_BYTES) {
        throw tooLarge(fileBytes);
      }
      next();
    },
    function readFormBody(request, response, next) {
      void parse(request, response, (error: unknown) => {
        if (error === undefined || error === null) next();
        else next(explain(error, fileBytes));
      });
    },
  ];
}

/** What {@link readForm} read. @throws RequestError `invalid_request` when there was no file in it. */
export function uploadOf(request: Request): Upload {
  const { file } = request;
  const incoming = file && incomingOf(file);
  if (!incoming) {
    throw new RequestError('invalid_request', 'There is no file in the form.', {
      action: 'Send multipart/form-data, with the file in the field "file".',
    });
  }
  return { filename: file.originalname, incoming };
}

function storeIn(files: FileStore): multer.StorageEngine {
  const receive = callbackify(async (file: Express.Multer.File) => ({
    incoming: await files.receive(file.stream),
  }));
  const discard = callbackify(async (file: Express.Multer.File) => {
    const incoming = incomingOf(file);
    if (incoming) await files.discard(incoming);
  });
  return {
    _handleFile: (_request, file, done) => {
      receive(file, (error, info) => done(error, info as object));
    },
    _removeFile: (_request, file, done) => discard(file, done),
  };
}

/** Multer adds to its description of a file what the storage says about it. */
function incomingOf(file: Express.Multer.File): IncomingFile | undefined {
  return (file as { incoming?: IncomingFile }).incoming;
}

function explain(error: unknown, fileBytes: number): unknown {
  if (error instanceof RequestError) return error;
  if (error instanceof multer.MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE') return tooLarge(fileBytes);
    return new RequestError(
      'invalid_request',
      'The form has more in it than one file and a few fields.',
      {
        action: 'Send one file, in the field "file".',
        metadata: {
          problem: error.code,
          ...(error.field !== undefined && { field: error.field.slice(0, 100) }),
        },
      },
    );
  }
  // The parser's errors have no code; those of the disk do.
  if (errorCode(error) !== null) return error;
  return new RequestError('invalid_request', 'The form did not arrive as a whole.', {
    action: 'Send the file again.',
  });
}

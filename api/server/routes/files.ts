import {
  deleteFilesSchema,
  type DeletedFiles,
  type StoredFile,
  type UploadedFile,
} from '@openrouter-native/protocol';
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import type { FileStore, ListedFile } from '../files/files.ts';
import { FILES_PER_MESSAGE, type FileLimits } from '../files/limits.ts';
import { parseBody, smallJsonBody } from '../middleware/read-body.ts';
import { refuseOtherMethods } from '../middleware/refuse-other-methods.ts';
import { identityOf } from '../middleware/require-auth.ts';
import { describeFileConfig } from './files/file-config.ts';
import { limitUploads } from './files/limit-uploads.ts';
import { readForm, uploadOf } from './files/read-form.ts';
import { gone, sendFile } from './files/send-file.ts';

/** What the routes work with. */
export interface FileRouteDependencies {
  files: FileStore;
  limits: FileLimits;
  requireAuth: RequestHandler;
}

/** Upload, list, download and deletion of the user's files, in LibreChat's shapes. */
export function createFilesRouter({ files, limits, requireAuth }: FileRouteDependencies): Router {
  const router = Router();
  router.use(requireAuth);
  // LibreChat sends pictures to an address of their own; here the bytes decide.
  router.post(
    ['/', '/images'],
    limitUploads(FILES_PER_MESSAGE),
    readForm(files, limits.fileBytes),
    createUploadHandler(files),
  );
  router.get('/', createListHandler(files));
  router.delete('/', smallJsonBody, createDeleteHandler(files));
  router.all('/', refuseOtherMethods('GET, POST, DELETE'));
  router.all('/images', refuseOtherMethods('POST'));
  router.get('/config', (_request, response) => {
    response.json(describeFileConfig(limits));
  });
  router.get('/download/:userId/:fileId', createDownloadHandler(files));
  router.get('/:fileId', createViewHandler(files));
  router.all(['/config', '/:fileId', '/download/:userId/:fileId'], refuseOtherMethods('GET'));
  return router;
}

const formSchema = z.looseObject({
  /** What the page calls the file until it knows ours. */
  file_id: z.string().max(200).optional(),
  agent_id: z.string().max(200).optional(),
  /** `true` = goes with a question, although an agent is named. */
  message_file: z.string().max(10).optional(),
});

function createUploadHandler(files: FileStore): RequestHandler {
  return async function handleUpload(request, response) {
    const { filename, incoming } = uploadOf(request);
    try {
      const form = parseBody(request, formSchema);
      const { userId } = identityOf(response);
      const isForAgent = Boolean(form.agent_id) && form.message_file !== 'true';
      const context = isForAgent ? 'agents' : 'message_attachment';
      const file = await files.keep(userId, { filename: decode(filename), incoming, context });
      const answer: UploadedFile = {
        message: 'The file was uploaded.',
        ...describe(userId, file),
        ...(form.file_id && { temp_file_id: form.file_id }),
      };
      response.json(answer);
    } finally {
      await files.discard(incoming);
    }
  };
}

/** LibreChat's page percent-encodes the name before the browser encodes it once more. */
function decode(filename: string): string {
  try {
    return decodeURIComponent(filename);
  } catch {
    return filename;
  }
}

function createListHandler(files: FileStore): RequestHandler {
  return async function handleList(_request, response) {
    const { userId } = identityOf(response);
    response.json((await files.list(userId)).map((file) => describe(userId, file)));
  };
}

function createDeleteHandler(files: FileStore): RequestHandler {
  return async function handleDelete(request, response) {
    const asked = parseBody(request, deleteFilesSchema).files.map((file) => file.file_id);
    const deleted = await files.delete(identityOf(response).userId, asked);
    if (deleted.length === 0) throw gone();
    const answer: DeletedFiles = {
      message: 'The files were deleted.',
      deletedFileIds: deleted,
      failedFileIds: asked.filter((id) => !deleted.includes(id.toLowerCase())),
    };
    response.json(answer);
  };
}

function createViewHandler(files: FileStore): RequestHandler<{ fileId: string }> {
  return async function handleView(request, response) {
    const file = await files.open(identityOf(response).userId, request.params.fileId);
    if (!file) throw gone();
    await sendFile(response, file, 'inline');
  };
}

function createDownloadHandler(
  files: FileStore,
): RequestHandler<{ userId: string; fileId: string }> {
  return async function handleDownload(request, response) {
    const { userId } = identityOf(response);
    const file =
      request.params.userId === userId ? await files.open(userId, request.params.fileId) : null;
    if (!file) throw gone();
    await sendFile(response, file, 'attachment');
  };
}

function describe(userId: string, file: ListedFile): StoredFile {
  return {
    ...file,
    object: 'file',
    user: userId,
    source: 'local',
    embedded: false,
    updatedAt: file.createdAt,
  };
}

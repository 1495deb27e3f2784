import {
  fileConfigSchema,
  fileListSchema,
  uploadedFileSchema,
  type FileConfig,
  type FileReference,
  type StoredFile,
} from '@openrouter-native/protocol';
import { errorFromResponse } from '../api/error.ts';
import { createHttp, readJson, type HttpOptions } from '../api/http.ts';
import { sendForm, type SendOptions } from './send-form.ts';

/** A file on its way to the server. */
export type UploadOptions = Pick<SendOptions, 'onProgress' | 'signal'>;

/**
 * Files of the person. Every method throws `OpenRouterApiError`, and an `AbortError` when its signal was
 * aborted.
 */
export interface FilesApi {
  /** Keeps a file, to be sent with a question. @param name - For people; the bytes decide what it is. */
  upload: (file: Blob, name: string, options?: UploadOptions) => Promise<FileReference>;
  /** The bytes. No address of theirs can be shown, since none carries the token. */
  read: (fileId: string, signal?: AbortSignal) => Promise<Blob>;
  /** All of them, newest first. */
  list: (signal?: AbortSignal) => Promise<StoredFile[]>;
  /** What is not there any more counts as deleted. */
  delete: (fileIds: readonly string[]) => Promise<void>;
  getConfig: (signal?: AbortSignal) => Promise<FileConfig>;
}

/** @param options - `baseUrl` is where the host’s routes begin, such as `/api`. */
export function createFilesApi(options: HttpOptions): FilesApi {
  const http = createHttp(options);
  const { baseUrl, getToken } = options;

  async function getConfig(signal?: AbortSignal): Promise<FileConfig> {
    const response = await http.get('/files/config', signal);
    return readJson(response, fileConfigSchema, signal);
  }

  async function send(form: FormData, upload: UploadOptions): Promise<Response> {
    const token = await getToken?.();
    const headers = token ? { Authorization: `Bearer ${token}` } : {};
    return sendForm(`${baseUrl}/files`, form, { ...upload, headers });
  }

  return {
    getConfig,
    async upload(file, name, upload = {}) {
      const form = new FormData();
      form.set('file', file, name);
      let response = await send(form, upload);
      if (response.status === 401) {
        await getConfig(upload.signal); // Any call by `fetch` has the host's token renewed.
        response = await send(form, upload);
      }
      return readJson(response, uploadedFileSchema, upload.signal);
    },
    async read(fileId, signal) {
      const response = await http.request(`/files/${encodeURIComponent(fileId)}`, {
        signal: signal ?? null,
      });
      if (!response.ok) throw await errorFromResponse(response);
      return response.blob();
    },
    async list(signal) {
      return readJson(await http.get('/files', signal), fileListSchema, signal);
    },
    async delete(fileIds) {
      if (fileIds.length === 0) return;
      const response = await http.request('/files', {
        method: 'DELETE',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ files: fileIds.map((id) => ({ file_id: id })) }),
      });
      if (!response.ok && response.status !== 404) throw await errorFromResponse(response);
      await response.body?.cancel();
    },
  };
}

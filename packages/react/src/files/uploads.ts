import type { ErrorBody, FileReference } from '@openrouter-native/protocol';
import { toApiError } from '../api/error.ts';
import type { FilesApi } from './api.ts';

/** A file that is attached to what is being written. */
export interface Attachment {
  /** Of the page, until the message is sent. */
  readonly id: string;
  readonly name: string;
  /** As the browser reports it, then as the server found it. */
  readonly type: string;
  readonly bytes: number;
  /** Share that has been sent, from 0 to 1. */
  readonly progress: number;
  /** What the server keeps; `null` until it does. */
  readonly file: FileReference | null;
  /** Why it could not be kept. */
  readonly failure: ErrorBody['error'] | null;
  /** The bytes, where they come from this page. */
  readonly blob: Blob | null;
}

/** The files of one draft. Framework-free; watch it with `useUploads`. */
export interface Uploads {
  getSnapshot: () => readonly Attachment[];
  subscribe: (listener: () => void) => () => void;
  /** Begins to send them. @returns Those for which there is no room. */
  add: (files: readonly File[]) => readonly File[];
  /** Attaches what the server keeps already. */
  put: (files: readonly FileReference[]) => void;
  retry: (id: string) => void;
  /** Stops sending it, and has the server forget what only this draft has. */
  remove: (id: string) => void;
  /** Lets go of all of them: they were sent with a message. */
  release: () => void;
}

export interface UploadsOptions {
  api: Pick<FilesApi, 'upload' | 'delete'>;
  /** @defaultValue 10, as many as a message of the host may carry */
  maxFiles?: number;
  /** @defaultValue `crypto.randomUUID` */
  randomId?: () => string;
}

/** So that one large file does not make all others wait, and many do not make each other slow. */
const AT_ONCE = 3;

/** Sends files while a message is being written, so that it can go at once. */
export function createUploads({ api, maxFiles = 10, randomId }: UploadsOptions): Uploads {
  const newId = randomId ?? (() => crypto.randomUUID());
  const listeners = new Set<() => void>();
  const sending = new Map<string, AbortController>();
  let attachments: readonly Attachment[] = [];

  function publish(next: readonly Attachment[]): void {
    attachments = next;
    for (const listener of listeners) listener();
  }

  function change(id: string, fields: Partial<Attachment>): void {
    if (!attachments.some((each) => each.id === id)) return;
    publish(attachments.map((each) => (each.id === id ? { ...each, ...fields } : each)));
  }

  function sendNext(): void {
    const waiting = attachments.filter(
      ({ id, file, failure, blob }) => blob && !file && !failure && !sending.has(id),
    );
    for (const attachment of waiting.slice(0, AT_ONCE - sending.size)) void send(attachment);
  }

  async function send({ id, name, blob }: Attachment): Promise<void> {
    if (!blob) return;
    const abort = new AbortController();
    sending.set(id, abort);
    try {
      const file = await api.upload(blob, name, {
        signal: abort.signal,
        onProgress: (progress) => change(id, { progress }),
      });
      if (abort.signal.aborted) forget([file]);
      else change(id, { file, progress: 1, type: file.type, bytes: file.bytes });
    } catch (cause) {
      if (!abort.signal.aborted) change(id, { failure: toApiError(cause).details });
    } finally {
      if (sending.get(id) === abort) sending.delete(id);
      sendNext();
    }
  }

  function forget(files: readonly FileReference[]): void {
    // What is left behind goes after a day; nothing that a reader could do follows from it.
    api.delete(files.map(({ file_id: id }) => id)).catch(() => undefined);
  }

  function drop({ id, file, blob }: Attachment): void {
    sending.get(id)?.abort();
    sending.delete(id);
    if (file && blob) forget([file]); // Without bytes it is the file of another message.
  }

  return {
    getSnapshot: () => attachments,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(files) {
      const room = Math.max(0, maxFiles - attachments.length);
      const added = files.slice(0, room).map((file): Attachment => ({
        id: newId(),
        name: file.name,
        type: file.type,
        bytes: file.size,
        progress: 0,
        file: null,
        failure: null,
        blob: file,
      }));
      if (added.length > 0) publish([...attachments, ...added]);
      sendNext();
      return files.slice(room);
    },
    put(files) {
      const known = new Set(attachments.map(({ file }) => file?.file_id));
      const added = files
        .filter((file) => !known.has(file.file_id))
        .map((file): Attachment => ({
          id: newId(),
          name: file.filename,
          type: file.type,
          bytes: file.bytes,
          progress: 1,
          file,
          failure: null,
          blob: null,
        }));
      if (added.length > 0) publish([...attachments, ...added]);
    },
    retry(id) {
      change(id, { failure: null, progress: 0 });
      sendNext();
    },
    remove(id) {
      const removed = attachments.find((each) => each.id === id);
      if (!removed) return;
      publish(attachments.filter((each) => each !== removed));
      drop(removed);
      sendNext();
    },
    release: () => publish([]),
  };
}

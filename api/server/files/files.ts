import type { FileReference } from '@openrouter-native/protocol';

/** A content part of a chat request, such as `image_url`, `file` or `input_audio`. */
export type RequestPart = { type: string; [field: string]: unknown };

/** The files of this server's users. Each method sees those of one user only; another's is not there. */
export interface Files {
  /**
   * Keeps bytes under a media type found by looking at them.
   *
   * @throws RequestError `unsupported_media_type`, `payload_too_large`, `invalid_request`.
   */
  store(
    userId: string,
    file: {
      filename: string;
      bytes: Uint8Array;
      context: 'message_attachment' | 'image_generation' | 'agents';
    },
  ): Promise<FileReference>;
  /** A picture that a model made: a data URL, or an https URL that is fetched. @throws RequestError when it is none. */
  storeImage(userId: string, url: string, signal: AbortSignal): Promise<FileReference>;
  /** In their order. @throws RequestError `not_found` that names the first that is not there. */
  references(userId: string, ids: readonly string[]): Promise<FileReference[]>;
  list(userId: string): Promise<(FileReference & { createdAt: string; context: string })[]>;
  open(userId: string, id: string): Promise<{ reference: FileReference; path: string } | null>;
  /** As the model gets it. A file that is gone becomes a text part that says so. */
  toRequestPart(userId: string, reference: FileReference): Promise<RequestPart>;
  /** A message shows these files. */
  link(messageId: string, ids: readonly string[]): Promise<void>;
  /** @returns how many there were. */
  delete(userId: string, ids: readonly string[]): Promise<number>;
  /** Deletes the attachments and pictures of this user that no message and no agent shows any more, if older than a day or once linked. Bytes go with their last file. */
  deleteUnused(userId: string): Promise<void>;
}

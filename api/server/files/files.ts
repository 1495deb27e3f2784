import type { FileReference } from '@openrouter-native/protocol';
import type { StoredFile } from '../database/schema.ts';
import type { IncomingFile } from './incoming.ts';

/** A content part of a chat request, such as `image_url`, `file` or `input_audio`. */
export type RequestPart = { type: string; [field: string]: unknown };

/** How a file came to be here. */
export type FileContext = StoredFile['context'];

/** A file with what only its owner's list tells. */
export type ListedFile = FileReference & {
  /** ISO 8601. */
  createdAt: string;
  context: FileContext;
  /** How many messages show it. */
  usage: number;
};

/** The files of this server's users. Each method sees those of one user only; another's is not there. */
export interface Files {
  /**
   * A picture that a model made: a data URL, or an https URL that is fetched.
   *
   * @throws RequestError `malformed_response` when it is none; `payload_too_large`; whatever fetching throws.
   */
  storeImage(userId: string, url: string, signal: AbortSignal): Promise<FileReference>;
  /**
   * The files of one message, in their order.
   *
   * @throws RequestError `not_found` that names the first that is not there; `payload_too_large` when
   *   they are too much for one request to a model.
   */
  references(userId: string, ids: readonly string[]): Promise<FileReference[]>;
  /** Newest first. */
  list(userId: string): Promise<ListedFile[]>;
  /** @returns `null` when it is not there; `path` is absolute. */
  open(userId: string, id: string): Promise<{ reference: FileReference; path: string } | null>;
  /**
   * The files of a whole conversation, oldest first, as the model gets them, one part each. A file that
   * is gone becomes a text part that says so; of files that are too much for one request, the oldest do.
   */
  toRequestParts(userId: string, references: readonly FileReference[]): Promise<RequestPart[]>;
  /** A message shows these files. */
  link(messageId: string, ids: readonly string[]): Promise<void>;
  /** @returns the ids of those that there were. */
  delete(userId: string, ids: readonly string[]): Promise<string[]>;
  /**
   * Deletes the files of this user that no message shows and no agent names in any of its versions, if
   * older than a day or once linked. Bytes go with their last file.
   */
  deleteUnused(userId: string): Promise<void>;
}

/** {@link Files} as the routes and the app use them. */
export interface FileStore extends Files {
  /** Writes an upload to disk as it arrives. @throws RequestError `payload_too_large`. */
  receive(chunks: AsyncIterable<Uint8Array>): Promise<IncomingFile>;
  /**
   * Makes it a file of this user, under a media type found by looking at the bytes. Whatever the
   * outcome, what was received is used up.
   *
   * @throws RequestError `unsupported_media_type`, `payload_too_large`, `invalid_request`.
   */
  keep(
    userId: string,
    file: { filename: string; incoming: IncomingFile; context: FileContext },
  ): Promise<ListedFile>;
  discard(incoming: IncomingFile): Promise<void>;
  /** Deletes what is unused, of all users, and what processes that ended too early left behind. */
  sweep(): Promise<void>;
}

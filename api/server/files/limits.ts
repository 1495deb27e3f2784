import type { FileKind } from './kinds.ts';

const MB = 1024 * 1024;

/** How large files may be. Bytes, unless the name says otherwise. */
export interface FileLimits {
  /** The largest file of any kind. */
  fileBytes: number;
  /** The largest upload of each kind. */
  kindBytes: Readonly<Record<FileKind, number>>;
  /** All files of one message together, and all that one request to a model carries of a conversation. */
  requestBytes: number;
  /** All files of one user together. */
  userBytes: number;
  /** How many files one user may have: each costs a row and an entry in a folder, however small. */
  userFiles: number;
}

/** How many files one message should carry; told to pages, which count before they send. */
export const FILES_PER_MESSAGE = 10;

/**
 * @param fileMegabytes - Of PDF and audio; OpenRouter and the providers behind it take less of
 *   pictures (10 MB), and more text than 2 MB fits no model.
 * @param userMegabytes - Of all files of one user.
 */
export function createFileLimits(fileMegabytes: number, userMegabytes: number): FileLimits {
  const fileBytes = fileMegabytes * MB;
  return {
    fileBytes,
    kindBytes: {
      image: Math.min(10 * MB, fileBytes),
      pdf: fileBytes,
      audio: fileBytes,
      text: Math.min(2 * MB, fileBytes),
    },
    // In base64 and JSON it takes several times as much memory, for each answer that is being given.
    requestBytes: Math.max(50 * MB, fileBytes),
    userBytes: userMegabytes * MB,
    userFiles: 10_000,
  };
}

/** `10 MB`, rounded down to what is surely accepted. */
export function inMegabytes(bytes: number): string {
  return `${Math.floor((bytes / MB) * 10) / 10} MB`;
}

import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  realpathSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { errorCode } from '../error-code.ts';
import { MigrationProblem } from './problem.ts';

/** A text file that may be changed. */
export interface TextFile {
  /** Where it really is, behind symbolic links. */
  path: string;
  text: string;
}

/** Nobody else may read a file that is made for keys. */
const PRIVATE = 0o600;

/**
 * Reads a file whose every byte has to come back.
 *
 * @throws MigrationProblem when it cannot be read, or is not UTF-8.
 */
export function readText(path: string): TextFile {
  try {
    const real = realpathSync(path);
    if (!statSync(real).isFile()) throw new MigrationProblem('is no ordinary file', path);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      readFileSync(real),
    );
    return { path: real, text };
  } catch (error) {
    if (error instanceof MigrationProblem) throw error;
    throw new MigrationProblem(whyUnreadable(error), path);
  }
}

/** The same for a file that may be missing; its text is empty then. */
export function readOptional(path: string): TextFile & { exists: boolean } {
  return existsSync(path) ? { ...readText(path), exists: true } : { path, text: '', exists: false };
}

/** @throws MigrationProblem when the file cannot be written. */
export function requireWritable(path: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new MigrationProblem(`cannot be written (${codeOf(error)})`, path);
  }
}

/**
 * Writes into the file that is there, so that its owner, its mode and links to it stay. A new one is
 * private.
 *
 * @throws MigrationProblem
 */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: PRIVATE, flush: true });
  } catch (error) {
    throw new MigrationProblem(`cannot be written (${codeOf(error)})`, path);
  }
}

/** @throws MigrationProblem when there is a file of that name already, or the folder takes none. */
export function copyBeside(path: string, copy: string, text: string): void {
  try {
    writeFileSync(copy, text, { mode: statSync(path).mode & 0o777, flag: 'wx', flush: true });
  } catch (error) {
    throw new MigrationProblem(`cannot have a backup beside it (${codeOf(error)})`, path);
  }
}

export function remove(path: string): void {
  unlinkSync(path);
}

function whyUnreadable(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'is not UTF-8 text';
  return `cannot be read (${codeOf(error)})`;
}

function codeOf(error: unknown): string {
  return errorCode(error) ?? 'unknown failure';
}

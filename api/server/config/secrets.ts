import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../error-code.ts';
import { exampleOf, type Environment } from './environment.ts';
import type { ConfigProblem } from './problem.ts';
import { variables } from './variables.ts';

/** What the server signs and encrypts with. */
export interface Secrets {
  /** Signs access tokens. */
  jwt: string;
  /** Signs refresh tokens. */
  jwtRefresh: string;
  /** Encrypts stored credentials: 64 hexadecimal digits. */
  credentials: string;
}

const names = { jwt: 'JWT_SECRET', jwtRefresh: 'JWT_REFRESH_SECRET', credentials: 'CREDS_KEY' } as const; // prettier-ignore
const FILE_NAME = 'secrets.json';

const fileSchema = z.object({
  JWT_SECRET: variables.JWT_SECRET.schema.unwrap(),
  JWT_REFRESH_SECRET: variables.JWT_REFRESH_SECRET.schema.unwrap(),
  CREDS_KEY: variables.CREDS_KEY.schema.unwrap(),
});
type SecretsFile = z.infer<typeof fileSchema>;

/** The secrets with what happened on the way, or why there are none. */
export type SecretsReading =
  | {
      secrets: Secrets;
      /** What happened, to be told once. */
      notes: string[];
      warnings: string[];
      problems: [];
    }
  | { secrets: null; problems: ConfigProblem[] };

/**
 * The secrets of the environment. In production all must be set there; elsewhere missing ones come
 * from `secrets.json` in the data folder, which is written on the first start.
 *
 * @param dataDirectory - Absolute; created when it does not exist.
 */
export function readSecrets(environment: Environment, dataDirectory: string): SecretsReading {
  const missing = Object.values(names).filter((name) => environment[name] === undefined);
  const notes: string[] = [];
  let file: Partial<SecretsFile> = {};

  if (missing.length > 0) {
    if (environment.NODE_ENV === 'production') {
      return {
        secrets: null,
        problems: missing.map((name) => ({
          variable: name,
          problem: 'is not set, and with NODE_ENV=production it has to be',
          example: exampleOf(name),
        })),
      };
    }
    try {
      const stored = loadOrCreate(dataDirectory);
      file = stored.file;
      if (stored.isNew) {
        notes.push(
          `${missing.join(', ')} not set: random values were made and kept in ${join(dataDirectory, FILE_NAME)}.`,
        );
      }
    } catch (error) {
      const problem = {
        variable: 'DATA_DIR',
        problem: `cannot hold ${FILE_NAME} (${reasonOf(error)}): ${dataDirectory}`,
        example: exampleOf('DATA_DIR'),
      };
      return { secrets: null, problems: [problem] };
    }
  }

  const secrets = {
    jwt: environment.JWT_SECRET ?? file.JWT_SECRET ?? '',
    jwtRefresh: environment.JWT_REFRESH_SECRET ?? file.JWT_REFRESH_SECRET ?? '',
    credentials: environment.CREDS_KEY ?? file.CREDS_KEY ?? '',
  };
  const areSame = secrets.jwt === secrets.jwtRefresh;
  const warnings = areSame
    ? ['JWT_SECRET and JWT_REFRESH_SECRET are the same; they should differ.']
    : [];
  return { secrets, notes, warnings, problems: [] };
}

function loadOrCreate(dataDirectory: string): { file: SecretsFile; isNew: boolean } {
  const path = join(dataDirectory, FILE_NAME);
  const existing = load(path);
  if (existing) return { file: existing, isNew: false };

  mkdirSync(dataDirectory, { recursive: true });
  const draft = `${path}.${process.pid}`;
  const file: SecretsFile = {
    JWT_SECRET: randomBytes(32).toString('hex'),
    JWT_REFRESH_SECRET: randomBytes(32).toString('hex'),
    CREDS_KEY: randomBytes(32).toString('hex'),
  };
  writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path); // Appears whole or not at all, and never replaces another process's file.
    return { file, isNew: true };
  } catch (error) {
    const winner = load(path);
    if (winner) return { file: winner, isNew: false };
    if (errorCode(error) === 'EEXIST') throw error;
    renameSync(draft, path); // A file system without hard links.
    return { file, isNew: true };
  } finally {
    rmSync(draft, { force: true });
  }
}

function load(path: string): SecretsFile | null {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  const isOpenToOthers = (statSync(path).mode & 0o077) !== 0; // A restored backup, for example.
  if (isOpenToOthers && process.platform !== 'win32') chmodSync(path, 0o600);
  return fileSchema.parse(JSON.parse(content));
}

/** Names the failure without the file's content, which a parser's message would repeat. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError || error instanceof z.ZodError) {
    return `${FILE_NAME} there is damaged; restore it, or delete it and everyone signs in again`;
  }
  return errorCode(error) ?? 'unknown failure';
}

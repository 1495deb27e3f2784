import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RequestError } from '@openrouter-native/plugin';
import { errorBodySchema } from '@openrouter-native/protocol';
import { silentLogger } from '@openrouter-native/openrouter';
import { createAccessTokens } from './auth/access-token.ts';
import { localRequest } from './auth/purpose-token.ts';
import { issueLocalToken, localTokenSchema, type LocalToken } from './auth/local-token.ts';
import { ConfigError, loadConfig, type Config } from './config.ts';
import { EMBEDDED_FOLDER, openDatabase } from './database/open.ts';
import { FolderInUseError, lockFolder, ownerOf } from './database/folder-lock.ts';
import { createUsers } from './database/users.ts';
import { StartError } from './start-error.ts';

const HELP = `Prints an access token for an account of this server, valid for twelve hours.

  npm run -s token                                the only account there is
  npm run -s token -- --email ada@example.com     one of several
  npm run -s token -- --json                      with its address and end

  curl -H "Authorization: Bearer $(npm run -s token)" http://localhost:3080/api/user
`;

await main();

async function main(): Promise<void> {
  try {
    const { email, json, help } = readArguments();
    if (help) {
      process.stdout.write(HELP);
      return;
    }
    const issued = await fetchToken(loadConfig(), email ?? null);
    process.stdout.write(`${json ? JSON.stringify(issued) : issued.token}\n`);
  } catch (error) {
    if (!isForThePerson(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        email: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : ''}\n\n${HELP}`);
  }
}

/** Asks the running server, because nobody else may open its embedded database meanwhile. */
async function fetchToken(config: Config, email: string | null): Promise<LocalToken> {
  if (config.databaseUrl !== null) return readToken(config, email);
  const owner = ownerOf(config.dataDirectory);
  if (owner) return askServer(owner.url, config, email);
  if (!existsSync(join(config.dataDirectory, EMBEDDED_FOLDER))) {
    throw new StartError('There is no account yet. Run npm start, open the page and create one.');
  }
  const unlock = lockFolder(config.dataDirectory, 'npm run token');
  try {
    return await readToken(config, email);
  } finally {
    unlock();
  }
}

async function readToken(config: Config, email: string | null): Promise<LocalToken> {
  const database = await openDatabase(config, silentLogger);
  try {
    return await issueLocalToken(email, {
      users: createUsers(database.queries),
      accessTokens: createAccessTokens(config.secrets.jwt, Date.now),
      now: Date.now,
    });
  } finally {
    await database.close();
  }
}

async function askServer(url: string, config: Config, email: string | null): Promise<LocalToken> {
  const response = await fetch(`${url}/api/auth/local-token`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${await localRequest.sign(config.secrets.jwt)}`,
    },
    body: JSON.stringify({ email }),
  }).catch((cause: unknown) => {
    throw new StartError(`The server at ${url} does not answer.`, { cause });
  });
  const answer: unknown = await response.json();
  if (response.ok) return localTokenSchema.parse(answer);
  throw new StartError(
    response.status === 401
      ? `The server at ${url} runs with another JWT_SECRET than this command.`
      : errorBodySchema.parse(answer).error.message,
  );
}

function isForThePerson(error: unknown): error is Error {
  return (
    error instanceof StartError ||
    error instanceof ConfigError ||
    error instanceof RequestError ||
    error instanceof FolderInUseError
  );
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RequestError } from '@openrouter-native/plugin';
import { createdAppTokenSchema, errorBodySchema } from '@openrouter-native/protocol';
import { silentLogger } from '@openrouter-native/openrouter';
import { readAppTokenOptions } from './app-tokens/command-options.ts';
import { issueToken } from './app-tokens/issue.ts';
import { createAccessTokens } from './auth/access-token.ts';
import { localRequest } from './auth/purpose-token.ts';
import {
  findAccount,
  issueLocalToken,
  localTokenSchema,
  type LocalToken,
} from './auth/local-token.ts';
import { ConfigError, loadConfig, type Config } from './config.ts';
import { createAppTokens } from './database/app-tokens.ts';
import type { Database } from './database/database.ts';
import { EMBEDDED_FOLDER, openDatabase } from './database/open.ts';
import { FolderInUseError, lockFolder, ownerOf } from './database/folder-lock.ts';
import { createUsers } from './database/users.ts';
import { StartError } from './start-error.ts';

const HELP = `Prints an access token for an account of this server, valid for twelve hours.

  npm run -s token                                the only account there is
  npm run -s token -- --email ada@example.com     one of several
  npm run -s token -- --json                      with its address and end

  curl -H "Authorization: Bearer $(npm run -s token)" http://localhost:3080/api/user

Or creates a token for an app, for /api/openrouter only, and prints it this one time.

  npm run -s token -- --app "My app"              everything an app can be let do
    --scopes models,chat                          only some of: models, credits, chat
    --models 'openai/*,*:free'                    only these models
    --limit 5                                     US dollars a month at most
    --expires 2030-12-31                          good until then
`;

await main();

async function main(): Promise<void> {
  try {
    const { json, help, ...options } = readArguments();
    if (help) {
      process.stdout.write(HELP);
      return;
    }
    const issued = await issue(loadConfig(), options);
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
        app: { type: 'string' },
        scopes: { type: 'string' },
        models: { type: 'string' },
        limit: { type: 'string' },
        expires: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : ''}\n\n${HELP}`);
  }
}

function issue(
  config: Config,
  options: ReturnType<typeof readArguments>,
): Promise<{ token: string }> {
  const { email = null, app, ...more } = options;
  if (app === undefined) {
    if (Object.keys(more).length > 0) throw new StartError(`Name the app with --app.\n\n${HELP}`);
    return reach(config, {
      database: (database) => readToken(database, config, email),
      server: (url) => askServer(url, config, email),
    });
  }
  const wanted = readAppTokenOptions({ app, ...more });
  return reach(config, {
    async database({ queries }) {
      const account = await findAccount(createUsers(queries), email);
      const tokens = createAppTokens(queries);
      const { token, stored } = await issueToken(account.id, wanted, { tokens, now: Date.now });
      return { token, id: stored.id, email: account.email };
    },
    async server(url) {
      const { token, email: address } = await askServer(url, config, email);
      const created = await post(`${url}/api/tokens`, token, wanted);
      return { ...createdAppTokenSchema.parse(created), email: address };
    },
  });
}

/** Asks the running server, because nobody else may open its embedded database meanwhile. */
async function reach<T>(
  config: Config,
  ways: { database: (database: Database) => Promise<T>; server: (url: string) => Promise<T> },
): Promise<T> {
  if (config.databaseUrl !== null) return withDatabase(config, ways.database);
  const owner = ownerOf(config.dataDirectory);
  if (owner) return ways.server(owner.url);
  if (!existsSync(join(config.dataDirectory, EMBEDDED_FOLDER))) {
    throw new StartError('There is no account yet. Run npm start, open the page and create one.');
  }
  const unlock = lockFolder(config.dataDirectory, 'npm run token');
  try {
    return await withDatabase(config, ways.database);
  } finally {
    unlock();
  }
}

async function withDatabase<T>(
  config: Config,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(config, silentLogger);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

function readToken({ queries }: Database, config: Config, email: string | null) {
  return issueLocalToken(email, {
    users: createUsers(queries),
    accessTokens: createAccessTokens(config.secrets.jwt, Date.now),
    now: Date.now,
  });
}

async function askServer(url: string, config: Config, email: string | null): Promise<LocalToken> {
  const proof = await localRequest.sign(config.secrets.jwt);
  return localTokenSchema.parse(await post(`${url}/api/auth/local-token`, proof, { email }));
}

/** @throws StartError with what the server says. */
async function post(address: string, bearer: string, body: object): Promise<unknown> {
  const { origin } = new URL(address);
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` },
    body: JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw new StartError(`The server at ${origin} does not answer.`, { cause });
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  throw new StartError(
    response.status === 401
      ? `The server at ${origin} runs with another JWT_SECRET than this command.`
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

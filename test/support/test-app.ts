import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App, type AppDependencies } from '@openrouter-native/api/app';
import { loadConfig } from '@openrouter-native/api/config';
import type { Database } from '@openrouter-native/api/database/database';
import { createLogs } from '@openrouter-native/api/logging/logs';
import { openUpstream } from '@openrouter-native/api/services/upstream';
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '@openrouter-native/simulator';
import {
  closeDatabases,
  embedded,
  openOnce,
  OPEN_TIMEOUT_MS,
  type TestDatabase,
} from './databases.ts';

/** The whole host in this process: real configuration, a scratch database, a simulator upstream. */
export interface TestApp extends App {
  /** `http://127.0.0.1:PORT`. */
  url: string;
  /** What it works on, for rows that no route writes. */
  database: Database;
  simulator: Simulator;
  /** The working directory: `data`, `.cache`, and what a test puts there. */
  directory: string;
  /** Everything that was logged so far. */
  logText(): string;
  /** May be left to the end of the test file. */
  close(): Promise<void>;
  /** Creates an account. @returns Its access token and refresh cookie. */
  signUp(email?: string): Promise<{ token: string; cookie: string; userId: string }>;
}

export interface TestAppOptions {
  /** Added to a working configuration, as environment variables; `undefined` takes one away. */
  environment?: Record<string, string | undefined>;
  simulator?: SimulatorOptions;
  /** @defaultValue the embedded one; `onEachDatabase` hands out the others */
  database?: TestDatabase;
  /** What {@link createApp} takes beside the configuration. */
  app?: Partial<
    Pick<
      AppDependencies,
      | 'drainMs'
      | 'authLimits'
      | 'keyLimits'
      | 'tokenLimits'
      | 'now'
      | 'clientDirectory'
      | 'readConfig'
    >
  >;
  /** Called with the working directory before the configuration is read. */
  prepare?: (directory: string) => void;
}

export const aPassword = 'correct horse battery';

const NO_LIMIT = { windowMs: 60_000, requests: 10_000 };
/** Tests that are not about limits should never meet one. */
const noLimits = {
  loginPerAddress: NO_LIMIT,
  failedLoginPerEmail: NO_LIMIT,
  registerPerAddress: NO_LIMIT,
  refreshPerAddress: NO_LIMIT,
};

const open = new Set<TestApp>();
beforeAll(() => openOnce(embedded), OPEN_TIMEOUT_MS);
afterAll(async () => {
  await Promise.all([...open].map((host) => host.close()));
  await closeDatabases();
}, OPEN_TIMEOUT_MS); // Answers that are still being given may take their time to end.

async function emptyDatabase(kind: TestDatabase): Promise<Database> {
  const database = await openOnce(kind);
  await database.queries.execute('delete from users');
  return database;
}

/**
 * Builds the app as the server does, and listens on a free port. Apps of one test file share
 * their database of each kind, which loses all its rows when another app is made.
 */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const directory = mkdtempSync(join(tmpdir(), 'host-'));
  options.prepare?.(directory);
  const simulator = await startSimulator({ tokensPerSecond: Infinity, ...options.simulator });
  const config = loadConfig(directory, {
    OPENROUTER_API_KEY: simulator.keys.inference,
    OPENROUTER_BASE_URL: simulator.url,
    OPENROUTER_BACKGROUND_REFRESH: 'false',
    ...options.environment,
  });
  const lines: string[] = [];
  const logs = createLogs({
    ...config.logs,
    format: 'json',
    secretValues: config.secretValues,
    write: (line) => lines.push(line),
  });
  const upstream = await openUpstream(config.openrouter);
  const database = await emptyDatabase(options.database ?? embedded);
  const server = createServer();
  const url = await listen(server);
  const app = createApp({
    config,
    database,
    upstream,
    logs,
    publicUrl: config.publicUrl ?? url,
    authLimits: noLimits,
    drainMs: 0, // Nobody waits for the rest of an answer that a test has left.
    ...options.app,
  });
  server.on('request', app.app);

  const host: TestApp = {
    ...app,
    url,
    database,
    simulator,
    directory,
    logText: () => lines.join(''),
    async signUp(email = 'ada@example.com') {
      const response = await fetch(`${url}/api/auth/register`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: 'Ada', email, password: aPassword }),
      });
      const { token, user } = (await response.json()) as { token: string; user: { id: string } };
      const cookie = response.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
      return { token, cookie, userId: user.id };
    },
    async close() {
      if (!open.delete(host)) return;
      await app.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await upstream?.close();
      await simulator.close();
      // A model list that is being written to the cache may come in between.
      await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
  open.add(host);
  return host;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

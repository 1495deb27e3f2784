import { createServer, type Server } from 'node:http';
import { createApp, type App } from './app.ts';
import { loadConfig, type Config } from './config.ts';
import type { Database } from './database/database.ts';
import { lockFolder } from './database/folder-lock.ts';
import { openDatabase } from './database/open.ts';
import { listen } from './listen.ts';
import type { Logs } from './logging/logs.ts';
import type { Provider } from './services/provider.ts';
import { openUpstream, type Upstream } from './services/upstream.ts';

/** On top of what running answers get to end, so that their last words still arrive. */
const LAST_WORDS_MS = 2_000;
const SWEEP_MS = 50;

/**
 * Longer than the minute for which reverse proxies keep idle connections: the one that closes first
 * must be theirs, or a request that is on its way meets a closed door.
 */
const KEEP_ALIVE_MS = 75_000;

/** A server that answers. */
export interface RunningServer {
  /** Where this machine reaches it. */
  url: string;
  /** Accepts no more requests, lets running answers end, and closes everything. */
  close(): Promise<void>;
}

/**
 * Starts the whole server. It listens at once, so that a port in use is told before anything is
 * written; requests that arrive while the database opens wait for it.
 *
 * @throws StartError, FolderInUseError: told to the person who starts it.
 */
export async function startServer(config: Config, logs: Logs): Promise<RunningServer> {
  const closers: (() => unknown)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  };

  try {
    const { promise: ready, resolve: becomeReady } = Promise.withResolvers<App>();
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      if (!server.listening) response.setHeader('Connection', 'close'); // It stops; ask the next one.
      void ready.then(({ app }) => app(request, response));
    });
    const url = await listen(server, config.host, config.port);
    closers.push(() => closeServer(server, 0));
    if (config.databaseUrl === null) closers.push(lockFolder(config.dataDirectory, url));

    const [database, upstream] = await openParts(config, logs);
    closers.push(() => database.close());
    if (upstream) closers.push(() => upstream.close());

    const publicUrl = config.publicUrl ?? url;
    const app = createApp({
      config,
      database,
      upstream,
      logs,
      publicUrl,
      readConfig: loadConfig,
      drainMs: config.shutdownMs,
    });
    becomeReady(app);
    tellAboutProvider(app.provider, logs);

    return {
      url,
      async close() {
        const closed = closeServer(server, config.shutdownMs + LAST_WORDS_MS);
        await app.close();
        await closed;
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Opens both at once; when one fails, the other is closed again. */
async function openParts(config: Config, logs: Logs): Promise<[Database, Upstream | null]> {
  const [database, upstream] = await Promise.allSettled([
    openDatabase(config, logs.host),
    openUpstream(config.openrouter),
  ]);
  if (database.status === 'fulfilled' && upstream.status === 'fulfilled') {
    return [database.value, upstream.value];
  }
  if (database.status === 'fulfilled') await database.value.close();
  if (upstream.status === 'fulfilled') await upstream.value?.close();
  throw database.status === 'rejected' ? database.reason : (upstream as PromiseRejectedResult).reason; // prettier-ignore
}

/**
 * Lets requests that are being answered end, for at most `graceMs`, and cuts what is left. Node keeps
 * a connection open after its last answer, so idle ones are looked for again and again.
 */
async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

function tellAboutProvider({ plugin, mode, problem }: Provider, { openrouter: log }: Logs): void {
  if (!plugin) {
    log.warn(`[OpenRouter] Provider not available. ${problem.message} ${problem.action}`);
    return;
  }
  log.info('[OpenRouter] Provider initialized successfully');
  if (mode === 'simulator') {
    log.info(
      '[OpenRouter] No OPENROUTER_API_KEY is set, so the embedded simulator answers. For real models put a key from https://openrouter.ai/settings/keys into .env and restart.',
    );
  }
}

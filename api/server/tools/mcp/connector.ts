import type { Logger } from '@openrouter-native/openrouter';
import { McpUnavailable, messageOf } from './failure.ts';
import type { Session } from './session.ts';

/** What a connector is made of. */
export interface ConnectorOptions {
  /** Name of the server. */
  name: string;
  logger: Logger;
  /** Epoch milliseconds. */
  now: () => number;
  /** Connects. @param onClosed - To be called when the connection is gone. */
  open: (onClosed: () => void, closing: AbortSignal) => Promise<Session>;
  /** Why it could not be opened: "it …". */
  reasonOf: (error: unknown) => string;
}

/** Keeps one connection to a server: made when it is needed, and again when it was lost. */
export interface Connector {
  /** @throws {@link McpUnavailable}; at once when the last try was a moment ago. */
  connect(): Promise<Session>;
  /** Gives a connection up that does not work any more. */
  drop(session: Session): Promise<void>;
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 60_000; // After a minute, whoever asks deserves another try.
const MAX_DETAIL_CHARACTERS = 300; // Some errors quote a whole answer.
const STABLE_MS = 10_000; // A connection that held for this long was a good one.

interface Connection {
  opening: Promise<Session>;
  /** `null` until it is open. */
  session: Session | null;
  openedAt: number;
}

/** Tries once for whoever asks, and after failures pauses longer and longer, up to a minute. */
export function createConnector(options: ConnectorOptions): Connector {
  const { name, logger, now, open, reasonOf } = options;
  const closing = new AbortController();
  let current: Connection | null = null;
  let troubles = 0;
  let pausedUntil = -Infinity;
  let failure = new McpUnavailable(name, 'it was not asked yet');

  function begin(): Connection {
    const connection: Connection = {
      session: null,
      openedAt: now(),
      opening: open(() => lose(connection), closing.signal).then(
        (session) => {
          connection.session = session;
          connection.openedAt = now();
          logger.info(`The MCP server ${JSON.stringify(name)} is connected.`);
          return session;
        },
        (error: unknown) => fail(connection, error),
      ),
    };
    return connection;
  }

  function fail(connection: Connection, error: unknown): never {
    if (current === connection) current = null;
    failure = new McpUnavailable(name, reasonOf(error), { cause: error });
    troubles += 1;
    pause(troubles);
    if (!closing.signal.aborted) {
      logger.warn(failure.message, { detail: messageOf(error).slice(0, MAX_DETAIL_CHARACTERS) });
    }
    throw failure;
  }

  /** The next try may come at once, unless connections keep breaking right after they were made. */
  function lose(connection: Connection): void {
    if (current !== connection) return;
    current = null;
    logger.warn(`The MCP server ${JSON.stringify(name)} was lost.`);
    troubles = now() - connection.openedAt >= STABLE_MS ? 1 : troubles + 1;
    failure = new McpUnavailable(name, 'it keeps going away');
    if (troubles > 1) pause(troubles - 1);
  }

  function pause(times: number): void {
    pausedUntil = now() + Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (times - 1));
  }

  return {
    async connect() {
      if (closing.signal.aborted) throw new McpUnavailable(name, 'this server is shutting down');
      if (!current && now() < pausedUntil) throw failure;
      current ??= begin();
      return current.opening;
    },
    async drop(session) {
      if (current?.session === session) lose(current);
      await session.close().catch(() => undefined);
    },
    async close() {
      closing.abort(new Error('The server is shutting down'));
      const session = await current?.opening.catch(() => null);
      current = null;
      await session?.close();
    },
  };
}

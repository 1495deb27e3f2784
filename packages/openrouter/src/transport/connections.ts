import { Agent, buildConnector, Pool, ProxyAgent, type Dispatcher } from 'undici';

/** A pool of keep-alive connections to wherever requests go. */
export interface Connections {
  /** Resolves with the headers. @throws whatever undici throws. */
  request(options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>;
  /** Closes idle connections and lets running exchanges end. */
  close(): Promise<void>;
}

export interface ConnectionsOptions {
  /** Milliseconds for TCP and TLS, or for a proxy to make a tunnel. */
  connectMs: number;
  /** Whole URL of an HTTP proxy. */
  proxy: string | undefined;
}

/** People pause between two messages; a new TLS connection would cost each of them a round trip. */
const KEEP_ALIVE_MS = 30_000;

/** What undici says when it closes the connection of an aborted request. */
const ABORTED = 'aborted';

/** Opens none yet: each connection is made when a request first needs it. */
export function openConnections({ connectMs, proxy }: ConnectionsOptions): Connections {
  const timeout = { timeout: connectMs };
  const connectDirectly = buildConnector(timeout);
  let isForNobody = false;

  // Undici at once makes another connection for a request that was aborted, though nobody waits for it.
  // See https://github.com/nodejs/undici/issues/5845
  function noteAbort(_origin: URL, _targets: readonly Dispatcher[], { message }: Error): void {
    isForNobody = message === ABORTED;
    queueMicrotask(() => {
      isForNobody = false;
    });
  }
  const connect: buildConnector.connector = (options, callback) => {
    if (!isForNobody) return connectDirectly(options, callback);
    return queueMicrotask(() => callback(new Error('Nobody waits for this connection'), null));
  };

  const shared = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    factory: (origin: URL | string, options: object) =>
      new Pool(origin, options).on('disconnect', noteAbort),
  };
  const dispatcher =
    proxy === undefined
      ? new Agent({ connect, ...shared })
      : new ProxyAgent({
          uri: proxy,
          requestTls: timeout,
          // The wait for the proxy's word that there is a tunnel is part of connecting.
          clientFactory: (origin) => new Pool(origin, { connect, headersTimeout: connectMs }),
          ...shared,
        });
  return {
    request: (options) => dispatcher.request(options),
    close: () => dispatcher.close(),
  };
}

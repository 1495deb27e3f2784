import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { WebError } from './web-error.ts';

/** How a page is asked for. */
export interface ConnectOptions {
  /** Ports of the two protocols. */
  ports: Readonly<Record<'http:' | 'https:', number>>;
  userAgent: string;
  signal: AbortSignal;
}

const CONNECT_LIMIT_MS = 5000; // Enough around the world; then the next address has its turn.

/**
 * Asks for a page at exactly the addresses that were looked at before, whatever its name means by now.
 *
 * @param addresses - Tried in order until one can be connected to.
 * @returns The answer's headers, its body still to be read.
 * @throws WebError; the signal's reason when it aborts.
 */
export async function connect(
  url: URL,
  addresses: readonly string[],
  options: ConnectOptions,
): Promise<IncomingMessage> {
  let failure: unknown;
  for (const address of addresses) {
    const attempt = { isConnected: false };
    try {
      return await ask(url, address, options, attempt);
    } catch (error) {
      options.signal.throwIfAborted();
      failure = error;
      if (attempt.isConnected) break; // It was asked: once is enough.
    }
  }
  throw new WebError(`${url.hostname} cannot be reached (${reasonOf(failure)}).`, {
    cause: failure,
  });
}

function ask(
  url: URL,
  address: string,
  { ports, userAgent, signal }: ConnectOptions,
  attempt: { isConnected: boolean },
): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  const name = url.hostname;
  const tooSlow = new AbortController();
  const timer = setTimeout(() => tooSlow.abort(new Error('no connection')), CONNECT_LIMIT_MS);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();

  const request = (isSecure ? requestHttps : requestHttp)({
    host: address,
    port: ports[isSecure ? 'https:' : 'http:'],
    ...(isSecure && isIP(name) === 0 && !name.startsWith('[') && { servername: name }),
    path: `${url.pathname}${url.search}`,
    agent: false, // No connection of somebody else's request, and none left over.
    signal: AbortSignal.any([signal, tooSlow.signal]),
    headers: {
      Host: url.host,
      'User-Agent': userAgent,
      Accept: 'text/html, application/xhtml+xml, text/*;q=0.9, application/json;q=0.9, */*;q=0.1',
      'Accept-Encoding': 'gzip, deflate, br',
    },
  });
  request.once('socket', (socket) => {
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      attempt.isConnected = true;
      clearTimeout(timer);
    });
  });
  request.once('response', resolve);
  request.on('error', reject); // May come again, when the answer breaks off.
  request.end();
  return promise.finally(() => clearTimeout(timer));
}

/** A code such as `ECONNREFUSED`; the message of an error may hold addresses. */
function reasonOf(failure: unknown): string {
  if (typeof failure !== 'object' || failure === null || !('code' in failure)) return 'no answer';
  const { code } = failure;
  return code === 'ABORT_ERR' || typeof code !== 'string' ? 'no answer' : code;
}

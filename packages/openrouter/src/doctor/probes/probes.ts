import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

/** What a server shows of itself when a secure connection begins. */
export interface Handshake {
  socket: TLSSocket;
  /** Such as `TLSv1.3`. */
  protocol: string;
  /** Who vouches for the certificate; tells an inspecting proxy from the real thing. */
  issuer: string;
  /** As the certificate writes it. */
  validTo: string;
}

/**
 * The network one layer at a time. Each rejects with the system's error (`code`), or with the
 * signal's reason; no socket is left behind then.
 */
export interface Probes {
  /** IP addresses of a host name. */
  resolve: (host: string, signal: AbortSignal) => Promise<string[]>;
  /** An open connection. The caller destroys it. */
  connect: (host: string, port: number, signal: AbortSignal) => Promise<Socket>;
  /** TLS over an open connection. The caller destroys it. */
  handshake: (socket: Socket, host: string, signal: AbortSignal) => Promise<Handshake>;
}

/** The machine's own network. */
export const systemProbes: Probes = {
  async resolve(host, signal) {
    const addresses = await untilAborted(lookup(host, { all: true }), signal);
    return addresses.map(({ address }) => address);
  },
  async connect(host, port, signal) {
    const socket = connect({ host, port });
    return opened(socket, once(socket, 'connect', { signal }));
  },
  async handshake(socket, host, signal) {
    const secure = connectTls({ socket, ...(isAddress(host) ? {} : { servername: host }), host });
    await opened(secure, once(secure, 'secureConnect', { signal }));
    const { issuer, valid_to: validTo } = secure.getPeerCertificate();
    const names = [issuer.O, issuer.CN].flat().filter(Boolean);
    return {
      socket: secure,
      protocol: secure.getProtocol() ?? 'unknown',
      issuer: names.join(', ') || 'unknown',
      validTo,
    };
  },
};

/** An IP address in a URL; IPv6 stands in brackets there. */
export function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}

async function opened<S extends Socket>(socket: S, event: Promise<unknown>): Promise<S> {
  try {
    await event;
    socket.on('error', () => undefined); // Whoever uses it next hears of it from its own calls.
    return socket;
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    throw error;
  }
}

/** The system's resolver cannot be interrupted, but nobody has to wait for it. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

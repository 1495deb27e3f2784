import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Probes } from './probes.ts';

const MAX_REPLY = 16 * 1024; // characters of headers

/** The proxy did not open the way. */
export class TunnelError extends Error {
  override readonly name = 'TunnelError';
  /** HTTP status; `null` when the reply was no HTTP. */
  readonly status: number | null;

  constructor(status: number | null) {
    super(status === null ? 'The proxy does not speak HTTP' : `The proxy answered ${status}`);
    this.status = status;
  }
}

/**
 * Asks an HTTP proxy for a connection to a host, as every request through it does.
 *
 * @throws {@link TunnelError} when the proxy refuses; what the probes throw when it cannot be reached.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-connect
 */
export async function openTunnel(
  probes: Probes,
  proxy: URL,
  target: string,
  signal: AbortSignal,
): Promise<Socket> {
  const plain = await probes.connect(hostOf(proxy), portOf(proxy), signal);
  try {
    const socket =
      proxy.protocol === 'https:'
        ? (await probes.handshake(plain, hostOf(proxy), signal)).socket
        : plain;
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${credentials(proxy)}\r\n`);
    const status = await readStatus(socket, signal);
    if (status !== 200) throw new TunnelError(status);
    return socket;
  } catch (error) {
    plain.destroy();
    throw error;
  }
}

/** Without the brackets of an IPv6 address. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

export function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

function credentials({ username, password }: URL): string {
  if (username === '') return '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Proxy-Authorization: Basic ${Buffer.from(pair).toString('base64')}\r\n`;
}

async function readStatus(socket: Socket, signal: AbortSignal): Promise<number | null> {
  let reply = '';
  const ended = new AbortController();
  const end = () => ended.abort();
  socket.once('end', end).once('close', end);
  try {
    while (!reply.includes('\r\n\r\n') && reply.length < MAX_REPLY) {
      const [chunk] = (await once(socket, 'data', {
        signal: AbortSignal.any([signal, ended.signal]),
      })) as [Buffer];
      reply += chunk.toString('latin1');
    }
  } catch (error) {
    if (signal.aborted || !ended.signal.aborted) throw error;
  } finally {
    socket.off('end', end).off('close', end);
  }
  socket.pause();
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(reply)?.[1];
  return status === undefined ? null : Number(status);
}

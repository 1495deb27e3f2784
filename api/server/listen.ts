import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCode } from './error-code.ts';
import { StartError } from './start-error.ts';

/**
 * Starts to listen.
 *
 * @returns Where this machine reaches the server.
 * @throws {@link StartError} when host and port cannot be had.
 */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new StartError(explain(error, host, port), { cause: error });
  }
  const { port: actualPort } = server.address() as AddressInfo;
  return `http://${hostInUrl(host)}:${actualPort}`;
}

function explain(error: unknown, host: string, port: number): string {
  const code = errorCode(error);
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Stop it, or set PORT to another number.`;
    case 'EACCES':
      return `Port ${port} is reserved for the system. Set PORT to a number above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address "${host}". Set HOST to 127.0.0.1, or to 0.0.0.0 for all.`;
    default:
      return `The server cannot listen on ${host}, port ${port} (${code ?? 'unknown failure'}).`;
  }
}

/** "All addresses" and loopback are best reached by the name that everybody knows. */
function hostInUrl(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

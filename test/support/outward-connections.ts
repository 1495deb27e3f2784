import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** Notes whom this process tries to reach, beside this machine. */
export interface OutwardConnections {
  /** Names and addresses, whether they answered or not. */
  readonly hosts: ReadonlySet<string>;
  stop(): void;
}

const CHANNEL = 'net.client.socket'; // Every outgoing connection of Node goes through it, `fetch` too.
const THIS_MACHINE = /^(localhost|127\.|::1$)/;

export function watchOutwardConnections(): OutwardConnections {
  const hosts = new Set<string>();
  const note = (host: string) => {
    if (!THIS_MACHINE.test(host)) hosts.add(host);
  };
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.on('lookup', (_error, _address, _family, host) => note(host));
    socket.on('connectionAttempt', (address) => note(address));
  };
  subscribe(CHANNEL, onSocket);
  return { hosts, stop: () => unsubscribe(CHANNEL, onSocket) };
}

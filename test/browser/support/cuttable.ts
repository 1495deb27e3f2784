import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The way from a browser to a server, which can be cut. */
export interface Cuttable {
  url: string;
  /** Ends all connections there are, as a router that restarts does. */
  cut: () => void;
  close: () => Promise<void>;
}

/** Passes bytes on, from a free port to a server on this machine. */
export async function openCuttable(serverUrl: string): Promise<Cuttable> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  function cut(): void {
    for (const socket of sockets) socket.resetAndDestroy();
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

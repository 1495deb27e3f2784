import { connect } from 'node:net';
import { createIncoming, type Incoming } from './response.ts';

/** What one request came to. Times in milliseconds since it was sent. */
export interface Exchange {
  status: number;
  tokens: number;
  /** `null` for an answer without one. */
  firstTokenMs: number | null;
  totalMs: number;
}

/** One connection, one request at a time. */
export interface Connection {
  /** Resolves at the end of the answer. @throws Error when the connection ends before. */
  exchange(request: Buffer): Promise<Exchange>;
  /** Resolves at the first token of an answer that goes on. @returns What has arrived, kept up to date. */
  follow(request: Buffer): Promise<Readonly<Incoming>>;
  close(): void;
}

const BUFFER_BYTES = 64 * 1024;

export function openConnection(port: number): Connection {
  let feed: (bytes: Buffer) => void = ignore;
  let fail: (error: Error) => void = ignore;
  const buffer = Buffer.alloc(BUFFER_BYTES); // One for all reads: a load generator should be light.
  const socket = connect({
    host: '127.0.0.1',
    port,
    noDelay: true,
    onread: {
      buffer,
      callback(size) {
        feed(buffer.subarray(0, size));
        return true;
      },
    },
  });
  socket.on('error', (error) => fail(error));
  socket.on('close', () => fail(new Error('The connection ended before the answer did')));

  return {
    exchange: (request) =>
      new Promise((resolve, reject) => {
        fail = reject;
        const incoming = createIncoming();
        let firstTokenMs: number | null = null;
        const start = performance.now();
        feed = (bytes) => {
          incoming.feed(bytes);
          if (firstTokenMs === null && incoming.tokens > 0)
            firstTokenMs = performance.now() - start;
          if (!incoming.ended) return;
          const { status, tokens } = incoming;
          resolve({ status, tokens, firstTokenMs, totalMs: performance.now() - start });
        };
        socket.write(request);
      }),
    follow: (request) =>
      new Promise((resolve, reject) => {
        fail = reject;
        const incoming = createIncoming();
        feed = (bytes) => {
          incoming.feed(bytes);
          if (incoming.status > 200) reject(new Error(`A stream answered ${incoming.status}`));
          if (incoming.tokens > 0) resolve(incoming);
        };
        socket.write(request);
      }),
    close() {
      fail = ignore;
      socket.destroy();
    },
  };
}

function ignore(): void {
  // Nothing is asked, so nothing can come or fail.
}

import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One chat request, and the bare connection that it came over. */
export interface WireExchange {
  model: string;
  body: Record<string, unknown>;
  response: ServerResponse;
  socket: Socket;
}

/** Answers in whatever way a test wants, proper or not. */
export type Wire = (exchange: WireExchange) => unknown;

/** A server on loopback that takes the place of OpenRouter, for what no proper server would do. */
export interface WireUpstream {
  /** As a base URL. */
  url: string;
  /** Bodies of the latest chat requests, in order. */
  requests: Record<string, unknown>[];
  openConnections(): number;
  /** Refuses connections until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

const MAX_REQUESTS = 100; // A long run must not grow by what it remembers.

/** @param wireOf - How requests for a model are answered. */
export async function startWireUpstream(wireOf: (model: string) => Wire): Promise<WireUpstream> {
  const requests: Record<string, unknown>[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined); // The client left; the wire hears it from its response.
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
      const model = String(body['model']);
      requests.push(body);
      if (requests.length > MAX_REQUESTS) requests.shift();
      wireOf(model)({ model, body, response, socket: request.socket });
    });
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const stop = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v1`,
    requests,
    openConnections: () => sockets.size,
    down: stop,
    up: () => listen(port),
    close: stop,
  };
}

type Fields = Record<string, unknown>;
const ID = 'gen-1';

/** One chunk of a stream, as JSON text. */
export function aChunk(
  model: string,
  delta: Fields,
  choice: Fields = {},
  rest: Fields = {},
): string {
  return JSON.stringify({ id: ID, model, choices: [{ index: 0, delta, ...choice }], ...rest });
}

const usage = { prompt_tokens: 3, completion_tokens: 2, cost: 0.00001 };
const FINISH = { finish_reason: 'stop' };

/** The payloads of a proper stream. */
export function aStream(model: string, ...texts: readonly string[]): string[] {
  return [
    ...texts.map((content) => aChunk(model, { content })),
    aChunk(model, {}, FINISH),
    aChunk(model, {}, FINISH, { usage }),
    '[DONE]',
  ];
}

/** A proper answer as a whole. */
export function anAnswer(model: string, content: string, choice: Fields = {}): Fields {
  const message = { role: 'assistant', content };
  return { id: ID, model, choices: [{ index: 0, message, ...FINISH, ...choice }], usage };
}

/** The bytes of a stream with these payloads. */
export function toBytes(payloads: readonly string[]): Buffer {
  return Buffer.from(payloads.map((payload) => `data: ${payload}\n\n`).join(''));
}

/** The head of an event stream; goes out at once. */
export function beginEvents(response: ServerResponse, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', ...headers }).flushHeaders();
}

/** A proper answer in the form that was asked for. */
export function answerWell({ model, body, response }: WireExchange): void {
  if (body['stream'] === true) {
    beginEvents(response);
    response.end(toBytes(aStream(model, 'All ', 'is well.')));
  } else {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(anAnswer(model, 'All is well.')));
  }
}

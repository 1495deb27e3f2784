import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host that answers as a test says, over real HTTP. */
export interface TestHost {
  /** What `createOpenRouterApi` takes as `baseUrl`. */
  baseUrl: string;
  requests: { method: string; path: string; authorization: string | undefined; body: unknown }[];
  close: () => Promise<void>;
}

/** Answers one request; may take its time, or never end. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

/** Starts a host on a free loopback port; keys are method and path, such as `GET /models`. */
export async function startHost(answers: Record<string, Answer>): Promise<TestHost> {
  const requests: TestHost['requests'] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const method = request.method ?? '';
      const path = request.url ?? '';
      const text = Buffer.concat(pieces).toString();
      const body: unknown = text === '' ? null : JSON.parse(text);
      requests.push({ method, path, authorization: request.headers.authorization, body });
      const answer = answers[`${method} ${path}`] ?? answers[`${method} ${path.split('?')[0]}`];
      if (!answer) return void response.writeHead(404).end();
      void answer(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A JSON answer with this status. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Sends the payloads as one event stream, in order; the connection ends with the last one. */
export function stream(...payloads: unknown[]): Answer {
  return (response) => {
    startStream(response);
    for (const payload of payloads) sendEvent(response, payload);
    response.end();
  };
}

/** Sends the headers of an event stream at once. */
export function startStream(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
}

/** A string is sent as it is (`[DONE]`, garbage), anything else as JSON. */
export function sendEvent(response: ServerResponse, payload: unknown): void {
  response.write(`data: ${typeof payload === 'string' ? payload : JSON.stringify(payload)}\n\n`);
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host that answers as a test says, over real HTTP. */
export interface TestHost {
  /** Where `/api` is. */
  origin: string;
  /** Method, path and bearer token of each request, in order. */
  requests: { route: string; token: string | undefined; body: unknown }[];
  close: () => Promise<void>;
}

/** Sent as JSON. @defaultValue status 200 */
export interface Answer {
  status?: number;
  body: unknown;
}

/** Starts a host on a free loopback port; keys are method and path, such as `GET /api/config`. */
export async function startHost(
  answers: Record<string, (token: string | undefined) => Answer | Promise<Answer>>,
): Promise<TestHost> {
  const requests: TestHost['requests'] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const route = `${request.method} ${request.url}`;
      const token = request.headers.authorization?.replace('Bearer ', '');
      const text = Buffer.concat(pieces).toString();
      requests.push({ route, token, body: text === '' ? null : JSON.parse(text) });
      void answer(route, token);
    });

    async function answer(route: string, token: string | undefined): Promise<void> {
      const { status = 200, body } = (await answers[route]?.(token)) ?? { status: 404, body: {} };
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

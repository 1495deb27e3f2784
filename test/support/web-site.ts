import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebAccess } from '@openrouter-native/api/tools/webpage/follow';

/** A web site on this machine, with any number of host names. */
export interface WebSite {
  /** Where it really is. */
  port: number;
  /** What it was asked, in order. */
  requests: IncomingMessage[];
  /**
   * Network access for which every name leads here and this machine is public. Given addresses are
   * what names lead to instead; those are judged by `isAllowed`.
   */
  access(overrides?: Partial<WebAccess>): WebAccess;
  close(): Promise<void>;
}

/** Starts a web site on a free port. */
export async function startWebSite(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<WebSite> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    access: (overrides = {}) => ({
      lookup: async () => [{ address: '127.0.0.1', family: 4 }],
      isAllowed: (address) => address === '127.0.0.1',
      ports: { 'http:': port, 'https:': port },
      ...overrides,
    }),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

/** The MCP project's own server, which shows everything a server can do. */
export const everything = join(
  dirname(require.resolve('@modelcontextprotocol/server-everything/package.json')),
  'dist/index.js',
);

/** Its entry in `mcpServers`, as a process of the host's. */
export function everythingEntry(settings: Record<string, unknown> = {}): Record<string, unknown> {
  const initTimeout = 50_000; // A second, and more on a busy machine.
  return { command: process.execPath, args: [everything, 'stdio'], initTimeout, ...settings };
}

/** The same server behind an address on this machine. */
export interface EverythingServer {
  port: number;
  /** Of streamable HTTP, or of SSE. */
  url: string;
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** @param port - @defaultValue a free one */
export async function startEverything(
  transport: 'streamableHttp' | 'sse',
  port?: number,
): Promise<EverythingServer> {
  const chosen = port ?? (await freePort());
  const child = spawn(process.execPath, [everything, transport], {
    env: { PATH: process.env.PATH, PORT: String(chosen) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  const closed = once(child, 'close').finally(() => running.delete(child));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (text) => {
      said += String(text);
      if (/listening on port|is running on port/i.test(said)) resolve();
    });
    void closed.then(() => reject(new Error(`server-everything ended: ${said}`)));
  });
  return {
    port: chosen,
    url: `http://127.0.0.1:${chosen}/${transport === 'sse' ? 'sse' : 'mcp'}`,
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

import type { McpServerSettings } from '../../config/mcp-servers.ts';
import type { MissingTool, Tool } from '../tool.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { isTimeout, McpUnavailable } from './failure.ts';
import { createMcpServer, type McpServer, type McpServerOptions } from './mcp-server.ts';

/** What servers are made of, all of them. */
export interface McpServersOptions extends Omit<McpServerOptions, 'settings'> {
  servers: readonly McpServerSettings[];
}

/** The tools of all MCP servers. A server that is away does not hold the others up. */
export interface McpServers {
  /** Of every server. Those that do not answer soon go on connecting, and are missing meanwhile. */
  list(): Promise<{ tools: Tool[]; missing: MissingTool[] }>;
  /**
   * Finds tools by name; only the servers that own one of them are asked, for half a minute at most.
   *
   * @throws the signal's reason when it aborts.
   */
  find(names: readonly string[], signal: AbortSignal): Promise<Map<string, Tool | MissingTool>>;
  isPossible(name: string): boolean;
  close(): Promise<void>;
}

const LIST_PATIENCE_MS = 5000; // For somebody who looks at a form.
const FIND_PATIENCE_MS = 30_000; // For somebody who waits for an answer, and needs the tools for it.

export function createMcpServers({ servers: settings, ...options }: McpServersOptions): McpServers {
  const { logger } = options;
  const servers = settings.map((one) => createMcpServer({ ...options, settings: one }));

  /** @returns What is missing for want of the server, with the reason. */
  function missingOf(server: McpServer, error: unknown): MissingTool[] {
    const problem = problemOf(server, error);
    const last = server.lastOffer();
    if (last)
      return [...last.tools, ...last.unusable].map((tool) => ({ ...describe(tool), problem }));
    const { name, title } = server;
    return [{ name: `mcp_${name}`, title, description: '', server: name, problem }];
  }

  function problemOf(server: McpServer, error: unknown): string {
    if (error instanceof McpUnavailable) return error.message;
    if (isTimeout(error)) {
      return new McpUnavailable(server.name, 'it is still starting').message;
    }
    logger.error('An MCP server failed in an unexpected way.', { server: server.name, error });
    return new McpUnavailable(server.name, 'something went wrong').message;
  }

  async function search(
    server: McpServer,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<(Tool | MissingTool)[]> {
    try {
      const patience = AbortSignal.any([signal, AbortSignal.timeout(FIND_PATIENCE_MS)]);
      const { tools, unusable } = await unlessAborted(server.offer(), patience);
      return names.map((name) => {
        const found = [...tools, ...unusable].find((tool) => tool.name === name);
        const problem = `The MCP server ${JSON.stringify(server.name)} has no such tool, or does not allow it.`;
        return found ?? { name, title: name, description: '', server: server.name, problem };
      });
    } catch (error) {
      signal.throwIfAborted();
      const known = missingOf(server, error);
      const problem = problemOf(server, error);
      return names.map((name) => {
        const found = known.find((tool) => tool.name === name);
        return found ?? { name, title: name, description: '', server: server.name, problem };
      });
    }
  }

  return {
    async list() {
      const patience = AbortSignal.timeout(LIST_PATIENCE_MS);
      const offers = await Promise.all(
        servers.map(async (server) => {
          try {
            const { tools, unusable } = await unlessAborted(server.offer(), patience);
            return { tools, missing: unusable };
          } catch (error) {
            return { tools: [], missing: missingOf(server, error) };
          }
        }),
      );
      return {
        tools: offers.flatMap(({ tools }) => tools),
        missing: offers.flatMap(({ missing }) => missing),
      };
    },
    async find(names, signal) {
      const found = await Promise.all(
        servers.map(async (server) => {
          const own = names.filter((name) => server.owns(name));
          return own.length === 0 ? [] : search(server, own, signal);
        }),
      );
      return new Map(found.flat().map((tool) => [tool.name, tool]));
    },
    isPossible: (name) => servers.some((server) => server.owns(name)),
    async close() {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

function describe({ name, title, description, server }: Tool | MissingTool) {
  return { name, title, description, server };
}

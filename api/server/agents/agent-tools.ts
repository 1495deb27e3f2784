import type { Toolbox } from '../tools/tool.ts';

/** Which tools agents can name. */
export interface AgentTools {
  /** The names among these that stand for no tool of this server, whatever server is away at the moment. */
  unknown(names: readonly string[]): Promise<string[]>;
}

const PATIENCE_MS = 2000; // Built-in tools answer at once; nobody should wait for anything else here.

/** @param mcpServers - Names of the configured MCP servers. A tool of one counts as known without asking it. */
export function createAgentTools(
  toolbox: Pick<Toolbox, 'pick'>,
  mcpServers: readonly string[],
): AgentTools {
  const isOfServer = (name: string) => mcpServers.some((server) => name.endsWith(`_mcp_${server}`));
  return {
    async unknown(names) {
      const others = names.filter((name) => !isOfServer(name));
      if (others.length === 0) return [];
      const { missing } = await toolbox.pick(others, AbortSignal.timeout(PATIENCE_MS));
      return missing.map(({ name }) => name);
    },
  };
}

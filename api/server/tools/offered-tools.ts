import type { LibreChatSettings } from '../config/librechat-yaml.ts';
import type { McpServerSettings } from '../config/mcp-servers.ts';
import { agentCapabilities } from '../services/agent-capabilities.ts';

/** Which tools an admin leaves to agents. */
export interface OfferedTools {
  mcpServers: readonly McpServerSettings[];
  offersBuiltIn: (name: string) => boolean;
}

/**
 * Reads it from the settings as LibreChat does: none without the capability, the built-in ones by
 * `includedTools`, else all but `filteredTools`; these two say nothing of MCP servers.
 */
export function offeredTools(settings: LibreChatSettings): OfferedTools {
  const { agents, mcpServers, includedTools, filteredTools } = settings;
  if (!agentCapabilities(agents).includes('tools')) {
    return { mcpServers: [], offersBuiltIn: () => false };
  }
  return {
    mcpServers,
    offersBuiltIn: (name) => includedTools?.includes(name) ?? !filteredTools.includes(name),
  };
}

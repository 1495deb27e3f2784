import type { Logger } from '@openrouter-native/openrouter';
import { createCalculator } from './calculator/calculator.ts';
import { createCurrentDatetime } from './current-datetime.ts';
import { createMcpServers } from './mcp/mcp-servers.ts';
import type { OfferedTools } from './offered-tools.ts';
import { withTidyResults } from './result.ts';
import type { MissingTool, Tool, Toolbox } from './tool.ts';
import { createFetchWebpage } from './webpage/fetch-webpage.ts';
import { publicWeb, type WebAccess } from './webpage/follow.ts';

/** What the tools are made of. */
export interface ToolboxOptions extends OfferedTools {
  /** What the processes of MCP servers are started with, beside their own settings. */
  childEnvironment: Readonly<Record<string, string>>;
  logger: Logger;
  /** Of this server; told to the web sites and MCP servers it speaks to. */
  version: string;
  /** Epoch milliseconds. */
  now: () => number;
  /** What pages may be fetched from. @defaultValue {@link publicWeb} */
  web?: WebAccess;
}

/** Gathers the built-in tools and those of MCP servers. Nothing is started before it is needed. */
export function createToolbox(options: ToolboxOptions): Toolbox {
  const { mcpServers: servers, childEnvironment, logger, version, now, web = publicWeb } = options;
  const calculator = createCalculator(logger);
  const userAgent = `OpenRouterNative/${version}`;
  const fetchWebpage = createFetchWebpage({ web, userAgent, logger });
  const builtIn = [calculator.tool, createCurrentDatetime(now), fetchWebpage.tool].filter(
    ({ name }) => options.offersBuiltIn(name),
  );
  const mcp = createMcpServers({
    servers,
    logger,
    version,
    now,
    baseEnvironment: childEnvironment,
  });
  const ready = (tool: Tool) => withTidyResults(tool, logger);

  return {
    async list() {
      const { tools, missing } = await mcp.list();
      return { tools: [...builtIn, ...tools].map(ready), missing };
    },
    async pick(names, signal) {
      signal.throwIfAborted();
      const ofServers = await mcp.find(names, signal);
      const tools: Tool[] = [];
      const missing: MissingTool[] = [];
      for (const name of new Set(names)) {
        const tool = builtIn.find((one) => one.name === name) ?? ofServers.get(name);
        if (!tool) missing.push(unknownTool(name));
        else if ('problem' in tool) missing.push(tool);
        else tools.push(ready(tool));
      }
      return { tools, missing };
    },
    isPossible: (name) => builtIn.some((tool) => tool.name === name) || mcp.isPossible(name),
    async close() {
      await Promise.all([calculator.close(), fetchWebpage.close(), mcp.close()]);
    },
  };
}

function unknownTool(name: string): MissingTool {
  const problem = 'This server has no tool of this name.';
  return { name, title: name, description: '', server: null, problem };
}

import type { Logger } from '@openrouter-native/openrouter';
import type { McpServerSettings } from '../config/mcp-servers.ts';
import { createCalculator } from './calculator/calculator.ts';
import { createCurrentDatetime } from './current-datetime.ts';
import { withTidyResults } from './result.ts';
import type { MissingTool, Tool, Toolbox } from './tool.ts';
import { createFetchWebpage } from './webpage/fetch-webpage.ts';
import { publicWeb, type WebAccess } from './webpage/follow.ts';

/** What the tools are made of. */
export interface ToolboxOptions {
  mcpServers: readonly McpServerSettings[];
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
  const { logger, version, now, web = publicWeb } = options;
  const calculator = createCalculator(logger);
  const userAgent = `OpenRouterNative/${version}`;
  const fetchWebpage = createFetchWebpage({ web, userAgent, logger });
  const builtIn = new Map<string, Tool>(
    [calculator.tool, createCurrentDatetime(now), fetchWebpage.tool].map((tool) => [
      tool.name,
      withTidyResults(tool, logger),
    ]),
  );

  return {
    async list() {
      return { tools: [...builtIn.values()], missing: [] };
    },
    async pick(names, signal) {
      signal.throwIfAborted();
      const tools: Tool[] = [];
      const missing: MissingTool[] = [];
      for (const name of names) {
        const tool = builtIn.get(name);
        if (tool) tools.push(tool);
        else missing.push(unknownTool(name));
      }
      return { tools, missing };
    },
    isPossible: (name) => builtIn.has(name),
    async close() {
      await Promise.all([calculator.close(), fetchWebpage.close()]);
    },
  };
}

function unknownTool(name: string): MissingTool {
  const problem = 'This server has no tool of this name.';
  return { name, title: name, description: '', server: null, problem };
}

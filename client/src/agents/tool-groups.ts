import type { AgentTool } from '@openrouter-native/protocol';

/** One tool as it can be chosen. */
export interface ToolChoice {
  /** What goes into an agent's `tools`. */
  key: string;
  name: string;
  description: string;
  /** Why it cannot be used at this moment, in the server's words; `null` = it can, or nobody knows. */
  problem: string | null;
  isChosen: boolean;
}

/** The tools of one place. */
export interface ToolGroup {
  /** An MCP server, those that are built in, or what the agent names and nobody offers any more. */
  kind: 'server' | 'built-in' | 'gone';
  /** Name of the server; empty without one. */
  server: string;
  /** What is the matter with the whole server, in its words; `null` = nothing. */
  problem: string | null;
  tools: readonly ToolChoice[];
}

/** The tools that there are and the ones that an agent names, by where they come from. */
export function toToolGroups(
  offered: readonly AgentTool[],
  chosen: readonly string[],
): readonly ToolGroup[] {
  const isChosen = (key: string) => chosen.includes(key);
  const servers = [...new Set(offered.flatMap(({ server }) => server ?? []))];
  const unlisted = chosen
    .filter((key) => !offered.some(({ pluginKey }) => pluginKey === key))
    .map((key) => ({ key, server: servers.find((server) => key.endsWith(`_mcp_${server}`)) }));

  const toChoice = ({ pluginKey: key, name, description, problem }: AgentTool): ToolChoice => ({
    key,
    name,
    description,
    problem,
    isChosen: isChosen(key),
  });
  const ofServer = (server: string): ToolGroup => {
    const own = offered.filter((tool) => tool.server === server);
    const stand = own.find(standsForAll);
    return {
      kind: 'server',
      server,
      problem: stand?.problem ?? null,
      tools: [
        ...own.filter((tool) => !standsForAll(tool)).map(toChoice),
        // The server may know them again once it is back.
        ...unlisted.filter((tool) => tool.server === server).map(({ key }) => nameless(key)),
      ],
    };
  };
  const groups: ToolGroup[] = [
    {
      kind: 'gone',
      server: '',
      problem: null,
      tools: unlisted.filter(({ server }) => server === undefined).map(({ key }) => nameless(key)),
    },
    {
      kind: 'built-in',
      server: '',
      problem: null,
      tools: offered.filter(({ server }) => server === null).map(toChoice),
    },
    ...servers.map(ofServer),
  ];
  return groups.filter(({ tools, problem }) => tools.length > 0 || problem !== null);
}

/** The same groups with the tools that have all words of a search; places without any are left out. */
export function searchToolGroups(
  groups: readonly ToolGroup[],
  search: string,
): readonly ToolGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return groups;
  return groups.flatMap((group) => {
    const tools = group.tools.filter(({ key, name, description }) => {
      const text = `${key} ${name} ${description} ${group.server}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return tools.length > 0 ? [{ ...group, tools }] : [];
  });
}

/** A server that was never reached is listed as one entry, which is no tool. */
function standsForAll({ pluginKey, server }: AgentTool): boolean {
  return pluginKey === `mcp_${server}`;
}

function nameless(key: string): ToolChoice {
  return { key, name: key, description: '', problem: null, isChosen: true };
}

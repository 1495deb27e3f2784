import type { McpServerSettings } from '../../config/mcp-servers.ts';
import type { MissingTool, Tool } from '../tool.ts';
import { toolName } from './names.ts';
import type { RemoteTool, UnusableTool } from './remote-tool.ts';

/** What a server offers. */
export interface Offer {
  tools: Tool[];
  /** Tools that are there and cannot be used. */
  unusable: MissingTool[];
}

/** The tools of a server that its settings allow, under the names that models call them. */
export function toOffer(
  remotes: readonly (RemoteTool | UnusableTool)[],
  { name: server, allowedTools }: Pick<McpServerSettings, 'name' | 'allowedTools'>,
  run: (remote: RemoteTool, ...parameters: Parameters<Tool['run']>) => ReturnType<Tool['run']>,
): Offer {
  const offer: Offer = { tools: [], unusable: [] };
  for (const remote of remotes) {
    if (allowedTools && !allowedTools.includes(remote.name)) continue;
    const name = toolName(remote.name, server);
    if ('problem' in remote) {
      const { problem } = remote;
      offer.unusable.push({ name, title: remote.name, description: '', server, problem });
    } else {
      offer.tools.push({
        name,
        title: remote.title,
        description: remote.description,
        parameters: remote.parameters,
        server,
        run: (args, context) => run(remote, args, context),
      });
    }
  }
  return offer;
}

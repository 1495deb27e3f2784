import type { AgentTool } from '@openrouter-native/protocol';
import type { RequestHandler } from 'express';
import type { MissingTool, Tool, Toolbox } from '../tools/tool.ts';

/**
 * `GET /api/agents/tools`: what agents can use, as LibreChat's `TPlugin`s with our own fields. Tools of
 * servers that are away are there as well, as far as they are known, with what is the matter.
 */
export function createAgentToolsHandler(toolbox: Pick<Toolbox, 'list'>): RequestHandler {
  return async function handleAgentTools(_request, response) {
    const { tools, missing } = await toolbox.list();
    const answer: AgentTool[] = [
      ...tools.map((tool) => describe(tool, null)),
      ...missing.map((tool) => describe(tool, tool.problem)),
    ];
    response.json(answer);
  };
}

function describe(
  { name, title, description, server }: Tool | MissingTool,
  problem: string | null,
) {
  return { pluginKey: name, name: title, description, server, problem };
}

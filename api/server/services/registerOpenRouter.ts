import type { OpenRouterPlugin } from '@openrouter-native/plugin';
import type { AgentService } from './AgentService.ts';

/** Makes OpenRouter selectable by agents. Called once, from `createApp`. @returns Takes it back. */
export function registerOpenRouter(agents: AgentService, plugin: OpenRouterPlugin): () => void {
  return agents.registerProvider(plugin.agentProvider);
}

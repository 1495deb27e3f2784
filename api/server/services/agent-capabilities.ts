import type { LibreChatSettings } from '../config/librechat-yaml.ts';

/** Of LibreChat's `AgentCapabilities`, what agents of this server can do. */
const OFFERED = ['tools'];

/** What agents may do: what this server offers, within what `endpoints.agents.capabilities` allows. */
export function agentCapabilities({ capabilities }: LibreChatSettings['agents']): string[] {
  return OFFERED.filter((capability) => capabilities?.includes(capability) ?? true);
}

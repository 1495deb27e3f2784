import type { AgentService } from '../services/AgentService.ts';

/** Which providers agents may run on. */
export interface AgentProviders {
  /** Why agents cannot run on a provider, and what to do; `null` = they can. */
  problemOf(provider: string): { message: string; action: string } | null;
}

/** @param allowed - `endpoints.agents.allowedProviders`; `undefined` = all that are registered. */
export function createAgentProviders(
  agentService: Pick<AgentService, 'providers'>,
  allowed: readonly string[] | undefined,
): AgentProviders {
  return {
    problemOf(provider) {
      const registered = agentService.providers();
      const usable = registered.filter((name) => allowed?.includes(name) ?? true);
      if (usable.includes(provider)) return null;
      const why = registered.includes(provider) ? 'may not be used by agents' : 'is not set up';
      return {
        message: `The provider ${JSON.stringify(provider)} ${why} on this server.`,
        action:
          usable.length > 0
            ? `Choose another provider: ${usable.join(', ')}.`
            : 'Ask an admin to set up a provider.',
      };
    },
  };
}

import type { Agent } from '@openrouter-native/protocol';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queryKeys } from '../query-keys.ts';
import { useAgentsApi } from './AgentsProvider.tsx';
import { agentKey, agentVersionsKey } from './useAgent.ts';

/** What can be done with an agent as it is saved. Each rejects with `OpenRouterApiError`. */
export interface AgentActions {
  remove: (id: string) => Promise<void>;
  /** @returns The copy. */
  duplicate: (id: string) => Promise<Agent>;
  revert: (id: string, version: number) => Promise<Agent>;
}

/** Changes agents, and what shows them. */
export function useAgentActions(): AgentActions {
  const api = useAgentsApi();
  const queryClient = useQueryClient();
  return useMemo(() => {
    const noted = async (promise: Promise<Agent>) => {
      const agent = await promise;
      noteAgent(queryClient, agent);
      return agent;
    };
    return {
      async remove(id) {
        await api.remove(id);
        queryClient.removeQueries({ queryKey: agentKey(id) });
        queryClient.removeQueries({ queryKey: agentVersionsKey(id) });
        await queryClient.invalidateQueries({ queryKey: [...queryKeys.agents, 'list'] });
      },
      duplicate: (id) => noted(api.duplicate(id)),
      revert: (id, version) => noted(api.revert(id, version)),
    };
  }, [api, queryClient]);
}

/** Has everything that shows an agent show it as the server has just told. */
export function noteAgent(queryClient: QueryClient, agent: Agent): void {
  queryClient.setQueryData<Agent>(agentKey(agent.id), agent);
  void queryClient.invalidateQueries({ queryKey: [...queryKeys.agents, 'list'] });
  void queryClient.invalidateQueries({ queryKey: agentVersionsKey(agent.id) });
}

import type { Agent, AgentTool, AgentVersion } from '@openrouter-native/protocol';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { toApiError, type OpenRouterApiError } from '../api/error.ts';
import { queryKeys } from '../query-keys.ts';
import { useAgentsApi } from './AgentsProvider.tsx';

/** What a hook of agents knows. Data and error can both be there: then reading it again failed. */
export interface AgentRead<T> {
  data: T | undefined;
  error: OpenRouterApiError | null;
  isFetching: boolean;
  reload: () => void;
}

/** Where one agent lives in the query cache. */
export function agentKey(id: string): readonly string[] {
  return [...queryKeys.agents, 'one', id];
}

/** Where the versions of an agent live in the query cache. */
export function agentVersionsKey(id: string): readonly string[] {
  return [...queryKeys.agents, 'versions', id];
}

/** One agent. @param id - `null` asks for none. */
export function useAgent(id: string | null): AgentRead<Agent> {
  const api = useAgentsApi();
  return useAgentRead({
    queryKey: agentKey(id ?? ''),
    queryFn: ({ signal }) => api.get(id ?? '', signal),
    enabled: id !== null,
  });
}

/** All states of an agent that are kept, oldest first. */
export function useAgentVersions(id: string): AgentRead<AgentVersion[]> {
  const api = useAgentsApi();
  return useAgentRead({
    queryKey: agentVersionsKey(id),
    queryFn: ({ signal }) => api.listVersions(id, signal),
  });
}

/** What agents can use. */
export function useAgentTools(): AgentRead<AgentTool[]> {
  const api = useAgentsApi();
  return useAgentRead({
    queryKey: queryKeys.agentTools,
    queryFn: ({ signal }) => api.listTools(signal),
  });
}

interface AgentQueryOptions<T> {
  queryKey: readonly string[];
  queryFn: (context: { signal?: AbortSignal | undefined }) => Promise<T>;
  enabled?: boolean;
}

function useAgentRead<T>(options: AgentQueryOptions<T>): AgentRead<T> {
  const { data, error, isFetching, refetch } = useQuery({ retry: false, ...options });
  return {
    data,
    error: error ? toApiError(error) : null,
    isFetching,
    reload: useCallback(() => void refetch(), [refetch]),
  };
}

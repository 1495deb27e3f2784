import type { Agent, AgentList } from '@openrouter-native/protocol';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { toApiError, type OpenRouterApiError } from '../api/error.ts';
import { queryKeys } from '../query-keys.ts';
import { useAgentsApi } from './AgentsProvider.tsx';

/** A list of agents, latest change first, that grows as its reader goes down. */
export interface AgentPages {
  /** `undefined` until the first page is there. */
  agents: readonly Agent[] | undefined;
  error: OpenRouterApiError | null;
  isFetching: boolean;
  hasMore: boolean;
  loadMore: () => void;
  reload: () => void;
}

/** Pages of agents, read as they are asked for. @param search - Words in names or descriptions. */
export function useAgents(search = ''): AgentPages {
  const api = useAgentsApi();
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [...queryKeys.agents, 'list', { search }],
    queryFn: ({ pageParam, signal }) => api.list({ search, after: pageParam ?? null }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: AgentList) => page.after ?? undefined,
    retry: false,
    ...keepsPrevious,
  });
  const agents = useMemo(() => data && uniqueById(data.pages.flatMap((page) => page.data)), [data]);
  return {
    agents,
    error: error ? toApiError(error) : null,
    isFetching,
    hasMore: hasNextPage ?? false,
    loadMore: useCallback(() => void fetchNextPage(), [fetchNextPage]),
    reload: useCallback(() => void refetch(), [refetch]),
  };
}

/** While another search is on its way, what was found before stays; the first line is for version 4. */
const keepsPrevious: object = {
  keepPreviousData: true,
  placeholderData: (previous: unknown) => previous,
};

/** Between two pages an agent can be changed, move to the top, and come twice. */
function uniqueById(agents: readonly Agent[]): Agent[] {
  return [...new Map(agents.map((agent) => [agent.id, agent])).values()];
}

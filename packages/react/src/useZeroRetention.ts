import { useQuery } from '@tanstack/react-query';
import { toApiError, type OpenRouterApiError } from './api/error.ts';
import { useOpenRouterApi } from './OpenRouterProvider.tsx';
import { queryKeys } from './query-keys.ts';

const STALE_TIME_MS = 60 * 60_000;

/**
 * The models that some provider serves without keeping anything; `undefined` until that is known.
 *
 * @param isWanted - `false` asks for nothing.
 */
export function useZeroRetention(isWanted: boolean): {
  ids: ReadonlySet<string> | undefined;
  error: OpenRouterApiError | null;
} {
  const api = useOpenRouterApi();
  const { data, error } = useQuery({
    queryKey: queryKeys.zeroRetention,
    queryFn: ({ signal }) => api.getZeroRetentionIds({ signal }),
    enabled: isWanted,
    staleTime: STALE_TIME_MS,
    retry: false,
  });
  return { ids: data, error: error ? toApiError(error) : null };
}

import type { Endpoint } from '@openrouter-native/protocol';
import { useQuery } from '@tanstack/react-query';
import { toApiError, type OpenRouterApiError } from './api/error.ts';
import { useOpenRouterApi } from './OpenRouterProvider.tsx';
import { queryKeys } from './query-keys.ts';

/** The server keeps them as long. */
const STALE_TIME_MS = 5 * 60_000;

/** Who serves a model; `undefined` until that is known. @param model - `null` asks for nothing. */
export function useModelEndpoints(model: string | null): {
  endpoints: readonly Endpoint[] | undefined;
  error: OpenRouterApiError | null;
} {
  const api = useOpenRouterApi();
  const { data, error } = useQuery({
    queryKey: [...queryKeys.endpoints, model],
    queryFn: ({ signal }) => api.getEndpoints(model ?? '', { signal }),
    enabled: model !== null,
    staleTime: STALE_TIME_MS,
    retry: false,
  });
  return { endpoints: data, error: error ? toApiError(error) : null };
}

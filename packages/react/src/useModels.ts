import type { ModelList } from './api/api.ts';
import { useOpenRouterApi } from './OpenRouterProvider.tsx';
import { queryKeys } from './query-keys.ts';
import { useRead, type ReadResult } from './useRead.ts';

/** The server answers from its own cache with an ETag, so asking now and then costs little. */
const STALE_TIME_MS = 5 * 60_000;

/** Every model that can be chosen. `refresh` makes the server read the catalogue anew. */
export function useModels(): ReadResult<ModelList> {
  const api = useOpenRouterApi();
  return useRead({ queryKey: queryKeys.models, read: api.getModels, staleTimeMs: STALE_TIME_MS });
}

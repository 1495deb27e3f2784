import type { Credits } from '@openrouter-native/protocol';
import { useOpenRouterApi } from './OpenRouterProvider.tsx';
import { queryKeys } from './query-keys.ts';
import { useRead, type ReadResult } from './useRead.ts';

const STALE_TIME_MS = 60_000;

/**
 * The credits of the key that is asked with; also read again after every answer of a chat session.
 *
 * @param isWanted - `false` asks for nothing, such as where there is no key yet.
 */
export function useCredits(isWanted = true): ReadResult<Credits> {
  const api = useOpenRouterApi();
  return useRead({
    queryKey: queryKeys.credits,
    read: api.getCredits,
    staleTimeMs: STALE_TIME_MS,
    isWanted,
  });
}

import type { UserKey } from '@openrouter-native/protocol';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { toApiError, type OpenRouterApiError } from '../api/error.ts';
import { queryKeys } from '../query-keys.ts';
import { useKeysApi } from './KeysProvider.tsx';

/** What is known of a person's own key, and what can be done about it. */
export interface UserKeyState {
  /** `undefined` until it is known. */
  key: UserKey | undefined;
  error: OpenRouterApiError | null;
  /** @throws `OpenRouterApiError` @param expiresAt - `null` = never */
  store: (key: string, expiresAt: Date | null) => Promise<void>;
  /** @throws `OpenRouterApiError` */
  remove: () => Promise<void>;
  /** @throws `OpenRouterApiError` @returns Where the browser goes to consent. */
  connect: () => Promise<string>;
}

const STALE_TIME_MS = 60_000;

/** @param isBrought - People bring their keys here; where they do not, nothing is asked. */
export function useUserKey(isBrought: boolean): UserKeyState {
  const api = useKeysApi();
  const queryClient = useQueryClient();
  const { data, error } = useQuery({
    queryKey: queryKeys.userKey,
    queryFn: ({ signal }) => api.find(signal),
    staleTime: STALE_TIME_MS,
    enabled: isBrought,
    retry: false,
  });

  /** Another key has another balance. */
  const forget = useCallback(async () => {
    await Promise.all(
      [queryKeys.userKey, queryKeys.credits].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
  }, [queryClient]);

  return {
    key: data,
    error: error ? toApiError(error) : null,
    store: useCallback(
      async (key, expiresAt) => {
        await api.store(key, expiresAt);
        await forget();
      },
      [api, forget],
    ),
    remove: useCallback(async () => {
      await api.remove();
      await forget();
    }, [api, forget]),
    connect: api.connect,
  };
}

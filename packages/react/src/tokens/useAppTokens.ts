import type {
  AppToken,
  CreateAppToken,
  CreatedAppToken,
  OwnedAppToken,
} from '@openrouter-native/protocol';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { toApiError, type OpenRouterApiError } from '../api/error.ts';
import { queryKeys } from '../query-keys.ts';
import { useTokensApi } from './TokensProvider.tsx';

/** A list of tokens, and taking one of them back. */
export interface AppTokenList<T extends AppToken> {
  /** Newest first; `undefined` until it is known. */
  tokens: readonly T[] | undefined;
  error: OpenRouterApiError | null;
  isFetching: boolean;
  reload: () => void;
  /** The token stops working at once. @throws `OpenRouterApiError` */
  revoke: (id: string) => Promise<void>;
}

/** One's own tokens, and what can be done with them. */
export interface AppTokens extends AppTokenList<AppToken> {
  /**
   * @throws `OpenRouterApiError` @returns With the token itself, which is told this one time: it is in
   *   no list and no cache.
   */
  create: (request: CreateAppToken) => Promise<CreatedAppToken>;
}

const OWN = [...queryKeys.appTokens, 'own'];
const ALL = [...queryKeys.appTokens, 'all'];

/** The tokens of whoever is signed in. */
export function useAppTokens(): AppTokens {
  const api = useTokensApi();
  const forget = useForget();
  return {
    ...useList(OWN, api.list, api.revoke),
    create: useCallback(
      async (request) => {
        const created = await api.create(request);
        await forget();
        return created;
      },
      [api, forget],
    ),
  };
}

/** The tokens of all accounts; for admins, all others get an error. */
export function useAllAppTokens(): AppTokenList<OwnedAppToken> {
  const api = useTokensApi();
  return useList(ALL, api.listAll, api.revokeAny);
}

function useList<T extends AppToken>(
  queryKey: readonly string[],
  list: (signal?: AbortSignal) => Promise<T[]>,
  revoke: (id: string) => Promise<void>,
): AppTokenList<T> {
  const forget = useForget();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => list(signal),
    retry: false,
  });
  return {
    tokens: data,
    error: error ? toApiError(error) : null,
    isFetching,
    reload: useCallback(() => void refetch(), [refetch]),
    revoke: useCallback((id) => settle(revoke(id), forget), [revoke, forget]),
  };
}

/** Forgets after a failure too: somebody else may have been faster. */
async function settle(change: Promise<void>, forget: () => Promise<void>): Promise<void> {
  try {
    await change;
  } finally {
    await forget();
  }
}

/** An admin's own tokens are in both lists. */
function useForget(): () => Promise<void> {
  const queryClient = useQueryClient();
  return useCallback(
    () => queryClient.invalidateQueries({ queryKey: queryKeys.appTokens }),
    [queryClient],
  );
}

import type { Favorite } from '@openrouter-native/protocol';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { toApiError, type OpenRouterApiError } from '../api/error.ts';
import { queryKeys } from '../query-keys.ts';
import { usePreferencesApi } from './PreferencesProvider.tsx';

/** The models a person keeps at hand, on every device. */
export interface FavoriteModels {
  /** Ids, in the person's order; empty until they are known. */
  models: readonly string[];
  /** Adds a model at the end, or takes it away. Shown at once, and taken back when it cannot be kept. */
  toggle: (model: string) => void;
  error: OpenRouterApiError | null;
}

const PROVIDER = 'openrouter';
const STALE_TIME_MS = 5 * 60_000;

/** Favourite models. Favourite agents are kept beside them and left as they are. */
export function useFavoriteModels(): FavoriteModels {
  const api = usePreferencesApi();
  const queryClient = useQueryClient();
  const [failure, setFailure] = useState<OpenRouterApiError | null>(null);
  const { data, error } = useQuery({
    queryKey: queryKeys.favorites,
    queryFn: ({ signal }) => api.listFavorites(signal),
    staleTime: STALE_TIME_MS,
    retry: false,
  });
  const models = useMemo(() => (data ?? []).flatMap((favorite) => modelOf(favorite) ?? []), [data]);

  const toggle = useCallback(
    async (model: string) => {
      const before = queryClient.getQueryData<Favorite[]>(queryKeys.favorites);
      if (!before) return; // Not known yet: replacing them would lose them.
      const others = before.filter((favorite) => modelOf(favorite) !== model);
      const isAdded = others.length === before.length;
      const after = isAdded ? [...others, { endpoint: PROVIDER, model }] : others;
      queryClient.setQueryData<Favorite[]>(queryKeys.favorites, after);
      setFailure(null);
      try {
        await api.setFavorites(after);
      } catch (cause) {
        setFailure(toApiError(cause));
        queryClient.setQueryData<Favorite[]>(queryKeys.favorites, before);
      }
    },
    [api, queryClient],
  );

  return {
    models,
    toggle: useCallback((model: string) => void toggle(model), [toggle]),
    error: failure ?? (error ? toApiError(error) : null),
  };
}

/** Ids of the models that answered last, the latest first; empty until they are known. */
export function useRecentModels(): readonly string[] {
  const api = usePreferencesApi();
  const { data } = useQuery({
    queryKey: queryKeys.recentModels,
    queryFn: ({ signal }) => api.listRecentModels(signal),
    staleTime: STALE_TIME_MS,
    retry: false,
  });
  return data ?? NONE;
}

const NONE: readonly string[] = [];

function modelOf(favorite: Favorite): string | null {
  return 'model' in favorite && favorite.endpoint === PROVIDER ? favorite.model : null;
}

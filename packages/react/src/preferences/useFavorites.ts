import type { Favorite } from '@openrouter-native/protocol';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { toApiError, type OpenRouterApiError } from '../api/error.ts';
import { queryKeys } from '../query-keys.ts';
import { usePreferencesApi } from './PreferencesProvider.tsx';

/** The models a person keeps at hand, on every device. */
export interface FavoriteModels {
  /** Ids, in the person's order; empty until they are known. */
  models: readonly string[];
  /** Adds a model at the end, or takes it away. Shown at once, and taken back when it cannot be kept. */
  toggle: (model: string) => void;
  /** Gives them another order, in the same way. Those that are not named keep theirs, behind. */
  reorder: (models: readonly string[]) => void;
  isLoading: boolean;
  error: OpenRouterApiError | null;
}

const PROVIDER = 'openrouter';
const STALE_TIME_MS = 5 * 60_000;

/** Favourite models. Favourite agents are kept beside them and left as they are. */
export function useFavoriteModels(): FavoriteModels {
  const api = usePreferencesApi();
  const queryClient = useQueryClient();
  const [failure, setFailure] = useState<OpenRouterApiError | null>(null);
  const saving = useRef<Promise<unknown>>(Promise.resolve());
  const { data, error } = useQuery({
    queryKey: queryKeys.favorites,
    queryFn: ({ signal }) => api.listFavorites(signal),
    staleTime: STALE_TIME_MS,
    retry: false,
  });
  const models = useMemo(() => (data ?? []).flatMap((favorite) => modelOf(favorite) ?? []), [data]);

  const save = useCallback(
    async (before: Favorite[], after: Favorite[]) => {
      queryClient.setQueryData<Favorite[]>(queryKeys.favorites, after);
      setFailure(null);
      // One after the other: each replaces all of them, and the last one has to arrive last.
      const saved = saving.current.then(() => api.setFavorites(after));
      saving.current = saved.catch(() => undefined);
      try {
        await saved;
      } catch (cause) {
        setFailure(toApiError(cause));
        queryClient.setQueryData<Favorite[]>(queryKeys.favorites, before);
      }
    },
    [api, queryClient],
  );

  const toggle = useCallback(
    (model: string) => {
      const before = queryClient.getQueryData<Favorite[]>(queryKeys.favorites);
      if (!before) return; // Not known yet: replacing them would lose them.
      const others = before.filter((favorite) => modelOf(favorite) !== model);
      const isAdded = others.length === before.length;
      void save(before, isAdded ? [...others, { endpoint: PROVIDER, model }] : others);
    },
    [queryClient, save],
  );

  const reorder = useCallback(
    (order: readonly string[]) => {
      const before = queryClient.getQueryData<Favorite[]>(queryKeys.favorites);
      if (!before) return;
      const place = (favorite: Favorite) => order.indexOf(modelOf(favorite) ?? '');
      const isModel = (favorite: Favorite) => place(favorite) >= 0;
      const ordered = before.filter(isModel).toSorted((one, other) => place(one) - place(other));
      const others = before.filter((favorite) => !isModel(favorite));
      void save(before, [...ordered, ...others]);
    },
    [queryClient, save],
  );

  return {
    models,
    toggle,
    reorder,
    isLoading: data === undefined && !error,
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

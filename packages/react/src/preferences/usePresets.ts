import type { Preset, PresetFields } from '@openrouter-native/protocol';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { toApiError, type OpenRouterApiError } from '../api/error.ts';
import { queryKeys } from '../query-keys.ts';
import { usePreferencesApi } from './PreferencesProvider.tsx';

/** What can be done with presets. Each rejects with `OpenRouterApiError`, and leaves the list as it was. */
export interface PresetActions {
  /** @param presetId - `null` keeps a new one. */
  save: (presetId: string | null, fields: PresetFields) => Promise<Preset>;
  remove: (presetId: string) => Promise<void>;
}

/** Settings kept under names, and what changes them. */
export interface Presets extends PresetActions {
  /** The latest change first; `undefined` until they are known. */
  presets: readonly Preset[] | undefined;
  error: OpenRouterApiError | null;
  reload: () => void;
}

const STALE_TIME_MS = 5 * 60_000;

/** @param isWanted - `false` asks for nothing, and gives what is known. */
export function usePresets(isWanted = true): Presets {
  const api = usePreferencesApi();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.presets,
    queryFn: ({ signal }) => api.listPresets(signal),
    enabled: isWanted,
    staleTime: STALE_TIME_MS,
    retry: false,
  });
  const actions = useMemo((): PresetActions => {
    const change = (next: (presets: readonly Preset[]) => readonly Preset[]) =>
      queryClient.setQueryData<readonly Preset[]>(
        queryKeys.presets,
        (presets) => presets && next(presets),
      );
    return {
      async save(presetId, fields) {
        const saved = await api.savePreset(presetId, fields);
        change((presets) => [
          saved,
          ...presets.filter((preset) => preset.presetId !== saved.presetId),
        ]);
        return saved;
      },
      async remove(presetId) {
        await api.deletePreset(presetId);
        change((presets) => presets.filter((preset) => preset.presetId !== presetId));
      },
    };
  }, [api, queryClient]);
  return useMemo(
    () => ({
      ...actions,
      presets: data,
      error: error ? toApiError(error) : null,
      reload: () => void refetch(),
    }),
    [actions, data, error, refetch],
  );
}

import {
  favoriteListSchema,
  presetListSchema,
  presetSchema,
  recentModelsSchema,
  type Favorite,
  type Preset,
  type PresetFields,
} from '@openrouter-native/protocol';
import { createHttp, readJson, readNothing, type HttpOptions } from '../api/http.ts';

/** What a person wants at hand. Every method throws `OpenRouterApiError`. */
export interface PreferencesApi {
  listFavorites: (signal?: AbortSignal) => Promise<Favorite[]>;
  /** Replaces all of them. */
  setFavorites: (favorites: readonly Favorite[]) => Promise<Favorite[]>;
  /** Ids, the latest first. */
  listRecentModels: (signal?: AbortSignal) => Promise<string[]>;
  listPresets: (signal?: AbortSignal) => Promise<Preset[]>;
  /** @param presetId - `null` keeps a new one. */
  savePreset: (presetId: string | null, fields: PresetFields) => Promise<Preset>;
  deletePreset: (presetId: string) => Promise<void>;
}

/** @param options - `baseUrl` is where the host’s routes begin, such as `/api`. */
export function createPreferencesApi(options: HttpOptions): PreferencesApi {
  const http = createHttp(options);
  return {
    listFavorites: async (signal) =>
      readJson(await http.get('/user/settings/favorites', signal), favoriteListSchema, signal),
    setFavorites: async (favorites) =>
      readJson(
        await http.send('POST', '/user/settings/favorites', { favorites }),
        favoriteListSchema,
      ),
    listRecentModels: async (signal) =>
      readJson(await http.get('/user/settings/recent-models', signal), recentModelsSchema, signal),
    listPresets: async (signal) =>
      readJson(await http.get('/presets', signal), presetListSchema, signal),
    savePreset: async (presetId, fields) =>
      readJson(await http.send('POST', '/presets', { presetId, ...fields }), presetSchema),
    deletePreset: async (presetId) =>
      readNothing(await http.send('POST', '/presets/delete', { presetId })),
  };
}

import { RequestError } from '@openrouter-native/plugin';
import { favoriteListSchema, presetFieldsSchema, type Preset } from '@openrouter-native/protocol';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import type { Favorites } from '../database/favorites.ts';
import type { Presets } from '../database/presets.ts';
import type { StoredPreset } from '../database/schema.ts';
import { parseBody, smallJsonBody } from '../middleware/read-body.ts';
import { refuseOtherMethods } from '../middleware/refuse-other-methods.ts';
import { identityOf } from '../middleware/require-auth.ts';

/** What the routes work with. */
export interface PreferencesDependencies {
  favorites: Favorites;
  presets: Presets;
  requireAuth: RequestHandler;
  /** Epoch milliseconds. */
  now: () => number;
}

const RECENT_MODELS = 8; // What fits above a list without pushing it away.

const favoritesSchema = z.object({ favorites: favoriteListSchema });
/** LibreChat's client sends `presetId: null` for a new one. */
const savedPresetSchema = presetFieldsSchema.extend({ presetId: z.string().nullish() });
/** And nothing at all to delete them all. */
const deletedPresetSchema = z.object({ presetId: z.string().nullish() });

/** `/user/settings/…` and `/presets`, in LibreChat's shapes: what a person wants at hand. */
export function createPreferencesRouter(dependencies: PreferencesDependencies): Router {
  const { requireAuth } = dependencies;
  const favorites = favoriteHandlers(dependencies);
  const presets = presetHandlers(dependencies);
  const router = Router();
  router.use(['/user/settings', '/presets'], requireAuth);
  router
    .route('/user/settings/favorites')
    .get(favorites.list)
    .post(smallJsonBody, favorites.replace)
    .all(refuseOtherMethods('GET, POST'));
  router
    .route('/user/settings/recent-models')
    .get(favorites.recentModels)
    .all(refuseOtherMethods('GET'));
  router
    .route('/presets')
    .get(presets.list)
    .post(smallJsonBody, presets.save)
    .all(refuseOtherMethods('GET, POST'));
  router
    .route('/presets/delete')
    .post(smallJsonBody, presets.remove)
    .all(refuseOtherMethods('POST'));
  return router;
}

function favoriteHandlers({ favorites }: PreferencesDependencies) {
  return {
    list: async (_request: Request, response: Response) => {
      response.json(await favorites.list(identityOf(response).userId));
    },
    replace: async (request: Request, response: Response) => {
      const { favorites: items } = parseBody(request, favoritesSchema);
      await favorites.replace(identityOf(response).userId, items);
      response.json(items);
    },
    recentModels: async (_request: Request, response: Response) => {
      response.json(await favorites.recentModels(identityOf(response).userId, RECENT_MODELS));
    },
  };
}

function presetHandlers({ presets, now }: PreferencesDependencies) {
  return {
    list: async (_request: Request, response: Response) => {
      const stored = await presets.list(identityOf(response).userId);
      response.json(stored.map(toPreset));
    },
    save: async (request: Request, response: Response) => {
      const { presetId, ...fields } = parseBody(request, savedPresetSchema);
      const { userId } = identityOf(response);
      const at = new Date(now());
      if (presetId == null) {
        response.status(201).json(toPreset(await presets.create(userId, fields, at)));
        return;
      }
      const changed = await presets.change(userId, presetId, fields, at);
      if (!changed) throw noSuchPreset();
      response.json(toPreset(changed));
    },
    remove: async (request: Request, response: Response) => {
      const { presetId } = parseBody(request, deletedPresetSchema);
      const deletedCount = await presets.delete(identityOf(response).userId, presetId ?? null);
      if (presetId != null && deletedCount === 0) throw noSuchPreset();
      response.json({ acknowledged: true, deletedCount });
    },
  };
}

function noSuchPreset(): RequestError {
  return new RequestError('not_found', 'There is no such preset.');
}

function toPreset({ id, fields }: StoredPreset): Preset {
  return { ...fields, presetId: id, endpoint: 'openrouter' };
}

import type { RequestHandler } from 'express';
import type { Provider } from '../services/provider.ts';
import { toModelPrices } from '../services/model-prices.ts';

/** `GET /api/models`: the ids of the models of each provider, as LibreChat's `TModelsConfig`. */
export function createModelsHandler({ plugin }: Provider): RequestHandler {
  return async function handleModels(_request, response) {
    if (!plugin) {
      response.json({});
      return;
    }
    const models = await plugin.models();
    response.json({ openrouter: models.map(({ id }) => id) });
  };
}

/** `GET /api/endpoints/token-config`: context and prices, as LibreChat's `TTokenConfigMap`. */
export function createTokenConfigHandler({ plugin }: Provider): RequestHandler {
  return async function handleTokenConfig(_request, response) {
    if (!plugin) {
      response.json({});
      return;
    }
    response.json({ openrouter: toModelPrices(await plugin.models()) });
  };
}

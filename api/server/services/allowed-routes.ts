import type { FallbackPresets } from '@openrouter-native/openrouter';
import { createAllowedModels } from '@openrouter-native/plugin';
import type { RouteSettings } from '../config/routes.ts';

/**
 * The ways to an answer, with chains of allowed models only: a request chooses its chain, and a chain
 * is no way around the list of models.
 *
 * @param patterns - As `createAllowedModels` takes them; none = all are allowed.
 */
export function allowedRoutes(routes: RouteSettings, patterns: readonly string[]): RouteSettings {
  const allowed = createAllowedModels(patterns);
  const fallbacks: FallbackPresets = Object.fromEntries(
    Object.entries(routes.fallbacks).map(([name, models]) => [
      name,
      models.filter((model) => allowed.includes(model)),
    ]),
  );
  return { ...routes, fallbacks };
}

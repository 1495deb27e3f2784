import type { ProviderStatus } from '@openrouter-native/protocol';
import type { RequestHandler } from 'express';
import type { Provider } from '../services/provider.ts';

/** `GET /api/admin/openrouter`: what an admin needs to put the provider right. Holds no key. */
export function createProviderStatusHandler(
  { mode, plugin, problem, baseUrlHost }: Provider,
  warnings: readonly string[],
): RequestHandler {
  return function handleProviderStatus(_request, response) {
    const answer: ProviderStatus = {
      configured: plugin !== null,
      mode,
      problem: problem && { ...problem },
      warnings: [...warnings],
      health: plugin?.health() ?? null,
      base_url_host: baseUrlHost,
    };
    response.set('Cache-Control', 'no-store').json(answer);
  };
}

import type { Patient } from '@openrouter-native/openrouter';
import type { Config } from '../config.ts';
import type { Upstream } from '../services/upstream.ts';

/** The server as the doctor sees it. @param upstream - `null` when the key cannot be one. */
export function patientOf(
  { settings, secretValues, openrouter }: Config,
  upstream: Upstream | null,
): Patient {
  return {
    settings,
    mode: upstream?.mode ?? null,
    apiKey: upstream?.apiKey ?? null,
    managementKey: upstream?.managementKey ?? null,
    moreKeys: upstream?.routes.moreKeys ?? [],
    secretValues,
    baseUrl: upstream?.baseUrl ?? openrouter.baseUrl,
    proxy: upstream ? upstream.proxy : openrouter.proxy,
  };
}

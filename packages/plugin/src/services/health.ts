import type { OpenRouterClient } from '@openrouter-native/openrouter';
import type { Health, ProviderMode } from '@openrouter-native/protocol';
import type { Catalogue } from './catalogue.ts';
import type { CreditsService } from './credits.ts';
import type { UpstreamStatus } from './upstream-status.ts';

export interface HealthOptions {
  catalogue: Pick<Catalogue, 'latest'>;
  credits: Pick<CreditsService, 'known'>;
  status: UpstreamStatus;
  client: Pick<OpenRouterClient, 'routeHealth'>;
  mode: ProviderMode;
  version: string;
  now: () => number;
}

/**
 * What is known at this moment, without asking anybody. `unhealthy` means that upstream was asked,
 * failed, and no model list is left; `degraded` that something is old, failing or not yet known.
 */
export function createHealth(options: HealthOptions): () => Health {
  const { catalogue, credits, status, client, mode, version, now } = options;
  return () => {
    const models = catalogue.latest();
    const reachable = status.reachable();
    const lastOkAt = status.lastOkAt();
    const routes = client.routeHealth();
    return {
      status: judge(models, reachable, status.lastErrorReason() !== null),
      provider: { configured: true, mode },
      models: {
        count: models?.count ?? null,
        age_ms: models && Math.max(0, now() - models.loadedAt),
        stale: models?.stale ?? false,
      },
      credits: { known: credits.known() },
      upstream: {
        reachable,
        last_error_reason: status.lastErrorReason(),
        last_ok_at: lastOkAt === null ? null : new Date(lastOkAt).toISOString(),
      },
      routes: { resting: routes.resting.length, open_circuits: routes.circuits.length },
      version,
    };
  };
}

function judge(
  models: { stale: boolean } | null,
  reachable: boolean | null,
  failed: boolean,
): Health['status'] {
  if (models === null) return failed ? 'unhealthy' : 'degraded';
  return reachable === false || models.stale ? 'degraded' : 'healthy';
}

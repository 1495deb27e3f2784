import type { ProviderMode } from '@openrouter-native/protocol';
import type { OpenRouterConfig } from '../config.ts';
import type { RouteSettings } from '../config/routes.ts';

/** Where chat requests go, and with which key. */
export interface Upstream {
  mode: ProviderMode;
  /** `null` when each user brings a key. */
  apiKey: string | null;
  managementKey: string | null;
  baseUrl: string;
  proxy: string | null;
  routes: RouteSettings;
  /** Where the last good model list is kept; `null` = nowhere. */
  cacheDirectory: string | null;
  close(): Promise<void>;
}

const SIMULATOR_TOKENS_PER_SECOND = 60; // A brisk model: quick to read, slow enough to be stopped.

/**
 * Finds the upstream that the configuration asks for; without a key, starts the embedded simulator.
 *
 * @returns `null` when the key cannot be one.
 */
export async function openUpstream(config: OpenRouterConfig): Promise<Upstream | null> {
  const { access, baseUrl, managementKey, proxy, routes, cache } = config;
  const cacheDirectory = cache.directory;
  const configured = { managementKey, baseUrl, proxy, routes, cacheDirectory, close };
  switch (access.mode) {
    case 'live':
      return { ...configured, mode: 'live', apiKey: access.apiKey };
    case 'user_provided':
      return {
        ...configured,
        mode: 'user_provided',
        apiKey: null,
        // Whoever brings a key pays with it. What else is configured is its owner's to spend.
        managementKey: null,
        routes: { moreKeys: [], directProviders: [], fallbacks: routes.fallbacks },
      };
    case 'simulator':
      return openSimulator(config);
    case null:
      return null;
    default:
      return access satisfies never;
  }
}

async function openSimulator(config: OpenRouterConfig): Promise<Upstream> {
  const { startSimulator } = await import('@openrouter-native/simulator'); // Its catalogue is large.
  const simulator = await startSimulator({
    tokensPerSecond: SIMULATOR_TOKENS_PER_SECOND,
    maxRecordedRequests: 0, // Nobody reads them here, and each may hold a prompt of 25 MB.
  });
  return {
    mode: 'simulator',
    apiKey: simulator.keys.inference,
    managementKey: simulator.keys.management,
    baseUrl: simulator.url,
    proxy: null,
    // Real providers beside made-up answers would spend money behind the banner's back.
    routes: { moreKeys: [], directProviders: [], fallbacks: config.routes.fallbacks },
    cacheDirectory: null, // Its models must never stand in for the real ones.
    close: () => simulator.close(),
  };
}

async function close(): Promise<void> {
  // OpenRouter is somebody else's server.
}

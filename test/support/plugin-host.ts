import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  OpenRouterClient,
  silentLogger,
  type OpenRouterClientOptions,
} from '@openrouter-native/openrouter';
import {
  createOpenRouterPlugin,
  type OpenRouterPlugin,
  type OpenRouterPluginOptions,
  type UserClients,
} from '@openrouter-native/plugin';
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '@openrouter-native/simulator';
import express from 'express';

/** Somebody's Express app with the plugin mounted, in front of a simulator. */
export interface PluginHost {
  /** `http://127.0.0.1:PORT/api/openrouter`. */
  url: string;
  simulator: Simulator;
  plugin: OpenRouterPlugin;
  post(body: unknown, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export interface PluginHostOptions {
  simulator?: SimulatorOptions;
  client?: OpenRouterClientOptions;
  /** @defaultValue the simulator's ordinary key */
  apiKey?: string;
  plugin?: Partial<OpenRouterPluginOptions>;
  /** Lets users ask with keys of their own. */
  users?: (client: OpenRouterClient, simulator: Simulator) => UserClients;
}

/** Starts all three on free ports; everything may be closed with one call. */
export async function startPluginHost(options: PluginHostOptions = {}): Promise<PluginHost> {
  const simulator = await startSimulator({ tokensPerSecond: Infinity, ...options.simulator });
  const client = new OpenRouterClient(options.apiKey ?? simulator.keys.inference, {
    baseURL: simulator.url,
    retry: { retries: 0 }, // A test that is about retries says so.
    ...options.client,
  });
  const plugin = createOpenRouterPlugin({
    client,
    mode: 'live',
    requireAuth: (_request, _response, next) => next(),
    logger: silentLogger,
    version: '0.0.0',
    drainMs: 200,
    ...(options.users && { users: options.users(client, simulator) }),
    ...options.plugin,
    cache: { backgroundRefreshMs: false, ...options.plugin?.cache },
  });
  const app = express().use('/api/openrouter', plugin.router);
  const server = await listen(app);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/openrouter`;
  return {
    url,
    simulator,
    plugin,
    post: (body, init) =>
      fetch(`${url}/chat/completions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        ...init,
      }),
    async close() {
      await plugin.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await simulator.close();
    },
  };
}

function listen(app: express.Express): Promise<Server> {
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server));
  });
}

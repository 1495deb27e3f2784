import { installAside } from '../../support/install-aside.ts';

/** Exact versions: what is measured must be known. Newer ones of the three below break Portkey's streams. */
const manifest = {
  name: 'openrouter-native-bench-peers',
  private: true,
  dependencies: { '@portkey-ai/gateway': '1.15.2', '@musistudio/llms': '1.0.53' },
  overrides: { hono: '4.9.7', '@hono/node-server': '1.13.5', '@hono/node-ws': '1.2.0' },
};

/**
 * Installs the gateways to compare with, once, into a cache folder of their own; no script of theirs
 * runs on the way.
 *
 * @returns The folder that holds `node_modules`.
 */
export function installPeers(): Promise<string> {
  return installAside('peers', manifest);
}

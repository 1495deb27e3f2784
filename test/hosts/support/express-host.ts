import type { Simulator } from '@openrouter-native/simulator';
import { runNode, type HostProcess } from '../../support/host-process.ts';

/** Somebody's server, running on a free port. */
export interface ExpressHost {
  url: string;
  process: HostProcess;
  /** Asks as somebody who has signed in. */
  get(path: string): Promise<Response>;
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>;
}

/** What the hosts take for a sign that somebody has signed in. */
export const appToken = 'a-token-of-their-own';

/** Starts a host as its guide does, in front of a simulator. */
export async function startExpressHost(
  folder: string,
  file: string,
  simulator: Simulator,
  apiKey = simulator.keys.inference,
): Promise<ExpressHost> {
  const host = runNode([file], folder, {
    PORT: '0',
    OPENROUTER_API_KEY: apiKey,
    OPENROUTER_BASE_URL: simulator.url,
    APP_TOKEN: appToken,
  });
  const [, port] = await host.sees(/Listening.* port: (\d+)/);
  const url = `http://127.0.0.1:${port}`;
  const headers = { Authorization: `Bearer ${appToken}`, 'Content-Type': 'application/json' };
  return {
    url,
    process: host,
    get: (path) => fetch(`${url}${path}`, { headers }),
    post: (path, body, init) =>
      fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body), ...init }),
  };
}

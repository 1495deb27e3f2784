import { createContext, useContext, type ReactNode } from 'react';
import type { AgentsApi } from './api.ts';

const ApiContext = createContext<AgentsApi | null>(null);

/** Gives the hooks of agents below it the api they talk to. Needs a `QueryClientProvider` above it. */
export function AgentsProvider({ api, children }: { api: AgentsApi; children: ReactNode }) {
  return <ApiContext.Provider value={api}>{children}</ApiContext.Provider>;
}

/**
 * The api given to the nearest `AgentsProvider`.
 *
 * @throws `Error` outside of a provider.
 */
export function useAgentsApi(): AgentsApi {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useAgentsApi needs an AgentsProvider above it');
  return api;
}

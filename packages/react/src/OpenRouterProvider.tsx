import { createContext, useContext, type ReactNode } from 'react';
import type { OpenRouterApi } from './api/api.ts';

const ApiContext = createContext<OpenRouterApi | null>(null);

/** Gives the hooks below it the api they talk to. Needs a `QueryClientProvider` above it. */
export function OpenRouterProvider({ api, children }: { api: OpenRouterApi; children: ReactNode }) {
  return <ApiContext.Provider value={api}>{children}</ApiContext.Provider>;
}

/**
 * The api given to the nearest `OpenRouterProvider`.
 *
 * @throws `Error` outside of a provider.
 */
export function useOpenRouterApi(): OpenRouterApi {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useOpenRouterApi needs an OpenRouterProvider above it');
  return api;
}

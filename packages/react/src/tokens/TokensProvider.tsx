import { createContext, useContext, type ReactNode } from 'react';
import type { TokensApi } from './api.ts';

const ApiContext = createContext<TokensApi | null>(null);

/** Gives the hooks of tokens below it the api they talk to. Needs a `QueryClientProvider` above it. */
export function TokensProvider({ api, children }: { api: TokensApi; children: ReactNode }) {
  return <ApiContext.Provider value={api}>{children}</ApiContext.Provider>;
}

/**
 * The api given to the nearest `TokensProvider`.
 *
 * @throws `Error` outside of a provider.
 */
export function useTokensApi(): TokensApi {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useTokensApi needs a TokensProvider above it');
  return api;
}

import { createContext, useContext, type ReactNode } from 'react';
import type { PreferencesApi } from './api.ts';

const ApiContext = createContext<PreferencesApi | null>(null);

/** Gives the hooks of preferences below it the api they talk to. Needs a `QueryClientProvider` above it. */
export function PreferencesProvider({
  api,
  children,
}: {
  api: PreferencesApi;
  children: ReactNode;
}) {
  return <ApiContext.Provider value={api}>{children}</ApiContext.Provider>;
}

/**
 * The api given to the nearest `PreferencesProvider`.
 *
 * @throws `Error` outside of a provider.
 */
export function usePreferencesApi(): PreferencesApi {
  const api = useContext(ApiContext);
  if (!api) throw new Error('usePreferencesApi needs a PreferencesProvider above it');
  return api;
}

import { createContext, useContext, type ReactNode } from 'react';
import type { KeysApi } from './api.ts';

const ApiContext = createContext<KeysApi | null>(null);

/** Gives the hook of keys below it the api it talks to. Needs a `QueryClientProvider` above it. */
export function KeysProvider({ api, children }: { api: KeysApi; children: ReactNode }) {
  return <ApiContext.Provider value={api}>{children}</ApiContext.Provider>;
}

/**
 * The api given to the nearest `KeysProvider`.
 *
 * @throws `Error` outside of a provider.
 */
export function useKeysApi(): KeysApi {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useKeysApi needs a KeysProvider above it');
  return api;
}

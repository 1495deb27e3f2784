import { createContext, useContext, type ReactNode } from 'react';
import type { ChatsApi } from './api.ts';

const ApiContext = createContext<ChatsApi | null>(null);

/** Gives the hooks of conversations below it the api they talk to. Needs a `QueryClientProvider` above it. */
export function ChatsProvider({ api, children }: { api: ChatsApi; children: ReactNode }) {
  return <ApiContext.Provider value={api}>{children}</ApiContext.Provider>;
}

/**
 * The api given to the nearest `ChatsProvider`.
 *
 * @throws `Error` outside of a provider.
 */
export function useChatsApi(): ChatsApi {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useChatsApi needs a ChatsProvider above it');
  return api;
}

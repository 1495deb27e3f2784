import { createContext, useContext, type ReactNode } from 'react';
import type { FilesApi } from './api.ts';

const ApiContext = createContext<FilesApi | null>(null);

/** Gives the hooks of files below it the api they talk to. Needs a `QueryClientProvider` above it. */
export function FilesProvider({ api, children }: { api: FilesApi; children: ReactNode }) {
  return <ApiContext.Provider value={api}>{children}</ApiContext.Provider>;
}

/**
 * The api given to the nearest `FilesProvider`.
 *
 * @throws `Error` outside of a provider.
 */
export function useFilesApi(): FilesApi {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useFilesApi needs a FilesProvider above it');
  return api;
}

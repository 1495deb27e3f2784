import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Services } from './services.ts';
import type { SessionState } from './session/session-store.ts';

/** Read with `useServices`. */
export const ServicesContext = createContext<Services | null>(null);

/** @throws `Error` outside of `App`. */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('useServices needs App above it');
  return services;
}

/** Who is signed in; renders anew when that changes. */
export function useSession(): SessionState {
  const { session } = useServices();
  return useSyncExternalStore(session.subscribe, session.getState);
}

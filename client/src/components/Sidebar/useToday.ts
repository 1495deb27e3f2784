import { useMemo, useSyncExternalStore } from 'react';

const LOOK_EVERY_MS = 60_000;

/** The day it is where the reader is; changes when midnight passes, also on a page left open. */
export function useToday(): Date {
  const day = useSyncExternalStore(subscribe, today);
  return useMemo(() => new Date(day), [day]);
}

function today(): string {
  return new Date().toDateString();
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

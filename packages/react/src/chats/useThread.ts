import { useSyncExternalStore } from 'react';
import type { Thread, ThreadSnapshot } from './thread.ts';

/** Watches a conversation; renders anew at most once per frame while an answer arrives. */
export function useThread(thread: Thread): ThreadSnapshot {
  return useSyncExternalStore(thread.subscribe, thread.getSnapshot, thread.getSnapshot);
}

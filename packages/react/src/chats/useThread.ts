import type { Conversation } from '@openrouter-native/protocol';
import { useSyncExternalStore } from 'react';
import type { Thread, ThreadSnapshot } from './thread.ts';

/** Watches a conversation; renders anew at most once per frame while an answer arrives. */
export function useThread(thread: Thread): ThreadSnapshot {
  return useSyncExternalStore(thread.subscribe, thread.getSnapshot, thread.getSnapshot);
}

/** Watches only what a conversation is, and not what is said in it. `null` until it has begun. */
export function useThreadConversation(thread: Thread): Conversation | null {
  const read = () => thread.getSnapshot().conversation;
  return useSyncExternalStore(thread.subscribe, read, read);
}
